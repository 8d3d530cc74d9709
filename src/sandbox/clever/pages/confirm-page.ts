import type { Context } from 'hono';
import { html } from 'hono/html';
import { nameOf, type Visitor } from '../browser/visitor.js';
import type { Env } from '../context.js';
import { page } from './layout.js';

/** Makes the page that asks, on a shared device, whether the person who is signed in is the one who uses it. */
export function confirmPage(context: Context<Env>, { district, user }: Visitor): Response | Promise<Response> {
  const { pathname, search } = new URL(context.req.url);
  const confirmed = new URLSearchParams(search);
  confirmed.set('confirmed', 'true');
  const name = nameOf(user);
  return page(
    context,
    200,
    'Is this you?',
    html`<div class="card narrow">
      <p><b>${name}</b><br /><span class="soft">${district.name}</span></p>
      <div class="actions">
        <a class="button" href="${pathname}?${confirmed}">Continue as ${name}</a>
        <form method="post" action="/oauth/logout">
          <input type="hidden" name="next" value="${pathname}?${confirmed}" />
          <button class="quiet">Switch person</button>
        </form>
      </div>
    </div>`,
  );
}
