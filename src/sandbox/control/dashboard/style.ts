/** The style of the dashboard, in addition to the style of every page. */
export const DASHBOARD_STYLE = `
header > div, main, footer { max-width: 72rem; }
.parts { display: grid; grid-template-columns: repeat(12, minmax(0, 1fr)); gap: 1rem; align-items: start; }
.stack { display: grid; gap: 1rem; grid-column: 1 / -1; }
.part { margin: 0; grid-column: 1 / -1; scroll-margin-top: 1rem; }
.part > h2 { margin-top: 0; font-size: 1.25rem; }
.part h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
.part .people { margin: .5rem 0; }
@media (min-width: 60rem) {
  .stack, #people, #faults, #changes { grid-column: span 6; }
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
.districts > li { border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; }
.districts h3 { margin-top: 0; font-size: 1.1rem; }
.choices { border: 0; padding: 0; margin: .75rem 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
.choices legend { font-weight: 600; font-size: .9rem; padding: 0; }
.choice { display: flex; gap: .5rem; align-items: center; font-weight: 400; margin: 0; min-height: 2rem; }
.choice input { width: 1.5rem; height: 1.5rem; min-height: 0; margin: 0; accent-color: var(--brand); }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); gap: 0 1.5rem; }
.columns h3 { margin-top: .5rem; }
.part .actions { gap: .5rem; margin-top: 1rem; }
.part .actions button, .part .actions .button { font-size: .9rem; padding: .35rem .75rem; min-height: 2.25rem; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem; }
td .badge + small { white-space: nowrap; }
`;
