import { STYLE } from '../../../html/style.js';

/** The style sheet of all pages of the sandbox: that of every page, and what only these have. */
export const SANDBOX_STYLE = `${STYLE}
.people, .apps { list-style: none; margin: 1rem 0; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem; }
.people { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); }
.people button { display: flex; gap: .75rem; align-items: start; width: 100%; height: 100%; text-align: start;
  background: var(--card); color: var(--text); border-color: var(--line); font-weight: 400; }
.people button:hover, .apps a:hover { border-color: var(--brand); background: var(--tint); }
.people b { display: block; overflow-wrap: anywhere; }
.people small { display: block; color: var(--soft); overflow-wrap: anywhere; }
.face { flex: none; display: grid; place-items: center; width: 2.4rem; height: 2.4rem; border-radius: 50%; background: var(--tint);
  color: var(--brand); font-weight: 700; }
.apps a { display: grid; justify-items: center; gap: .6rem; width: 10rem; padding: 1.25rem .75rem; background: var(--card);
  border: 1px solid var(--line); border-radius: .9rem; color: inherit; text-decoration: none; text-align: center;
  overflow-wrap: anywhere; }
.icon { display: grid; place-items: center; width: 4rem; height: 4rem; border-radius: 1rem; background: var(--brand);
  color: var(--on-brand); font-size: 2rem; font-weight: 700; }
.title { display: flex; gap: 1rem; align-items: center; }
.title .icon { flex: none; } .title h2, .title p { margin: 0; overflow-wrap: anywhere; }
.title + p { margin-top: 1rem; }
.narrow > :first-child { margin-top: 0; } .narrow > :last-child { margin-bottom: 0; }
`;
