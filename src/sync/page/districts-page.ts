import { type Html, html } from '../../html/html.js';
import { DISTRICT_STATES, type DistrictState, type DistrictStatus, type SyncSummary } from '../status.js';
import type { Page } from './layout.js';
import { districtAddress, type ListQuery, listAddress, runAddress } from './links.js';
import { count, counted, foreign, table, when } from './parts.js';
import { stateBadges } from './states.js';

/** How many districts a page shows. */
export const DISTRICTS_PER_PAGE = 50;

/** Workers look for due districts each minute. */
const LONG_WAIT_MS = 10 * 60_000;

const LABELS: Readonly<Record<DistrictState, string>> = {
  held: 'Held',
  failing: 'Failing',
  running: 'Running',
  due: 'Due',
  paused: 'Paused',
  disconnected: 'Disconnected',
};

/** All districts, or those of a search and a state. */
export function districtsPage(
  { search, state, page = 1 }: ListQuery,
  { districts: all, states, dueSince, at }: SyncSummary,
  districts: readonly DistrictStatus[],
): Page {
  const found = state === undefined ? all : states[state];
  const title = state === undefined ? 'Districts' : `Districts: ${LABELS[state].toLowerCase()}`;
  return {
    title: page === 1 ? title : `${title}, page ${page}`,
    heading: html`${title}`,
    body: html`${filters({ search, state }, all, states)}
${longestWait(dueSince, at)}
<form class="search" role="search" method="get">
${state === undefined ? undefined : html`<input type="hidden" name="state" value="${state}">`}
<div><label for="search">Name of a district, or its id</label>
<input id="search" name="search" type="search" value="${search}" maxlength="200" autocomplete="off" spellcheck="false"></div>
<div><button>Search</button></div>
</form>
${search === undefined ? undefined : html`<p><a href="${listAddress({ state })}">Show all without “${foreign(search)}”</a></p>`}
${
  found === 0
    ? html`<p>${all === 0 && search === undefined ? 'No district has been synced yet.' : 'No district is found.'}</p>`
    : html`${districtTable(districts, { from: (page - 1) * DISTRICTS_PER_PAGE, found, at })}
${pages({ search, state, page }, Math.ceil(found / DISTRICTS_PER_PAGE))}`
}`,
  };
}

/** What to think of when districts are due and are not run. */
function longestWait(dueSince: Date | undefined, at: Date): Html | undefined {
  return dueSince === undefined || at.getTime() - dueSince.getTime() < LONG_WAIT_MS
    ? undefined
    : html`<p class="note">A district is due since ${when(dueSince, at)}. Either no worker runs, or they have too much to do.</p>`;
}

function filters({ search, state }: ListQuery, all: number, states: SyncSummary['states']): Html {
  const choices = [undefined, ...DISTRICT_STATES].map((choice) => {
    const [label, number] = choice === undefined ? ['All', all] : [LABELS[choice], states[choice]];
    const isCurrent = choice === state;
    // A state without districts leads nowhere, but the one that is shown stays.
    return choice !== undefined && number === 0 && !isCurrent
      ? undefined
      : html`<li><a href="${listAddress({ search, state: choice })}"${isCurrent ? CURRENT : undefined}>${label} <b>${count(number)}</b></a></li>`;
  });
  return html`<nav aria-label="States"><ul class="pills">${choices}</ul></nav>`;
}

const CURRENT = html` aria-current="page"`;

function districtTable(
  districts: readonly DistrictStatus[],
  { from, found, at }: { readonly from: number; readonly found: number; readonly at: Date },
): Html {
  const rows = districts.map((district) => {
    const { districtId, name, records, lastRunAt, nextSyncAt, askedAt, failures, lastErrorCode, held } = district;
    return [
      html`<a href="${districtAddress(districtId)}">${foreign(name ?? districtId)}</a>
<small>${name === undefined ? 'not read yet' : html`<bdi>${districtId}</bdi>`}</small>`,
      stateBadges(district),
      count(records),
      when(lastRunAt, at),
      askedAt === undefined ? when(nextSyncAt, at) : html`<span>asked for ${when(askedAt, at)}</span>`,
      held === undefined && failures === 0
        ? undefined
        : html`<span>${held === undefined ? undefined : html`<a href="${runAddress(held.run)}">Look at run ${held.run}</a> `}${
            failures === 0
              ? undefined
              : html`${counted(failures, 'failure')}: <code>${lastErrorCode ?? 'unknown'}</code>`
          }</span>`,
    ];
  });
  const isAll = districts.length === found;
  const shown = `${isAll ? '' : `${count(from + 1)} to ${count(from + districts.length)} of `}${counted(found, 'district')}`;
  const labels = ['District', 'State', 'Records', 'Last run', 'Next run', 'Needs attention'];
  return table(
    `${shown}, by name`,
    labels.map((label) => ({ label, isNumber: label === 'Records' })),
    rows,
  );
}

function pages(query: ListQuery & { readonly page: number }, last: number): Html | undefined {
  if (last <= 1) {
    return undefined;
  }
  const { page } = query;
  const link = (to: number, label: string, rel?: 'prev' | 'next'): Html | undefined =>
    to < 1 || to > last || to === page
      ? undefined
      : html`<a class="button quiet" href="${listAddress({ ...query, page: to })}"${
          rel === 'prev' ? html` rel="prev"` : rel === 'next' ? html` rel="next"` : undefined
        }>${label}</a>`;
  return html`<nav class="pages" aria-label="Pages">
${link(1, 'First page')} ${link(page - 1, 'Previous page', 'prev')}
<span>Page ${count(page)} of ${count(last)}</span>
${link(page + 1, 'Next page', 'next')} ${link(last, 'Last page')}
</nav>`;
}
