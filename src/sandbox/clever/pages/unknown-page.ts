import type { Context } from 'hono';
import { html } from 'hono/html';
import { cannot } from '../api/answers.js';
import type { Env } from '../context.js';
import { page } from './layout.js';

/**
 * Makes the answer for a path of clever.com that does not exist: the HTML 404 that was observed, or, for a browser that
 * a person looks at, the same in a page that leads on.
 */
export function unknownPage(context: Context<Env>): Response | Promise<Response> {
  const { method, path } = context.req;
  if (!(context.req.header('accept') ?? '').includes('text/html')) {
    return cannot(method, path);
  }
  return page(
    context,
    404,
    'Page not found',
    html`<div class="card narrow">
      <p><code>Cannot ${method} ${path}</code></p>
      <p>Clever has no page at this address. Logins begin at <code>/oauth/authorize</code>, data at <code>/v3.1</code>.</p>
      <p><a href="/">Go to the start page of the sandbox</a></p>
    </div>`,
  );
}
