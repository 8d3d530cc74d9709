import type { Context } from 'hono';
import { html } from 'hono/html';
import { shortnameOf } from '../browser/shortname.js';
import type { Env } from '../http/context.js';
import { offers } from '../people.js';
import { page } from './layout.js';

/** Districts listed; a sandbox may have hundreds. */
const SHOWN = 50;

/** The way to every entrance. */
export function homePage(context: Context<Env>): Response | Promise<Response> {
  const { app, districts, signingKeys } = context.env.world;
  const login = new URLSearchParams({
    ...{ response_type: 'code', client_id: app.clientId, redirect_uri: app.redirectUris[0] },
  });
  const confirmed = new URLSearchParams([...login, ['confirmed', 'false']]);
  const rows = districts.slice(0, SHOWN).map((district) => {
    const instant = new URLSearchParams({ client_id: app.clientId, district_id: district.id });
    return html`<li>
      <a href="/in/${encodeURIComponent(shortnameOf(district))}">Portal of ${district.name}</a>
      ${
        offers(district, 'district')
          ? html` · <a href="/oauth/instant-login?${instant}">Instant Login link</a>`
          : html` <span class="soft">(has not connected the app)</span>`
      }
    </li>`;
  });
  return page(
    context,
    200,
    'A Clever on this machine',
    html`<p>Every way for a person to get to <b>${app.name}</b>:</p>
      <h2>From Clever</h2>
      <ul class="links">
        ${rows}
        <li><a href="/portal">Portal of whoever is signed in</a></li>
        <li><a href="/library">Clever Library</a></li>
      </ul>
      <h2>From the app</h2>
      <ul class="links">
        <li><a href="/oauth/authorize?${login}">“Log in with Clever” and “Sign up with Clever”</a></li>
        <li><a href="/oauth/authorize?${confirmed}">The same, asking who is in front of a shared device</a></li>
      </ul>
      <h2>For the app</h2>
      <ul class="links">
        ${
          signingKeys === undefined
            ? ''
            : html`<li><a href="/.well-known/openid-configuration">OpenID Connect discovery</a></li>
              <li><a href="/oauth/certs">Keys of id_tokens</a></li>`
        }
        <li><a href="/oauth/logout">Sign out of Clever</a></li>
      </ul>`,
  );
}
