import { STYLE } from '../../html/style.js';

/** The style sheet of the status page. On a narrow window, each row of a table is a block with its labels beside it. */
export const STATUS_STYLE = `${STYLE}
header > div, main, footer { max-width: 72rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
.card > h2, .note > h2 { margin-top: 0; }
caption { text-align: start; color: var(--soft); padding: .5rem 0; }
bdi, dd, td, th { overflow-wrap: anywhere; }
td.number, th.number { text-align: end; font-variant-numeric: tabular-nums; }
th[scope=row] { background: none; color: inherit; font-size: inherit; white-space: normal; }
th[scope=row] small { display: block; color: var(--soft); font-weight: 400; }
small { white-space: nowrap; color: var(--soft); }
.pills b { font-weight: 600; }
.search button { justify-self: start; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr)); gap: .75rem 1.5rem; margin: 0; }
.facts dt { color: var(--soft); font-size: .875rem; }
.facts dd { margin: 0; } .facts dd small { display: block; }
.note p, .note ul { margin: .25rem 0; }
.pages { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin: 1rem 0; }
@media (max-width: 48rem) {
  table, tbody, tr, th[scope=row], td, caption { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: .75rem 1rem; margin: 0 0 .75rem; }
  th[scope=row] { border: 0; padding: 0 0 .35rem; font-size: 1rem; }
  td, td.number { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: .5rem; border: 0; padding: .15rem 0;
    text-align: start; white-space: normal; }
  td::before { content: attr(data-label); color: var(--soft); }
  td.empty, td.zero { display: none; }
  td .badge { justify-self: start; }
  .pages a { flex: 1; }
}
`;
