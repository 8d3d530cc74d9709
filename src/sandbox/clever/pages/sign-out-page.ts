import type { Context } from 'hono';
import { html } from 'hono/html';
import { visitorOf } from '../browser/visitor.js';
import type { Env } from '../context.js';
import { page } from './layout.js';

/** Makes the page that asks whether to sign out of Clever, or says that no person is signed in. */
export function signOutPage(context: Context<Env>): Response | Promise<Response> {
  const body =
    visitorOf(context) === undefined
      ? html`<p>You are not signed in to Clever in this browser.</p>
          <p><a href="/portal">Log in to Clever</a></p>`
      : html`<p>You stay signed in to the apps that you opened. Sign out of each app as well.</p>
          <form method="post" action="/oauth/logout" class="actions">
            <input type="hidden" name="next" value="/" />
            <button>Sign out</button>
          </form>`;
  return page(context, 200, 'Sign out of Clever', html`<div class="card narrow">${body}</div>`);
}
