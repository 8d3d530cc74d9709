import type { Context } from 'hono';
import { html } from 'hono/html';
import { REDACTED } from '../../../privacy/index.js';
import type { Env } from '../../clever/context.js';
import type { Html } from '../../clever/pages/layout.js';
import type { LoggedRequest } from '../../world/log/logged-request.js';
import { type Control, FORMS } from '../control.js';
import { section } from './section.js';
import { tabAddress } from './tabs.js';

const SHOWN = 25;

const TOKENS: Readonly<Record<LoggedRequest['token'], string>> = {
  district: 'district-app token',
  user: 'user token',
  library: 'Library token',
  app: 'app',
  unknown: 'unknown token',
  none: 'none',
};

/** Whose requests are shown, by the name in the address; the first is the default. */
const SENDERS = [
  ['app', 'Your app'],
  ['browser', 'People in a browser'],
  ['all', 'All'],
] as const;

/** Which answers are shown, by the name in the address; the first is the default. */
const ANSWERS = [
  ['any', 'any'],
  ['failed', 'failed'],
  ['fault', 'with a fault'],
] as const;

/** Which requests are shown. */
interface Filter {
  readonly from: (typeof SENDERS)[number][0];
  readonly answer: (typeof ANSWERS)[number][0];
  /** A part of the path. */
  readonly path: string;
}

/** Makes the tab of the latest requests, the latest first: those of the app, and those of people in a browser. */
export function requests(context: Context<Env>, control: Control): Html {
  const all = control.requests();
  const filter = filterOf(context);
  const matching = all.filter((request) => isShown(request, filter));
  const latest = matching.slice(-SHOWN).reverse();
  return section(
    'requests',
    'Latest requests',
    'Secrets and personal data are left out. In tests: sandbox.requests().',
    html`${senders(all, filter)} ${search(filter)}
      ${latest.length === 0 ? html`<p role="status">${noneOf(all, filter)}</p>` : table(latest)}
      ${
        matching.length > latest.length
          ? html`<p class="soft">The latest ${SHOWN} of ${matching.length.toLocaleString('en')}.</p>`
          : ''
      }
      <div class="actions">
        <a class="button quiet" href="${addressOf(filter)}">Refresh</a>
        ${
          all.length === 0
            ? ''
            : html`<form method="post" action="${FORMS}/requests/clear"><button class="quiet">Clear the list</button></form>`
        }
      </div>`,
  );
}

function filterOf(context: Context<Env>): Filter {
  const { from, answer, path = '' } = context.req.query();
  return {
    from: SENDERS.find(([name]) => name === from)?.[0] ?? SENDERS[0][0],
    answer: ANSWERS.find(([name]) => name === answer)?.[0] ?? ANSWERS[0][0],
    path: path.trim(),
  };
}

function isShown(request: LoggedRequest, { from, answer, path }: Filter): boolean {
  const isAnswer = {
    any: true,
    failed: !isGood(request),
    fault: request.faults.length > 0,
  };
  return (from === 'all' || request.from === from) && isAnswer[answer] && request.path.includes(path);
}

/** Whether a request was answered, and not with an error. */
function isGood({ outcome, status }: LoggedRequest): boolean {
  return outcome === 'answered' && status !== undefined && status < 400;
}

function addressOf({ from, answer, path }: Filter): string {
  return tabAddress('requests', {
    from: from === SENDERS[0][0] ? undefined : from,
    answer: answer === ANSWERS[0][0] ? undefined : answer,
    path,
  });
}

function senders(all: readonly LoggedRequest[], filter: Filter): Html {
  const items = SENDERS.map(([from, title]) => {
    const count = all.filter((request) => isShown(request, { ...filter, from })).length;
    const current = from === filter.from ? html` aria-current="true"` : '';
    return html`<li>
      <a href="${addressOf({ ...filter, from })}"${current}>${title} (${count.toLocaleString('en')})</a>
    </li>`;
  });
  return html`<nav aria-label="Who sent the requests"><ul class="pills">${items}</ul></nav>`;
}

function search({ from, answer, path }: Filter): Html {
  return html`<form method="get" action="/" class="search" aria-label="Filter">
    <input type="hidden" name="tab" value="requests" />
    <input type="hidden" name="from" value="${from}" />
    <div>
      <label for="request-path">Path contains</label>
      <input id="request-path" name="path" value="${path}" placeholder="/v3.1/users" autocomplete="off" spellcheck="false" />
    </div>
    <div>
      <label for="request-answer">Answer</label>
      <select id="request-answer" name="answer">
        ${ANSWERS.map(
          ([name, label]) => html`<option value="${name}" ${name === answer ? 'selected' : ''}>${label}</option>`,
        )}
      </select>
    </div>
    <div><button class="quiet">Filter</button></div>
  </form>`;
}

function noneOf(all: readonly LoggedRequest[], { from }: Filter): string {
  if (all.length === 0) {
    return 'None yet. Log in as a person, or read some data.';
  }
  return from === 'app'
    ? 'Your app has sent none that match. Those of your own browser are in the other list.'
    : 'None match.';
}

/** The roles are those that the elements have by themselves: browsers take them away where rows are shown as blocks. */
function table(latest: readonly LoggedRequest[]): Html {
  const heads = ['Time (UTC)', 'Answer', 'Request', 'Credentials', 'Fault'];
  return html`<table role="table" aria-label="Requests" class="log">
    <thead role="rowgroup">
      <tr role="row">
        ${heads.map((head) => html`<th scope="col" role="columnheader">${head}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${latest.map(row)}
    </tbody>
  </table>`;
}

function row(request: LoggedRequest): Html {
  const { startedAtMs, method, path, query, token, status, outcome, durationMs, faults } = request;
  const parameters = Object.entries(query).map(([name, value]) =>
    value === REDACTED ? `${name}=…` : `${name}=${value}`,
  );
  const answer = [status, ...(outcome === 'answered' ? [] : [outcome])].filter((part) => part !== undefined).join(', ');
  const startedAt = new Date(startedAtMs).toISOString();
  return html`<tr role="row">
    <td role="cell"><time datetime="${startedAt}">${startedAt.slice(11, 19)}</time></td>
    <td role="cell">
      <span class="badge ${isGood(request) ? 'good' : 'warn'}">${answer}</span>
      ${durationMs === undefined ? '' : html`<small>${durationMs.toLocaleString('en')} ms</small>`}
    </td>
    <td role="cell" class="what">
      <code>${method} ${path}</code>
      ${parameters.length === 0 ? '' : html`<small>${parameters.join(' · ')}</small>`}
    </td>
    <td role="cell" data-label="Credentials">${TOKENS[token]}</td>
    <td role="cell" data-label="Fault" class="${faults.length === 0 ? 'empty' : ''}">${faults.join(', ')}</td>
  </tr>`;
}
