import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Env } from '../../clever/context.js';
import type { Html } from '../../clever/pages/layout.js';
import { section } from './section.js';
import { tabAddress } from './tabs.js';

/** Makes the section with every link by which a person can log in to the app. */
export function entrances(context: Context<Env>): Html {
  const { app, redirectUris, signingKeys } = context.env.world;
  const login = new URLSearchParams({
    response_type: 'code',
    client_id: app.clientId,
    redirect_uri: redirectUris.primary,
  });
  const confirmed = new URLSearchParams([...login, ['confirmed', 'false']]);
  return section(
    'entrances',
    `Ways to log in to ${app.name}`,
    '',
    html`<div class="columns">
      <div>
        <h3>From Clever</h3>
        <ul class="links">
          <li><a href="${tabAddress('districts')}">Portal and Instant Login link of each district</a></li>
          <li><a href="/portal">Portal of the person who is signed in</a></li>
          <li><a href="/library">Clever Library</a></li>
        </ul>
      </div>
      <div>
        <h3>From the app</h3>
        <ul class="links">
          <li><a href="/oauth/authorize?${login}">“Log in with Clever” and “Sign up with Clever”</a></li>
          <li><a href="/oauth/authorize?${confirmed}">The same on a shared device, which asks who is using it</a></li>
          <li><a href="/oauth/logout">Sign out of Clever</a></li>
        </ul>
      </div>
      ${
        signingKeys === undefined
          ? ''
          : html`<div>
              <h3>For the app</h3>
              <ul class="links">
                <li><a href="/.well-known/openid-configuration">OpenID Connect discovery</a></li>
                <li><a href="/oauth/certs">Keys of id_tokens</a></li>
              </ul>
            </div>`
      }
    </div>`,
  );
}
