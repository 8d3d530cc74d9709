import { type Html, type HtmlValue, html } from '../../../html/html.js';
import type { Certification, ObservedFacts } from '../certification.js';
import { count } from '../numbers.js';

const SYNC_BY = {
  events: 'by events',
  full: 'by reading everything',
  both: 'by events, and by reading everything',
} as const;

const TOKENS: Readonly<Record<string, string>> = {
  user: 'of people who log in',
  district: 'of districts (district-app tokens)',
  app: 'the app’s own credentials',
};

/** What the run knows of the app, whatever the verdicts are. */
export function factList({ facts }: Certification): Html {
  const { endpoints, apiVersions, tokens, roles, syncBy, redirectUris, loginParameters, requests }: ObservedFacts =
    facts;
  const list = (values: readonly string[]): HtmlValue =>
    values.length === 0
      ? html`<span class="soft">none was seen</span>`
      : html`<ul>${values.map((value) => html`<li>${value}</li>`)}</ul>`;
  const codes = (values: readonly string[]): HtmlValue =>
    values.length === 0 ? list([]) : html`<ul>${values.map((value) => html`<li><code>${value}</code></li>`)}</ul>`;
  const rows = Object.entries(endpoints).map(
    ([path, number]) =>
      html`<tr role="row"><th scope="row" role="rowheader"><code>${path}</code></th><td role="cell">${count(number)}</td></tr>\n`,
  );
  return html`<p>These are facts and not verdicts, from the record of every request that the app sent to “Clever”. Clever’s form asks for them.</p>
<dl>
<dt>Versions of the API</dt><dd>${list(apiVersions)}</dd>
<dt>Tokens</dt><dd>${list(tokens.map((token) => TOKENS[token] ?? token))}</dd>
<dt>Roles of people who ended logged in</dt><dd>${list(roles)}</dd>
<dt>Roster read</dt><dd>${syncBy === undefined ? list([]) : SYNC_BY[syncBy]}</dd>
<dt>Redirect URIs</dt><dd>${codes(redirectUris)}</dd>
<dt>Sent with a login</dt><dd>${codes(loginParameters)}</dd>
<dt>Requests to “Clever”</dt><dd>${count(requests)}</dd>
</dl>
${
  rows.length === 0
    ? undefined
    : html`<table role="table" class="results"><caption>Endpoints that the app used, with the number of requests</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Endpoint</th><th scope="col" role="columnheader">Requests</th></tr></thead>
<tbody role="rowgroup">${rows}</tbody></table>`
}`;
}
