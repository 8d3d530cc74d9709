import { type Html, type HtmlValue, html } from '../../../html/html.js';
import type { ProbeResult } from '../../verdict.js';
import { byReason } from '../sorted.js';
import { SUITE_WORDS } from '../words.js';
import { anchorOf, badge, bothReadings, pictures, prose, seen, sourceOf } from './parts.js';
import { placeOf } from './places.js';

/** What was skipped, by why. */
export function skippedTable(skipped: readonly ProbeResult[]): Html {
  const rows = byReason(skipped).map(
    ([reason, results]) => html`<tr role="row"><th scope="row" role="rowheader">${prose(reason)}</th>
<td role="cell"><ul>${results.map((result) => html`<li id="${anchorOf(result)}">${result.title} <code>${result.id}</code><small>${prose(result.requirement)}</small></li>`)}</ul></td></tr>\n`,
  );
  return html`<p>A skipped point is neither good nor bad: Clever will look at it all the same.</p>
<table role="table" class="results"><caption>By what would have to be given, or to work first</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Why</th><th scope="col" role="columnheader">What was not tried</th></tr></thead>
<tbody role="rowgroup">${rows}</tbody></table>`;
}

/** Every result of a suite. What passed has its details here. */
export function resultTable(suite: ProbeResult['suite'], results: readonly ProbeResult[]): Html {
  const rows = results.map((result) => {
    // What needs a reader has a place of its own, with everything that is known.
    const isElsewhere = placeOf(result) !== 'all';
    const title = isElsewhere ? html`<a href="#${anchorOf(result)}">${result.title}</a>` : result.title;
    return html`<tr role="row"${isElsewhere ? undefined : html` id="${anchorOf(result)}"`}><th scope="row" role="rowheader">${title} <small><code>${result.id}</code></small></th>
<td role="cell">${badge(result)}</td>
<td role="cell">${prose(result.requirement)} ${sourceOf(result)}${isElsewhere ? undefined : passedDetails(result)}</td></tr>\n`;
  });
  return html`<h3>${SUITE_WORDS[suite].title}</h3>
<table role="table" class="results"><caption>${SUITE_WORDS[suite].about}</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Point</th><th scope="col" role="columnheader">Verdict</th><th scope="col" role="columnheader">What Clever asks for, and what was seen</th></tr></thead>
<tbody role="rowgroup">${rows}</tbody></table>
`;
}

function passedDetails({ evidence, readings, screenshots }: ProbeResult): HtmlValue {
  return [seen(evidence), bothReadings(readings), ...pictures(screenshots)];
}
