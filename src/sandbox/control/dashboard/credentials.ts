import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Env } from '../../clever/context.js';
import { originsOf } from '../../clever/oidc/issuer.js';
import type { Html } from '../../clever/pages/layout.js';
import { copyField, section } from './section.js';

/** Makes the section with what an app needs to use the sandbox. */
export function credentials(context: Context<Env>): Html {
  const { app, redirectUris } = context.env.world;
  const { auth, api } = originsOf(context);
  const [first, ...others] = redirectUris.all;
  const lines = [
    `CLEVER_API_ORIGIN=${api}`,
    `CLEVER_AUTH_ORIGIN=${auth}`,
    `CLEVER_CLIENT_ID=${app.clientId}`,
    `CLEVER_CLIENT_SECRET=${app.clientSecret}`,
    `CLEVER_REDIRECT_URI=${first}`,
  ];
  return section(
    'credentials',
    'Credentials',
    'These credentials work only in this sandbox.',
    html`<div class="fields">
        ${copyField('client-id', 'Client id', app.clientId)}
        ${copyField('client-secret', 'Client secret', app.clientSecret)}
        ${copyField('redirect-uri', 'Redirect URI', first)}
        ${others.map((uri, index) => copyField(`redirect-uri-${index + 2}`, `Redirect URI ${index + 2}`, uri))}
        ${copyField('origin', api === auth ? 'Origin of the API and of logins' : 'Origin of the API', api)}
      </div>
      <details>
        <summary>Lines for an .env file</summary>
        <div class="copy">
          <label for="env">.env</label>
          <textarea id="env" rows="${lines.length}" readonly spellcheck="false">${lines.join('\n')}</textarea>
          <button type="button" class="quiet" data-copies="env" aria-label="Copy the lines" hidden>Copy</button>
        </div>
      </details>`,
  );
}
