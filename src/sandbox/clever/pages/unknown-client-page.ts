import type { Context } from 'hono';
import { html } from 'hono/html';
import { isAskedHere } from '../browser/this-machine.js';
import type { Env } from '../context.js';
import { differenceBetween } from '../oauth/uri-difference.js';
import { type Html, page } from './layout.js';

/** The path of the form that registers a redirect URI. It is the sandbox's own, and open on this machine only. */
export const REGISTER = '/sandbox/redirect-uris';

/**
 * Makes the page for a redirect URI that the app has not registered: what was asked, what is registered, and, on this
 * machine, a button that registers it and goes on with the login.
 */
export function unknownRedirectUriPage(context: Context<Env>, asked: string | undefined): Response | Promise<Response> {
  const { app, redirectUris } = context.env.world;
  const [closest] = redirectUris.all.flatMap((uri) => {
    const difference = differenceBetween(asked ?? '', uri);
    return difference === undefined ? [] : [{ uri, difference }];
  });
  return page(
    context,
    400,
    'Unknown redirect URI',
    html`<div class="card narrow">
      ${
        asked === undefined
          ? html`<p>${app.name} sent no <code>redirect_uri</code>. Clever requires one that the app has registered.</p>`
          : html`<p>${app.name} asks Clever to send people to an address that it has not registered.</p>`
      }
      ${asked === undefined ? '' : listOf('Asked for', [asked])} ${listOf('Registered', redirectUris.all)}
      <p>
        ${closest === undefined ? '' : html`It differs from <code>${closest.uri}</code> in ${closest.difference}.`} The two must match exactly, including the query
        and a trailing slash.
      </p>
      ${isWebAddress(asked) ? registration(context, asked) : ''}
      <p><a href="/">Go to the start page of the sandbox</a></p>
    </div>`,
  );
}

/** Makes the page for a client id that is not the app's: what was asked, and which one it has. */
export function unknownAppPage(context: Context<Env>): Response | Promise<Response> {
  const { app } = context.env.world;
  const asked = context.req.query('client_id') ?? '';
  return page(
    context,
    400,
    'Unknown app',
    html`<div class="card narrow">
      <p>${asked === '' ? html`The request has no <code>client_id</code>.` : 'No app has this client id.'}</p>
      ${asked === '' ? '' : listOf('Asked for', [asked])} ${listOf(`${app.name} has`, [app.clientId])}
      <p>
        Put this client id, and the client secret that belongs to it, into the settings of your app. The sandbox prints
        both when it starts, and its start page shows them.
      </p>
      <p><a href="/">Go to the start page of the sandbox</a></p>
    </div>`,
  );
}

/** Whether an address may be registered with a click: one that a browser opens, without a user name. */
export function isWebAddress(text: string | undefined): text is string {
  if (text === undefined || !URL.canParse(text)) {
    return false;
  }
  const { protocol, username, password } = new URL(text);
  return /^https?:$/u.test(protocol) && username === '' && password === '' && !text.includes('#');
}

function registration(context: Context<Env>, asked: string): Html {
  const { pathname, search } = new URL(context.req.url);
  return html`${
    isAskedHere(context.req.raw)
      ? html`<form method="post" action="${REGISTER}" class="actions">
          <input type="hidden" name="uri" value="${asked}" />
          <input type="hidden" name="next" value="${pathname}${search}" />
          <button>Register it and continue</button>
        </form>`
      : html`<p>At localhost or 127.0.0.1, this page has a button that registers it.</p>`
  }
    <p class="soft">To register it at every start: <code>clever-sdk sandbox --redirect-uri ${asked}</code></p>`;
}

function listOf(title: string, values: readonly string[]): Html {
  return html`<h2>${title}</h2>
    <ul class="links">
      ${values.map((value) => html`<li><code>${value}</code></li>`)}
    </ul>`;
}
