import { html } from 'hono/html';
import { REDACTED } from '../../../privacy/index.js';
import type { Html } from '../../clever/pages/layout.js';
import type { LoggedRequest } from '../../world/log/logged-request.js';
import { type Control, FORMS } from '../control.js';
import { section } from './section.js';

const SHOWN = 15;

const TOKENS: Readonly<Record<LoggedRequest['token'], string>> = {
  district: 'district-app token',
  user: 'user token',
  library: 'Library token',
  app: 'app',
  unknown: 'unknown token',
  none: 'none',
};

/** Makes the section of the latest requests, the latest first. */
export function requests(control: Control): Html {
  const all = control.requests();
  const latest = all.slice(-SHOWN).reverse();
  const body =
    latest.length === 0
      ? html`<p>None yet. Log in as a person, or read some data.</p>`
      : html`<div class="scroll" role="region" aria-label="Requests" tabindex="0">
          <table>
            <thead>
              <tr>
                <th scope="col">Time (UTC)</th>
                <th scope="col">Answer</th>
                <th scope="col">Request</th>
                <th scope="col">Credentials</th>
                <th scope="col">Fault</th>
              </tr>
            </thead>
            <tbody>
              ${latest.map(row)}
            </tbody>
          </table>
        </div>`;
  return section(
    'requests',
    'Latest requests',
    'Secrets and personal data are left out. In tests: sandbox.requests().',
    html`${body}
      <div class="actions">
        <a class="button quiet" href="/#requests">Refresh</a>
        ${
          latest.length === 0
            ? ''
            : html`<form method="post" action="${FORMS}/requests/clear"><button class="quiet">Clear</button></form>`
        }
      </div>`,
  );
}

function row(request: LoggedRequest): Html {
  const { startedAtMs, method, path, query, token, status, outcome, durationMs, faults } = request;
  const parameters = Object.entries(query).map(([name, value]) =>
    value === REDACTED ? `${name}=…` : `${name}=${value}`,
  );
  const isGood = outcome === 'answered' && status !== undefined && status < 400;
  const answer = [status, ...(outcome === 'answered' ? [] : [outcome])].filter((part) => part !== undefined).join(', ');
  return html`<tr>
    <td><time datetime="${new Date(startedAtMs).toISOString()}">${new Date(startedAtMs).toISOString().slice(11, 19)}</time></td>
    <td>
      <span class="badge ${isGood ? 'good' : 'warn'}">${answer}</span>
      ${durationMs === undefined ? '' : html`<small>${durationMs.toLocaleString('en')} ms</small>`}
    </td>
    <td>
      <code>${method} ${path}</code>
      ${parameters.length === 0 ? '' : html`<small>${parameters.join(' · ')}</small>`}
    </td>
    <td>${TOKENS[token]}</td>
    <td>${faults.join(', ')}</td>
  </tr>`;
}
