import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Env } from '../context.js';
import { page } from './layout.js';

/** Makes a page that says why the request was refused. It repeats nothing of the request. */
export function refusalPage(
  context: Context<Env>,
  status: 400 | 403 | 404 | 413,
  title: string,
  explanation: string,
): Response | Promise<Response> {
  return page(
    context,
    status,
    title,
    html`<div class="card narrow">
      <p>${explanation}</p>
      <p><a href="/">Go to the start page of the sandbox</a></p>
    </div>`,
  );
}

/** Makes the page that refuses a form that another site sent with the visitor's cookies. */
export function foreignFormPage(context: Context<Env>): Response | Promise<Response> {
  return refusalPage(
    context,
    403,
    'Not sent from here',
    'This form does not come from a page of the sandbox. Go back and try again.',
  );
}
