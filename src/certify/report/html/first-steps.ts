import { type Html, html } from '../../../html/html.js';
import type { ProbeResult } from '../../verdict.js';
import { plural, were } from '../numbers.js';
import type { Sorted } from '../sorted.js';
import { anchorOf } from './parts.js';

/** What a reader has to do, in order. */
export function firstSteps({ problems, known, warnings, reviews, questions, skipped }: Sorted): Html {
  const linked = (results: readonly ProbeResult[]): Html =>
    html`<ul>${results.map((result) => html`<li><a href="#${anchorOf(result)}">${result.title}</a></li>`)}</ul>`;
  const steps: readonly (Html | undefined)[] = [
    problems.length + known.length === 0
      ? undefined
      : html`<li><b>Repair what failed.</b> Each one says what to change, and has one command that tries it again.${linked([...problems, ...known])}</li>`,
    skipped.length === 0
      ? undefined
      : html`<li><b>Let the rest be tried.</b> <a href="#skipped">${were(skipped.length, 'point')} skipped</a>: the list says which option would have to be given, or what has to work first.</li>`,
    warnings.length === 0
      ? undefined
      : html`<li><b>Decide about the warnings.</b> Clever recommends these, and does not insist.${linked(warnings)}</li>`,
    reviews.length + questions.length === 0
      ? undefined
      : html`<li><b>Look, and answer.</b> ${reviews.length === 0 ? undefined : html`<a href="#reviews">${plural(reviews.length, 'result')} to look at</a>`}${reviews.length > 0 && questions.length > 0 ? ' and ' : undefined}${questions.length === 0 ? undefined : html`<a href="#questions">${plural(questions.length, 'question')} that only a person can answer</a>`}. This report has a check box for each.</li>`,
    html`<li><b>Fill in Clever’s form.</b> <code>clever-sdk certify --form form.md</code> writes it with everything that the run saw. Then ask your contact at Clever for the review, which takes one to two weeks.</li>`,
  ];
  return html`<ol>${steps}</ol>`;
}
