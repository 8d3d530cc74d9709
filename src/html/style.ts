/**
 * The style sheet of all pages. Colours have a contrast of at least 4.5 to 1, in the light and in the dark scheme.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --back: #f4f6fb; --card: #fff; --text: #1b2136; --soft: #535c78; --line: #c9d0e2;
  --brand: #2b50d8; --on-brand: #fff; --tint: #e9eefe; --warn: #fff4d9; --on-warn: #5a3d00;
  --good: #dff5e5; --on-good: #0d4a22;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #12151f; --card: #1c2130; --text: #eef1fa; --soft: #aab3cc; --line: #3b4460;
    --brand: #9db4ff; --on-brand: #10162b; --tint: #263052; --warn: #3d3115; --on-warn: #ffe3a3;
    --good: #163a24; --on-good: #b6f0c8;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { display: flex; flex-direction: column; min-height: 100vh; margin: 0; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
a { color: var(--brand); }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; padding: .5rem 1rem; background: var(--card); }
.skip:focus { left: 1rem; top: .5rem; }
header { background: var(--card); border-bottom: 1px solid var(--line); }
header > div, main, footer { max-width: 60rem; margin: 0 auto; padding: .75rem 1.25rem; }
header > div { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between; }
header form { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; }
.brand { font-weight: 700; text-decoration: none; color: inherit; }
.brand::before { content: ''; display: inline-block; width: .9rem; height: .9rem; margin-inline-end: .5rem; border-radius: .3rem;
  background: var(--brand); vertical-align: -.08rem; }
main { flex: 1; padding-top: 1.5rem; padding-bottom: 3rem; }
main, footer { width: 100%; }
footer { color: var(--soft); font-size: .875rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem; text-wrap: balance; }
h2 { font-size: 1.1rem; margin: 2rem 0 .75rem; }
p { margin: .5rem 0; max-width: 42rem; }
.soft { color: var(--soft); }
.note { background: var(--warn); color: var(--on-warn); padding: .5rem .9rem; border-radius: .5rem; }
.note.good { background: var(--good); color: var(--on-good); max-width: none; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .9rem; padding: 1.25rem; margin: 1rem 0; }
.narrow { max-width: 34rem; }
.search { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .75rem; align-items: end; }
label { display: block; font-weight: 600; font-size: .9rem; margin-bottom: .25rem; }
input, select, button, .button { font: inherit; border-radius: .5rem; padding: .55rem .9rem; min-height: 2.75rem; }
input, select { width: 100%; border: 1px solid var(--soft); background: var(--card); color: inherit; }
button, .button { display: inline-block; border: 1px solid var(--brand); background: var(--brand); color: var(--on-brand);
  font-weight: 600; cursor: pointer; text-decoration: none; text-align: center; }
a.button { display: inline-flex; align-items: center; justify-content: center; }
button.quiet, .button.quiet { background: transparent; color: var(--brand); }
header button { min-height: 0; padding: .2rem .7rem; font-size: .9rem; }
.pills, .links { list-style: none; margin: 1rem 0; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem; }
.pills a { display: block; padding: .35rem .9rem; border: 1px solid var(--line); border-radius: 99rem; background: var(--card);
  text-decoration: none; }
.pills a[aria-current] { background: var(--brand); border-color: var(--brand); color: var(--on-brand); }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.25rem; }
.links { display: block; } .links li { margin: .4rem 0; overflow-wrap: anywhere; }
.badges { display: flex; flex-wrap: wrap; gap: .4rem; }
.badge { display: inline-block; padding: .1rem .6rem; border-radius: 99rem; font-size: .85rem; font-weight: 600; background: var(--tint);
  color: var(--text); }
.badge.good { background: var(--good); color: var(--on-good); } .badge.warn { background: var(--warn); color: var(--on-warn); }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: start; padding: .5rem .75rem; border-bottom: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
tbody tr:last-child > * { border-bottom: 0; }
th { background: var(--back); font-size: .8rem; color: var(--soft); }
td small { display: block; color: var(--soft); white-space: normal; overflow-wrap: anywhere; }
code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .875rem; }
`;
