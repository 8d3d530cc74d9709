import { Html, type HtmlValue, html } from '../../../html/html.js';
import type { ProbeResult, Screenshot, Verdict } from '../../verdict.js';
import { isProblem } from '../../verdict.js';
import { isToRepeat } from '../sorted.js';
import { expectationText } from '../text-report.js';
import { VERDICT_WORDS } from '../words.js';

/* What the sections of the report are made of. */

/** The id of a probe's own place in the report. */
export function anchorOf({ id }: ProbeResult): string {
  return `probe-${id.replaceAll('.', '-')}`;
}

export function badge({ verdict, expected }: Pick<ProbeResult, 'verdict' | 'expected'>): Html {
  const known = expected === undefined ? '' : `, ${expected === verdict ? 'as' : 'not as'} expected`;
  return html`<span class="badge ${verdict}">${VERDICT_WORDS[verdict].label}${known}</span>`;
}

/** A section with its heading, or nothing where it has no content. */
export function section(id: string, title: string, body: HtmlValue): Html {
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${body}
</section>
`;
}

/** A text of the catalogue or of a probe, in which code is between backticks. */
export function prose(text: string): Html {
  const parts = text.split(/`([^`\n]+)`/u);
  return html`${parts.map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`))}`;
}

/** Everything about one result that needs a reader. */
export function resultCard(result: ProbeResult): Html {
  const { id, title, verdict, requirement, evidence, advice, readings, expected } = result;
  return html`<article class="card" id="${anchorOf(result)}" aria-labelledby="${anchorOf(result)}-title">
<div class="head"><h3 id="${anchorOf(result)}-title">${title}</h3> ${badge(result)} <code>${id}</code></div>
${expected !== undefined && isProblem(result) ? html`<p>${expectationText(verdict, expected)}</p>` : undefined}
<h4>What Clever asks for</h4>
<p>${prose(requirement)} ${sourceOf(result)}</p>
${seen(evidence)}
${verdict === 'pass' || verdict === 'review' ? undefined : html`<h4>What to do</h4>\n<p>${prose(advice)}</p>`}
${questionBox(result)}
${bothReadings(readings)}
${pictures(result.screenshots)}
${isToRepeat(result) ? again(result) : undefined}
</article>
`;
}

function questionBox(result: ProbeResult): Html | undefined {
  const { question } = result;
  return question === undefined
    ? undefined
    : html`<h4>What a person has to answer</h4>
<ul class="checks"><li>${checkBox(result, question)}</li></ul>`;
}

/** A box to tick, on paper or on the screen, with room for an answer on paper. */
export function checkBox(result: ProbeResult, label: string, more?: Html): Html {
  const id = `${anchorOf(result)}-done`;
  return html`<input type="checkbox" id="${id}"><label for="${id}">${prose(label)}</label>${more}<span class="lines" aria-hidden="true"></span>`;
}

export function seen(evidence: readonly string[]): Html | undefined {
  const [only, ...others] = evidence;
  if (only === undefined) {
    return undefined;
  }
  const shown =
    others.length === 0
      ? html`<p>${lines(only)}</p>`
      : html`<ul>${evidence.map((one) => html`<li>${lines(one)}</li>`)}</ul>`;
  return html`<h4>What was seen</h4>\n${shown}`;
}

/** Lines of a command of the app stay lines. */
function lines(text: string): Html {
  return text.includes('\n') ? html`<pre>${text}</pre>` : prose(text);
}

/** Where a requirement is from, as a link where that is a page. */
export function sourceOf({ source }: ProbeResult): Html {
  const parts = source.split(/((?:https?:\/\/)?(?:dev\.clever\.com|www\.rfc-editor\.org)\/[\w./-]*[\w/-])/u);
  const linked = parts.map((part, index) =>
    index % 2 === 0 ? part : html`<a href="https://${part.replace(/^https?:\/\//u, '')}">${part}</a>`,
  );
  return html`<span class="soft">(Source: ${linked})</span>`;
}

export function bothReadings(readings: ProbeResult['readings']): Html | undefined {
  if (readings.length === 0) {
    return undefined;
  }
  const boxes = readings.map(
    ({ by, verdict, expects }) =>
      html`<div><b>${by === 'documentation' ? 'Clever’s documentation' : 'The tool of Clever’s partner team'}</b> ${badge({ verdict, expected: undefined })}<p>${prose(expects)}</p></div>`,
  );
  return html`<h4>Two readings</h4>
<p>Clever’s documentation and the tool that its partner team uses do not agree here. The verdict above is by the documentation; be ready for the other one.</p>
<div class="readings">${boxes}</div>`;
}

export function pictures(screenshots: readonly Screenshot[]): Html[] {
  return screenshots.map(
    ({ title, png }) =>
      html`<figure><img src="data:image/png;base64,${base64(png)}" alt="Screenshot: ${title}" loading="lazy"><figcaption>${title}</figcaption></figure>`,
  );
}

/** How to repeat one probe. */
function again({ repeat }: ProbeResult): Html {
  return html`<h4>Try it again</h4>\n<pre><code>npx clever-sdk ${repeat}</code></pre>`;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** `<b>3</b> failed`, linked to where they are. */
export function countPill(verdict: Verdict, number: number, target: string | undefined): Html {
  const inside = html`<b>${number}</b>${VERDICT_WORDS[verdict].counted}`;
  return target === undefined
    ? html`<li><span class="${verdict}">${inside}</span></li>`
    : html`<li><a class="${verdict}" href="#${target}">${inside}</a></li>`;
}

/** A text that has no characters which HTML would read. */
export function raw(text: string): Html {
  return new Html(text);
}
