/**
 * Logs a person in: builds the authorization URL, receives the callback, exchanges its code and identifies
 * the person.
 *
 * With CLEVER_CLIENT_ID, CLEVER_CLIENT_SECRET and CLEVER_REDIRECT_URI (http://localhost:…) in the
 * environment, this waits for your browser to return from Clever. Without them, it logs in a synthetic
 * teacher at a sandbox on this machine.
 *
 *     npm run build:js && npx node --env-file-if-exists=.env examples/sso-login.ts
 */
import { createServer } from 'node:http';
import type { CleverClient } from 'clever-sdk';
import type { Sandbox } from 'clever-sdk/sandbox';
import { type Backend, chooseBackend } from './support/clever.ts';
import { heading, table } from './support/console.ts';

/** Runs the example against a backend. */
export async function ssoLogin(backend: Backend): Promise<void> {
  heading('A person logs in');
  const clever = backend.appClient();
  if (clever === undefined) {
    console.log('Skipped: set CLEVER_CLIENT_ID, CLEVER_CLIENT_SECRET and CLEVER_REDIRECT_URI to log in at Clever.');
    return;
  }
  const { token } = await logIn(clever, backend.sandbox);
  const me = await clever.oauth.me(token.access_token);
  const user = await clever.user({ token: token.access_token }).getUser();
  table(
    ['logged in', 'connection', 'roles', 'e-mail'],
    [
      [
        [user.name?.first, user.name?.last].filter(Boolean).join(' '),
        me.data.authorized_by === 'teacher' || me.data.district === undefined ? 'Clever Library' : 'district',
        Object.keys(user.roles ?? {}).join(', '),
        user.email ? 'present' : 'none (this is normal: never use it as a key)',
      ],
    ],
  );
}

/** The two steps of the login, before and after the browser visits Clever. */
async function logIn(clever: CleverClient, sandbox: Sandbox | undefined) {
  const person = sandbox?.people({ role: 'teacher', connection: 'district' })[0];
  const { url, state } = clever.oauth.authorizationUrl(
    person === undefined ? {} : { extraParams: { sandbox_user: person.id } },
  );
  const callbackUrl = sandbox === undefined ? await waitForBrowser(url) : await visit(url);
  return { token: await clever.oauth.exchangeCallback(callbackUrl, { expectedState: state }) };
}

/** Acts as the browser: the sandbox approves at once and redirects to the app. */
export async function visit(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'manual' });
  const callbackUrl = response.headers.get('location');
  if (callbackUrl === null) {
    throw new Error(`The authorization page answered ${response.status} instead of sending the browser back.`);
  }
  return callbackUrl;
}

/** Listens on the redirect URI for one callback from a real browser. */
async function waitForBrowser(url: string): Promise<string> {
  const redirectUri = new URL(new URL(url).searchParams.get('redirect_uri') ?? '');
  if (redirectUri.hostname !== 'localhost') {
    throw new Error(
      'This example can only receive the callback on http://localhost:<port>. Register such a URI at Clever.',
    );
  }
  console.log(`Open this in your browser:\n  ${url}`);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const server = createServer((request, response) => {
    const visited = new URL(request.url ?? '/', redirectUri);
    if (visited.pathname !== redirectUri.pathname) {
      response.writeHead(404).end();
      return;
    }
    response.end('You can close this tab and return to the terminal.');
    resolve(visited.href);
  });
  server.on('error', reject).listen(Number(redirectUri.port || 80), '127.0.0.1');
  try {
    return await promise;
  } finally {
    server.close();
  }
}

if (import.meta.main) {
  const backend = await chooseBackend();
  try {
    await ssoLogin(backend);
  } finally {
    await backend.close();
  }
}
