import { html } from 'hono/html';
import type { Person } from './sessions.ts';

type Html = ReturnType<typeof html>;

/** The page for people who are not logged in. */
export function loginPage(): Html {
  return layout(
    'Reading log',
    html`<p>Keep track of what your class reads. Your school's Clever account is all you need.</p>
      <p><a class="clever" href="/auth/clever">Log in with Clever</a></p>`,
  );
}

/** The page of the person who is logged in. */
export function homePage({ name, role }: Person, sections: readonly string[]): Html {
  return layout(
    'Your classes',
    html`${
      sections.length === 0
        ? html`<p>You have no classes here yet. ${ADVICE[role] ?? ''}</p>`
        : html`<ul>${sections.map((section) => html`<li>${section}</li>`)}</ul>`
    }
      <form method="post" action="/logout">
        <p>Logged in as <strong>${name || 'a person without a name'}</strong> (${ROLES[role] ?? 'guest'})</p>
        <button>Log out</button>
      </form>`,
  );
}

/** A page that says why something was not done. */
export function messagePage(title: string, message: string): Html {
  return layout(title, html`<p role="alert">${message}</p><p><a href="/login">Back to the start</a></p>`);
}

const ROLES: Readonly<Record<string, string>> = {
  student: 'student',
  teacher: 'teacher',
  staff: 'school admin',
  district_admin: 'district admin',
  contact: 'family',
};

/** In the Library, a student may come before the teacher. */
const ADVICE: Readonly<Record<string, string>> = {
  student: 'They appear as soon as your teacher has logged in.',
  teacher: 'Sections that you add in Clever appear here.',
};

function layout(title: string, body: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`;
}

/** Served from the app's own address, so that the content security policy allows no inline styles. */
export const STYLESHEET = `
:root { color-scheme: light dark; font: 1.0625rem/1.55 system-ui, sans-serif; --blue: light-dark(#1d4ed8, #93b4ff); }
main { max-width: 36rem; margin: 0 auto; padding: clamp(1.5rem, 6vh, 4rem) 1rem; }
.clever { padding: .7rem 1.25rem; font-weight: 600; text-decoration: none; color: Canvas; background: var(--blue); border-radius: .5rem; }
button { padding: .4rem .9rem; font: inherit; }
`;
