import { STYLE } from '../../../html/style.js';

/** The style sheet of the report: that of all pages, with what verdicts, check boxes, screenshots and paper need. */
export const REPORT_STYLE = `${STYLE}
:root { --bad: #fde4e1; --on-bad: #85170f; }
@media (prefers-color-scheme: dark) { :root { --bad: #4d1f1b; --on-bad: #ffc9c2; } }
header > div, main, footer { max-width: 64rem; }
h1 { margin-top: 0; }
h2 { font-size: 1.3rem; margin-top: 2.5rem; }
h3 { font-size: 1.05rem; margin: 0; }
h4 { font-size: .8rem; letter-spacing: .04em; text-transform: uppercase; color: var(--soft); margin: 1rem 0 .25rem; }
ul, ol { margin: .5rem 0; padding-inline-start: 1.4rem; max-width: 46rem; }
li { margin: .3rem 0; }
main, footer, header { overflow-wrap: anywhere; }
code { font-size: .9em; }
pre { margin: .25rem 0; padding: .6rem .8rem; border-radius: .5rem; background: var(--back); white-space: pre-wrap; overflow-wrap: anywhere; }
.answer { border-inline-start: .4rem solid var(--line); }
.answer.bad { border-inline-start-color: var(--on-bad); } .answer.good { border-inline-start-color: var(--on-good); }
.answer p:first-child { font-size: 1.2rem; font-weight: 600; margin-top: 0; max-width: none; }
.badge.bad { background: var(--bad); color: var(--on-bad); }
.badge.plain { background: none; border: 1px solid var(--line); color: var(--soft); }
.counts { list-style: none; padding: 0; margin: 1rem 0 0; display: flex; flex-wrap: wrap; gap: .5rem; max-width: none; }
.counts li { margin: 0; }
.counts a, .counts span { display: block; padding: .4rem .9rem; border-radius: .6rem; text-decoration: none; font-weight: 600; }
.counts a { text-decoration: underline; text-underline-offset: .2em; }
.counts b { font-size: 1.25rem; margin-inline-end: .35rem; font-variant-numeric: tabular-nums; }
.fail { background: var(--bad); color: var(--on-bad); } .warn { background: var(--warn); color: var(--on-warn); }
.review { background: var(--tint); color: var(--text); } .pass { background: var(--good); color: var(--on-good); }
.skipped { background: var(--card); color: var(--text); border: 1px solid var(--line); }
dl { display: grid; grid-template-columns: minmax(7rem, max-content) minmax(0, 1fr); gap: .5rem 1rem; margin: .75rem 0; }
dt { color: var(--soft); } dd { margin: 0; }
.head { display: flex; flex-wrap: wrap; gap: .4rem .75rem; align-items: center; }
.head code { color: var(--soft); }
.readings { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr)); gap: .75rem; margin: .5rem 0; }
.readings div { background: var(--back); border-radius: .6rem; padding: .6rem .9rem; }
.readings p { margin: .25rem 0 0; }
.checks { list-style: none; padding: 0; max-width: none; }
.checks > li { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .25rem .75rem; align-items: start; margin: 0;
  padding: .75rem 0; border-bottom: 1px solid var(--line); }
.checks > li:last-child { border-bottom: 0; }
.checks input { width: 1.5rem; height: 1.5rem; min-height: 0; margin: 0; padding: 0; accent-color: var(--brand); }
.checks label { margin: 0; font-size: 1rem; }
.checks p { margin: .15rem 0; }
.checks .head, .checks .more { grid-column: 2; }
.lines { display: none; width: 100%; height: 2.5rem; border-bottom: 1px dotted var(--soft); }
figure { margin: 1rem 0 0; } figcaption { color: var(--soft); font-size: .875rem; }
figure img { display: block; max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: .5rem; background: #fff; }
caption { text-align: start; color: var(--soft); padding: .5rem 0; }
th, td { white-space: normal; overflow-wrap: break-word; }
.badge { white-space: nowrap; overflow-wrap: normal; }
td:first-child { white-space: nowrap; }
th[scope=row] { background: none; color: inherit; font-size: inherit; font-weight: 600; }
th small, td small { display: block; font-weight: 400; color: var(--soft); overflow-wrap: anywhere; }
td ul, dd ul { margin: 0; padding-inline-start: 1.1rem; }
dd li:first-child { margin-top: 0; }
.contents li { margin: 0 0 .3rem; }
.contents { columns: 2 16rem; margin: .75rem 0 0; padding-inline-start: 1.4rem; }
@media (max-width: 48rem) {
  dl { grid-template-columns: minmax(0, 1fr); gap: .1rem; } dd { margin-bottom: .6rem; }
  .results, .results tbody, .results tr, .results th[scope=row], .results td, .results caption { display: block; }
  .results th, .results td { overflow-wrap: anywhere; }
  .results thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .results tr { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: .75rem 1rem; margin: 0 0 .75rem; }
  .results th[scope=row], .results td { border: 0; padding: .15rem 0; }
}
@media print {
  :root { color-scheme: light; --back: #fff; --card: #fff; --text: #000; --soft: #444; --line: #999; --brand: #000; --on-brand: #fff; --tint: #eee;
    --warn: #fff4d9; --on-warn: #5a3d00; --good: #dff5e5; --on-good: #0d4a22; --bad: #fde4e1; --on-bad: #85170f; }
  body { display: block; font-size: 10pt; min-height: 0; }
  main { padding-top: 0; }
  .skip, .contents, nav { display: none; }
  .card, tr, figure, .checks > li { break-inside: avoid; }
  h2, h3, h4, .head { break-after: avoid; }
  .checks .lines { display: block; grid-column: 2; }
  .badge, .counts a, .counts span { border: 1px solid currentcolor; }
}
`;
