import type { Context } from 'hono';
import { html } from 'hono/html';
import { visitorOf } from '../browser/visitor.js';
import type { Env } from '../context.js';
import { page } from './layout.js';

/** Asks whether to sign out of Clever, or says that nobody is signed in. */
export function signOutPage(context: Context<Env>): Response | Promise<Response> {
  const body =
    visitorOf(context) === undefined
      ? html`<p>Nobody is signed in to Clever in this browser.</p>`
      : html`<p>Apps that you went to stay as they are: sign out of each.</p>
          <form method="post" action="/oauth/logout" class="actions">
            <input type="hidden" name="next" value="/" />
            <button>Sign out</button>
          </form>`;
  return page(context, 200, 'Sign out of Clever', html`<div class="card narrow">${body}</div>`);
}
