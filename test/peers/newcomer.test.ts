import * as openid from 'openid-client';
import { AuthorizationCode } from 'simple-oauth2';
import { expect, it } from 'vitest';
import { runCommand } from '../cli/support.js';

/* `clever-sdk sandbox` as a newcomer starts it, and libraries that know nothing of this project. */

const CALLBACK = 'http://localhost:5173/api/auth/callback/clever';

interface Started {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
}

async function withSandbox(argv: readonly string[], use: (started: Started) => Promise<void>): Promise<void> {
  const { code, err } = await runCommand(['sandbox', '--port', '0', '--students', '30', '--json', ...argv], {
    onOut: async (out, stop) => {
      await use(JSON.parse(out) as Started);
      stop();
    },
  });
  expect([code, err]).toEqual([0, '']);
}

/** Opens the address at which a login begins, as the first teacher, and returns where the browser arrives. */
async function enter(address: string | URL): Promise<URL> {
  const url = new URL(address);
  url.searchParams.set('sandbox_role', 'teacher');
  const response = await fetch(url, { redirect: 'manual' });
  expect(response.status).toBe(302);
  return new URL(response.headers.get('location') ?? '');
}

it('simple-oauth2 logs in on another port and path, without OpenID Connect', async () => {
  await withSandbox(['--redirect-uri', CALLBACK], async ({ url, env }) => {
    const client = new AuthorizationCode({
      client: { id: env['CLEVER_CLIENT_ID'] ?? '', secret: env['CLEVER_CLIENT_SECRET'] ?? '' },
      auth: { tokenHost: url, tokenPath: '/oauth/tokens', authorizePath: '/oauth/authorize' },
    });
    const arrival = await enter(client.authorizeURL({ redirect_uri: CALLBACK, state: 's' }));
    expect([`${arrival.origin}${arrival.pathname}`, arrival.searchParams.get('state')]).toEqual([CALLBACK, 's']);
    const { token } = await client.getToken({ code: arrival.searchParams.get('code') ?? '', redirect_uri: CALLBACK });
    expect(Object.keys(token)).not.toContain('id_token');
    const issuer = openid.discovery(new URL(url), 'x', 'y', undefined, { execute: [openid.allowInsecureRequests] });
    await expect(issuer).rejects.toThrow();
  });
});

it('openid-client logs in with --oidc', async () => {
  await withSandbox(['--redirect-uri', CALLBACK, '--oidc'], async ({ url, env }) => {
    const config = await openid.discovery(
      new URL(url),
      env['CLEVER_CLIENT_ID'] ?? '',
      env['CLEVER_CLIENT_SECRET'],
      undefined,
      { execute: [openid.allowInsecureRequests] },
    );
    const [state, nonce] = [openid.randomState(), openid.randomNonce()];
    const parameters = { redirect_uri: CALLBACK, scope: 'openid', state, nonce };
    const arrival = await enter(openid.buildAuthorizationUrl(config, parameters));
    const checks = { expectedState: state, expectedNonce: nonce, idTokenExpected: true };
    const tokens = await openid.authorizationCodeGrant(config, arrival, checks);
    const { sub = '' } = tokens.claims() ?? {};
    const userinfo = await openid.fetchUserInfo(config, tokens.access_token, sub);
    expect([userinfo.sub, tokens.claims()?.iss]).toEqual([sub, url]);
  });
});
