import { type Html, html } from '../../html/html.js';
import type { SyncRun } from '../runs.js';
import type { DistrictStatus } from '../status.js';
import { adviceFor } from './advice.js';
import type { Page } from './layout.js';
import { ALL, districtAddress, requestAddress, runAddress } from './links.js';
import { count, counted, duration, facts, foreign, notice, table, when } from './parts.js';
import { isWaiting, runBadge, stateBadges } from './states.js';

/** How many runs a page shows. */
export const RUNS_PER_PAGE = 25;

/** What the page of a district shows. */
export interface DistrictView {
  readonly district: DistrictStatus;
  readonly runs: readonly SyncRun[];
  readonly hasOlder: boolean;
  readonly now: Date;
  /** What a form has just done. */
  readonly done?: string | undefined;
  /** The token of the form that asks for a run; `undefined` for a person who may not. */
  readonly token: string | undefined;
}

/** A district, with its runs. */
export function districtPage({ district, runs, hasOlder, now, done, token }: DistrictView): Page {
  const { districtId, name, records, lastRunAt, lastFullAt, nextSyncAt, askedAt } = district;
  const last = runs.at(-1);
  return {
    title: name ?? districtId,
    heading: foreign(name ?? districtId),
    body: html`<p><a href="${ALL}">All districts</a></p>
${
  done === 'requested'
    ? notice('The run is asked for. A worker takes it at its next look, which is within a minute by default.')
    : undefined
}
<section class="card" aria-labelledby="state"><h2 id="state">State</h2>
${facts([
  ['District id', html`<code><bdi>${districtId}</bdi></code>`],
  ['State', stateBadges(district)],
  ['Records', count(records)],
  ['Last run', when(lastRunAt, now) ?? 'never'],
  ['Last full run', when(lastFullAt, now) ?? 'never'],
  ['Next run', when(nextSyncAt, now)],
  ['Asked for', when(askedAt, now)],
])}
${token === undefined ? undefined : requestForm(districtId, token)}
</section>
${held(district)} ${failures(district)}
<h2 id="runs">Runs</h2>
${runs.length === 0 ? html`<p>None yet.</p>` : runTable(runs, now)}
${
  hasOlder && last !== undefined
    ? html`<nav class="pages" aria-label="Pages of runs"><a class="button quiet" href="${districtAddress(districtId, { before: last.run })}">Older runs</a></nav>`
    : undefined
}`,
  };
}

function requestForm(districtId: string, token: string): Html {
  return html`<form class="actions" method="post" action="${requestAddress(districtId)}">
<input type="hidden" name="token" value="${token}">
<button class="quiet">Run now</button>
</form>`;
}

function held({ held: found }: DistrictStatus): Html | undefined {
  return found === undefined
    ? undefined
    : html`<section class="note" aria-labelledby="held"><h2 id="held">Held plan</h2>
<p>The last run would take away more than the guard allows at once, so the tables are as they were.</p>
<p><a href="${runAddress(found.run)}">Look at the plan of run ${found.run}</a></p></section>`;
}

function failures({ failures: number, lastErrorCode = 'unknown' }: DistrictStatus): Html | undefined {
  if (number === 0) {
    return undefined;
  }
  const advice = adviceFor(lastErrorCode);
  return html`<section class="note" aria-labelledby="failures"><h2 id="failures">${counted(number, 'failed run')} in a row</h2>
<p><code>${lastErrorCode}</code>: ${advice.what}</p>
<p>${advice.do}</p></section>`;
}

function runTable(runs: readonly SyncRun[], now: Date): Html {
  const labels = ['Run', 'State', 'Began', 'Took', 'Created', 'Changed', 'Back', 'Gone', 'Requests'];
  const numbers = labels.slice(4);
  const rows = runs.map((run) => [
    html`<a href="${runAddress(run.run)}">Run ${run.run}</a> <small>${run.mode}: ${run.reason}</small>`,
    runBadge(run),
    when(run.startedAt, now),
    tookOf(run),
    ...[run.created, run.updated, run.restored, run.archived, run.requests].map(count),
  ]);
  return table(
    'The newest first. Counts are of records that were changed.',
    labels.map((label) => ({ label, isNumber: numbers.includes(label) })),
    rows,
  );
}

/** How long a run took; `undefined` for one that has not ended. */
export function tookOf({ startedAt, endedAt, ...run }: SyncRun): string | undefined {
  return endedAt === undefined || isWaiting(run) ? undefined : duration(endedAt.getTime() - startedAt.getTime());
}
