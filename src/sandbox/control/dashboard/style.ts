/** The style of the dashboard, in addition to the style of every page. */
export const DASHBOARD_STYLE = `
header > div, main, footer { max-width: 72rem; }
:root { --danger: #a4123f; }
@media (prefers-color-scheme: dark) { :root { --danger: #ff9db5; } }
.tabs { list-style: none; margin: 1rem 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 .25rem; border-bottom: 1px solid var(--line); }
.tabs a { display: block; padding: .5rem .75rem; margin-bottom: -1px; border-bottom: 3px solid transparent; text-decoration: none; }
.tabs a:hover { border-color: var(--line); }
.tabs a[aria-current] { border-color: var(--brand); color: var(--text); font-weight: 600; }
.parts { display: grid; grid-template-columns: repeat(12, minmax(0, 1fr)); gap: 1rem; }
.stack { display: grid; gap: 1rem; grid-column: 1 / -1; grid-template-rows: auto 1fr; }
.part { margin: 0; grid-column: 1 / -1; scroll-margin-top: 1rem; }
.part > h2 { margin-top: 0; font-size: 1.25rem; }
.part h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
.part .people { margin: .5rem 0; }
@media (min-width: 60rem) {
  .stack, #people { grid-column: span 6; }
}
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr)); gap: .75rem; }
.copy { margin: .5rem 0; } .fields .copy { margin: 0; }
.row { display: flex; gap: .5rem; align-items: end; } .row > :first-child { flex: 1; min-width: 0; }
[readonly] { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .875rem; }
[readonly] { background: var(--back); text-overflow: ellipsis; }
textarea { width: 100%; border: 1px solid var(--soft); border-radius: .5rem; padding: .75rem; color: inherit; line-height: 1.5;
  white-space: pre; overflow-x: auto; resize: vertical; }
summary { cursor: pointer; font-weight: 600; padding: .5rem 0; margin-top: .5rem; }
.districts { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); }
.districts, .districts + p { grid-column: 1 / -1; }
.districts > li { margin: 0; display: flex; flex-direction: column; }
.districts > li > .actions { margin-top: auto; padding-top: 1rem; }
.districts h2 { margin-top: 0; font-size: 1.25rem; }
.choices { border: 0; padding: 0; margin: .75rem 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
.choices legend { font-weight: 600; font-size: .9rem; padding: 0; }
.choice { display: flex; gap: .5rem; align-items: center; font-weight: 400; margin: 0; min-height: 2rem; }
.choice input { width: 1.5rem; height: 1.5rem; min-height: 0; margin: 0; accent-color: var(--brand); }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); gap: 0 1.5rem; }
.columns h3 { margin-top: .5rem; }
.parts .actions { gap: .5rem; margin-top: 1rem; }
.parts .actions button, .parts .actions .button { font-size: .9rem; padding: .35rem .75rem; min-height: 2.25rem; }
button.danger { background: transparent; border-color: var(--danger); color: var(--danger); }
.part .pills { margin: .5rem 0 1rem; }
.part .search { margin-bottom: 1rem; }
.log { border: 1px solid var(--line); }
.log .what { white-space: normal; overflow-wrap: anywhere; width: 100%; }
td .badge + small { white-space: nowrap; }
@media (max-width: 48rem) {
  .log, .log tbody, .log tr, .log td { display: block; }
  .log { border: 0; }
  .log thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .log tr { display: grid; grid-template-columns: auto 1fr; gap: .25rem .75rem; border: 1px solid var(--line); border-radius: .5rem;
    padding: .75rem; margin-bottom: .5rem; }
  .log td { border: 0; padding: 0; white-space: normal; }
  .log td small { display: inline; }
  .log .what, .log td[data-label] { grid-column: 1 / -1; }
  .log td[data-label]::before { content: attr(data-label) ': '; color: var(--soft); }
  .log td.empty { display: none; }
}
`;
