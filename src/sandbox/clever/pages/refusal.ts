import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Env } from '../context.js';
import { page } from './layout.js';

/** A page that says why it goes no further. It repeats nothing of the request. */
export function refusalPage(
  context: Context<Env>,
  status: 400 | 403 | 404,
  title: string,
  explanation: string,
): Response | Promise<Response> {
  return page(
    context,
    status,
    title,
    html`<div class="card narrow">
      <p>${explanation}</p>
      <p><a href="/">To the start of the sandbox</a></p>
    </div>`,
  );
}

/** Refuses a form that another site sent in the visitor's name. */
export function foreignFormPage(context: Context<Env>): Response | Promise<Response> {
  return refusalPage(
    context,
    403,
    'Not sent from here',
    'This form was not sent by a page of the sandbox. Go back and try again.',
  );
}
