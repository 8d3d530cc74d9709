import { type Html, html } from '../../../html/html.js';
import type { Certification } from '../certification.js';
import { duration, plural } from '../numbers.js';
import { SUITE_WORDS, VERDICT_WORDS, VERDICTS } from '../words.js';
import { badge } from './parts.js';

/** What was tried and how, and what the words mean, for a person who did not see the run. */
export function explanation({ app, suites, browser, seed, probes, durationMs, facts }: Certification): Html {
  const verdicts = VERDICTS.map(
    (verdict) => html`<dt>${badge({ verdict, expected: undefined })}</dt><dd>${VERDICT_WORDS[verdict].meaning}</dd>`,
  );
  const tried = suites.map((suite) => html`<li><b>${SUITE_WORDS[suite].title}.</b> ${SUITE_WORDS[suite].about}</li>`);
  return html`<p>Clever certifies every app before districts may use it. People at Clever try the app by hand, and send it back when something is wrong. This run tried the same things beforehand.</p>
<p>A program took the place of Clever, with invented districts and people. The app at <code>${app}</code> was connected to it as it would be to Clever. Then ${browser === undefined ? 'the program visited the app as a browser would' : 'Chromium visited the app'}, and sometimes “Clever” did something wrong on purpose, because that happens, too. What the app sent to “Clever” decides most verdicts; what its pages showed decides the others.</p>
<ul>${tried}</ul>
<h3>What the verdicts mean</h3>
<dl>${verdicts}</dl>
<p>The words in code, such as <code>sso.portal-login</code>, are the names of the probes: developers use them to try one again. Each result names the page of Clever’s documentation that asks for it.</p>
<p class="soft">${plural(probes.length, 'point')}, ${plural(facts.requests, 'request')} to “Clever”, ${duration(durationMs)}, ${browser ?? 'plain HTTP'}. With <code>--seed ${seed}</code>, the same people and districts are invented again.</p>`;
}
