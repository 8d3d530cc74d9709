import type { Context } from 'hono';
import { html } from 'hono/html';
import { page } from './layout.js';

/** A page that says why it goes no further. It repeats nothing of the request. */
export function refusalPage(
  context: Context,
  status: 400 | 403 | 404,
  title: string,
  explanation: string,
): Response | Promise<Response> {
  return page(context, status, title, html`<p>${explanation}</p>`);
}
