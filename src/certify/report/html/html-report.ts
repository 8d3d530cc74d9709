import { type HtmlValue, html } from '../../../html/html.js';
import type { ProbeResult } from '../../verdict.js';
import type { Certification } from '../certification.js';
import { printable } from '../printable.js';
import { bySuite, type Sorted, sortResults } from '../sorted.js';
import { answer } from './answer.js';
import { checkList } from './check-list.js';
import { explanation } from './explanation.js';
import { factList } from './facts.js';
import { firstSteps } from './first-steps.js';
import { raw, resultCard, section } from './parts.js';
import { REPORT_STYLE } from './style.js';
import { resultTable, skippedTable } from './tables.js';

/**
 * A run as one HTML file that loads nothing and runs no script: for a person who did not see the run, on a screen, in
 * the dark, or on paper. It says what was tried, what the verdicts mean, what to do first, what only a person can
 * check, and what was seen of the app. No secret and no person is in it; screenshots show people of the sandbox.
 */
export function htmlReport(certification: Certification): string {
  const run = printable(certification);
  const sorted = sortResults(run.probes);
  const sections = sectionsOf(run, sorted).filter(({ body }) => body !== undefined);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>Clever certification of ${run.app}</title>
<style>${raw(REPORT_STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header><div><span class="brand">Clever certification, tried beforehand</span> <span class="soft">${run.startedAt.slice(0, 16).replace('T', ' ')} UTC</span></div></header>
<main id="main">
<h1>Is ${run.app} ready for Clever’s certification?</h1>
${answer(run, sorted)}
<nav aria-label="Sections of this report"><ul class="contents">${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
${sections.map(({ id, title, body }) => section(id, title, body))}</main>
<footer>Made by clever-sdk ${run.version}, <code>clever-sdk certify</code>. This is not a certificate: Clever certifies apps itself. All people and districts in this report are invented.</footer>
</body>
</html>
`.text;
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: HtmlValue;
}

function sectionsOf(run: Certification, sorted: Sorted): Section[] {
  const { problems, known, warnings, reviews, questions, skipped } = sorted;
  return [
    { id: 'first', title: 'What to do first', body: firstSteps(sorted) },
    { id: 'about', title: 'How to read this report', body: explanation(run) },
    { id: 'problems', title: 'What failed', body: cards(problems) },
    {
      id: 'known',
      title: 'Known failures',
      body: cards(known, 'They fail, and were expected to: the run counts them as known. Clever does not.'),
    },
    { id: 'warnings', title: 'Warnings', body: cards(warnings) },
    {
      id: 'reviews',
      title: 'What a person has to look at',
      body: cards(reviews, 'Probes tried these, and saw something that only a person can judge.'),
    },
    {
      id: 'questions',
      title: 'What only a person can check',
      body: questions.length === 0 ? undefined : checkList(questions),
    },
    { id: 'skipped', title: 'What was not tried', body: skipped.length === 0 ? undefined : skippedTable(skipped) },
    {
      id: 'all',
      title: 'All results',
      body: bySuite(run.probes).map(([suite, results]) => resultTable(suite, results)),
    },
    { id: 'facts', title: 'What was seen of the app', body: factList(run) },
  ];
}

function cards(results: readonly ProbeResult[], about?: string): HtmlValue {
  return results.length === 0
    ? undefined
    : [about === undefined ? undefined : html`<p>${about}</p>\n`, ...results.map(resultCard)];
}
