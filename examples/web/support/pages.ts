import { html } from 'hono/html';
import type { Person } from './sessions.ts';

type Html = ReturnType<typeof html>;

/** The front page: two ways to log in, or the person who is logged in. */
export function homePage(person: Person | undefined): Html {
  return page(
    'Reading log',
    person,
    person === undefined
      ? html`<p>Keep track of what your class reads. Your school's Clever account is all you need.</p>
          ${loginButtons('/')}`
      : html`<p>What would you like to do?</p>
          <p><a href="/books">Look at your books</a></p>`,
  );
}

/** A page for people who are logged in. Other people can log in and return to it. */
export function booksPage(person: Person | undefined): Html {
  return page(
    'Your books',
    person,
    person === undefined
      ? html`<p>Log in to see your books.</p>
          ${loginButtons('/books')}`
      : html`<p>You have not read any books yet.</p>
          <p><a href="/">Back to the start</a></p>`,
  );
}

/** A page that explains why a request failed. */
export function messagePage(title: string, message: string): Html {
  return page(
    title,
    undefined,
    html`<p role="alert">${message}</p>
      <p><a href="/">Back to the start</a></p>`,
  );
}

/**
 * Links to the same login. Clever shows its consent screen to a teacher who is new to a Library app, and asks
 * who is using the device before it lets someone else in.
 */
function loginButtons(returnTo: string): Html {
  const query = new URLSearchParams({ returnTo });
  const target = `/auth/clever?${query}`;
  return html`<ul class="entrances" role="list">
    <li><a class="clever" href="${target}">Log in with Clever</a></li>
    <li>
      <a class="clever quiet" href="${target}" aria-describedby="sign-up">Sign up with Clever</a>
      <p id="sign-up">For teachers whose district is new here.</p>
    </li>
    <li><p>Shared device? <a href="/auth/clever/someone-else?${query}">Choose who logs in</a></p></li>
  </ul>`;
}

function page(title: string, person: Person | undefined, body: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title === 'Reading log' ? title : `${title} · Reading log`}</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <header>
          <a class="brand" href="/">Reading log</a>
          ${person === undefined ? '' : account(person)}
        </header>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`;
}

function account({ name, role }: Person): Html {
  return html`<form class="account" method="post" action="/logout">
    <span>Logged in as <strong>${name}</strong> (${role})</span>
    <button>Log out</button>
  </form>`;
}

/** Served from the app's own address, so that the content security policy need not allow inline styles. */
export const STYLESHEET = `
:root { color-scheme: light dark; --accent: light-dark(#1d4ed8, #93b4ff); --on-accent: light-dark(#fff, #0b1533); --edge: light-dark(#d5d9e2, #3a4152); font: 1.0625rem/1.55 system-ui, sans-serif; }
* { box-sizing: border-box; }
body { margin: 0; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; justify-content: space-between; min-height: 3.75rem; padding: .5rem clamp(1rem, 4vw, 2.5rem); border-bottom: 1px solid var(--edge); }
main { max-width: 38rem; margin: 0 auto; padding: clamp(1.5rem, 6vh, 4rem) 1rem; }
h1 { margin: 0 0 .75rem; font-size: 2rem; line-height: 1.2; }
a { color: var(--accent); }
.brand { font-weight: 650; color: inherit; text-decoration: none; }
.account { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; }
button { padding: .4rem .9rem; font: inherit; color: inherit; background: none; border: 1px solid var(--edge); border-radius: .5rem; cursor: pointer; }
.entrances { display: grid; gap: 1rem; max-width: 21rem; margin: 1.75rem 0 0; padding: 0; list-style: none; }
.entrances p { margin: .35rem 0 0; font-size: .9375rem; text-align: center; opacity: .8; }
.clever { display: block; padding: .75rem 1.25rem; font-weight: 600; text-align: center; text-decoration: none; color: var(--on-accent); background: var(--accent); border: 1px solid var(--accent); border-radius: .5rem; }
.clever.quiet { color: var(--accent); background: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
`;
