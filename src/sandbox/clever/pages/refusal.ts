import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Env } from '../context.js';
import { page } from './layout.js';

/** A link that leads on from a page: an address of the sandbox, and its text. */
export type WayOn = readonly [href: string, label: string];

const START: WayOn = ['/', 'Go to the start page of the sandbox'];

/**
 * Makes a page that says why the request was refused and where to go next. It repeats nothing of the request.
 *
 * @param ways - Where the person can go next. Default: the start page of the sandbox.
 */
export function refusalPage(
  context: Context<Env>,
  status: 400 | 403 | 404 | 413,
  title: string,
  explanation: string,
  ways: readonly WayOn[] = [START],
): Response | Promise<Response> {
  return page(
    context,
    status,
    title,
    html`<div class="card narrow">
      <p>${explanation}</p>
      <ul class="links">
        ${ways.map(([href, label]) => html`<li><a href="${href}">${label}</a></li>`)}
      </ul>
    </div>`,
  );
}

/** Makes the page that refuses a form that another site sent with the visitor's cookies. */
export function foreignFormPage(context: Context<Env>): Response | Promise<Response> {
  return refusalPage(
    context,
    403,
    'Not sent from here',
    'Nothing was changed, because this form does not come from a page of the sandbox at this address. Open the page ' +
      'again and send the form there. If your app shows a page of the sandbox in a frame, or sends its forms itself, link to the ' +
      'page instead.',
    [START, ['/portal', 'Go to the portal']],
  );
}
