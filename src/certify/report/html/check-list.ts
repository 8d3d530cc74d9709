import { type HtmlValue, html } from '../../../html/html.js';
import type { ProbeResult } from '../../verdict.js';
import { bySuite } from '../sorted.js';
import { SUITE_WORDS } from '../words.js';
import { anchorOf, checkBox, prose, sourceOf } from './parts.js';

/** The questions that no probe can answer, each with a box to tick. */
export function checkList(questions: readonly ProbeResult[]): HtmlValue {
  return [
    html`<p>No program can find these out, and Clever asks for them. Tick what is answered: on paper, or here, where nothing is saved.</p>\n`,
    ...bySuite(questions).map(
      ([suite, results]) => html`<h3>${SUITE_WORDS[suite].title}</h3>
<ul class="checks">${results.map(
        (result) =>
          html`<li id="${anchorOf(result)}">${checkBox(
            result,
            result.title,
            html`<div class="more"><p>${prose(result.question ?? result.requirement)}</p>
<p class="soft">${prose(result.requirement)} ${sourceOf(result)}</p></div>`,
          )}</li>`,
      )}</ul>\n`,
    ),
  ];
}
