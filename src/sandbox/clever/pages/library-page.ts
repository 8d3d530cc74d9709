import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Env } from '../context.js';
import { appIcon, page } from './layout.js';

/** What a teacher can do with the app in the Library. */
export type LibraryOffer = 'install' | 'open' | 'provided by the district';

/** Makes the Clever Library as a teacher sees it, with the one app that the sandbox knows. */
export function libraryPage(context: Context<Env>, offer: LibraryOffer): Response | Promise<Response> {
  const { name } = context.env.world.app;
  const actions = {
    install: html`<a class="button" href="/library/install">Install</a>`,
    open: html`<a class="button" href="/library/open">Open</a>`,
    'provided by the district': html`<a class="button quiet" href="/portal">Go to your portal</a>`,
  } as const;
  const notes = {
    install: html`<p class="soft">You decide on the next page whether to share your classes with it.</p>`,
    open: html`<p class="soft">Installed. The app is in your portal and in your students’ portals.</p>`,
    'provided by the district': html`<p class="soft">Your district provides this app, so it is in your portal.</p>`,
  } as const;
  return page(
    context,
    200,
    'Clever Library',
    html`<p class="soft">Apps that teachers can add themselves.</p>
      <article class="card narrow">
        <div class="title">
          ${appIcon(name)}
          <h2>${name}</h2>
        </div>
        ${notes[offer]}
        <div class="actions">${actions[offer]}</div>
      </article>`,
  );
}

/**
 * Makes the page that says that the Library is not for this person. Source:
 * dev.clever.com/docs/district-sso-vs-library-sso.
 */
export function libraryRefusalPage(context: Context<Env>, isStudent: boolean): Response | Promise<Response> {
  return page(
    context,
    403,
    'The Library is for teachers',
    html`<div class="card narrow">
      <p>
        ${
          isStudent
            ? 'Students find the apps that their teachers added in their own portal.'
            : 'School and district admins connect apps for the whole district.'
        }
      </p>
      <p><a href="/portal">Go to your portal</a></p>
    </div>`,
  );
}
