import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import { nameOf, visitorOf } from '../browser/visitor.js';
import type { Env } from '../context.js';
import { SANDBOX_STYLE } from './style.js';

/** HTML whose values are escaped. */
export type Html = ReturnType<typeof html>;

/** What a page has besides its content. */
export interface PageExtras {
  /** CSS rules after the common ones. */
  readonly style?: string;
  /** An optional script for convenience. Every page works without its script. */
  readonly script?: string;
}

/**
 * Makes a page of the sandbox. It loads nothing from other origins, and its header names the person who is
 * signed in.
 */
export function page(
  context: Context<Env>,
  status: 200 | 400 | 403 | 404 | 413,
  title: string,
  body: Html,
  { style = '', script }: PageExtras = {},
): Response | Promise<Response> {
  const nonce = crypto.randomUUID();
  const scripts = script === undefined ? '' : ` script-src 'nonce-${nonce}';`;
  const headers = {
    'cache-control': 'no-store',
    // Without `form-action`, because browsers apply it to redirects too, and the redirect after a form may
    // lead to any address of the app.
    'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}';${scripts} base-uri 'none'; frame-ancestors 'none'`,
    // Not `no-referrer`, because browsers then send `null` as the origin of every form.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
  for (const [name, value] of Object.entries(headers)) {
    context.header(name, value);
  }
  return context.html(
    html`<!DOCTYPE html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>${title} · Clever sandbox</title>
          <style nonce="${nonce}">${raw(SANDBOX_STYLE + style)}</style>
        </head>
        <body>
          <a class="skip" href="#main">Skip to the content</a>
          <header>
            <div><a class="brand" href="/">Clever sandbox</a>${whoIsSignedIn(context)}</div>
          </header>
          <main id="main">
            <h1>${title}</h1>
            ${body}
          </main>
          <footer>This is a sandbox on this machine, not Clever.</footer>
          ${script === undefined ? '' : html`<script nonce="${nonce}">${raw(script)}</script>`}
        </body>
      </html>`,
    status,
  );
}

/** Makes the square icon of the app. */
export function appIcon(name: string): Html {
  return html`<span class="icon" aria-hidden="true">${[...name.trim()][0]?.toUpperCase() ?? ''}</span>`;
}

function whoIsSignedIn(context: Context<Env>): Html | undefined {
  const visitor = visitorOf(context);
  if (visitor === undefined) {
    return undefined;
  }
  const { pathname, search } = new URL(context.req.url);
  return html`<form method="post" action="/oauth/logout">
    <input type="hidden" name="next" value="${pathname}${search}" />
    <span>Signed in as <b>${nameOf(visitor.user)}</b>, ${visitor.district.name}</span>
    <button class="quiet">Switch person</button>
  </form>`;
}
