import { request as requestHttp } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createCleverClient } from 'clever-sdk';
import { createSandbox, type ListeningSandbox, type Sandbox, SandboxError } from 'clever-sdk/sandbox';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { LOCALHOST, trustLocalhost } from '../support/certificate.js';
import { Browser, queryOf } from './browser.js';

beforeAll(trustLocalhost);

const districts = [{ seed: 5, students: 60 }];

/** A proxy that ends TLS, as nginx, Caddy or a tunnel does. */
interface Proxy {
  readonly url: string;
  /** Sets where the requests go. */
  forwardTo(sandbox: ListeningSandbox): void;
}

/** @param keepsHost - Whether the sandbox sees the host that the browser asked for. */
async function startProxy(keepsHost: boolean, name = 'localhost'): Promise<Proxy> {
  let target: URL | undefined;
  const proxy = createServer(LOCALHOST satisfies ServerOptions, (incoming, outgoing) => {
    const headers = keepsHost ? incoming.headers : { ...incoming.headers, host: target?.host };
    const { hostname, port } = target ?? {};
    const sent = requestHttp({ hostname, port, method: incoming.method, path: incoming.url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    sent.on('error', () => outgoing.destroy());
    incoming.pipe(sent);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  return {
    url: `https://${name}:${(proxy.address() as AddressInfo).port}`,
    forwardTo: ({ url }) => {
      target = new URL(url);
    },
  };
}

async function behindProxy(keepsHost: boolean, options: { readonly oidc?: boolean } = {}): Promise<ListeningSandbox> {
  const proxy = await startProxy(keepsHost);
  const sandbox = await createSandbox({ districts, publicUrl: proxy.url, ...options }).listen();
  onTestFinished(() => sandbox.close());
  proxy.forwardTo(sandbox);
  return sandbox;
}

/** The origin at which a client reaches the sandbox. */
const seenAt = (sandbox: Sandbox): string => sandbox.clientOptions().authOrigin;

async function logInWithOpenId(sandbox: ListeningSandbox): Promise<openid.IDToken | undefined> {
  const { clientId, clientSecret, redirectUri } = sandbox.clientOptions();
  const config = await openid.discovery(new URL(seenAt(sandbox)), clientId, clientSecret);
  const [state, nonce] = [openid.randomState(), openid.randomNonce()];
  const url = openid.buildAuthorizationUrl(config, { redirect_uri: redirectUri, scope: 'openid', state, nonce });
  const [person] = sandbox.people({ role: 'teacher' });
  const response = await fetch(person?.loginUrl(url) ?? '', { redirect: 'manual' });
  const callback = new URL(response.headers.get('location') ?? '');
  const checks = { expectedState: state, expectedNonce: nonce, idTokenExpected: true };
  const tokens = await openid.authorizationCodeGrant(config, callback, checks);
  const userinfo = await openid.fetchUserInfo(config, tokens.access_token, person?.id ?? '');
  expect(userinfo.sub).toBe(person?.id);
  return tokens.claims();
}

describe.each([
  ['keeps the host', true],
  ['replaces the host', false],
] as const)('behind a TLS proxy that %s', (_what, keepsHost) => {
  it('discovery and the issuer of id_tokens say https, for an OpenID client', async () => {
    const sandbox = await behindProxy(keepsHost, { oidc: true });
    const origin = seenAt(sandbox);
    expect(origin).toMatch(/^https:\/\/localhost:\d+$/u);
    const document = await (await fetch(`${origin}/.well-known/openid-configuration`)).json();
    expect(document).toMatchObject({ issuer: origin, userinfo_endpoint: `${origin}/userinfo` });
    expect((await logInWithOpenId(sandbox))?.iss).toBe(origin);
  });

  it('the SDK’s own client logs in, and links and forms work in a browser', async () => {
    const sandbox = await behindProxy(keepsHost);
    const origin = seenAt(sandbox);
    const { oauth } = createCleverClient({ ...sandbox.clientOptions() });
    const { url, state } = oauth.authorizationUrl();
    expect(url.startsWith(origin)).toBe(true);
    const browser = new Browser({ url: origin } as Sandbox);
    const page = await browser.open(url);
    const button = page.forms.flatMap(({ buttons }) => buttons).find(({ name }) => name === 'person');
    const arrival = await browser.press(page, button?.label ?? '');
    const token = await oauth.exchangeCallback(arrival.url.href, { expectedState: state });
    expect(token.access_token).toMatch(/^il/u);
    expect(browser.received.every((line) => line.includes('Secure') === keepsHost)).toBe(true);
    expect(queryOf(await browser.open('/portal/app'))).toEqual({ code: expect.any(String) });
    // Older browsers send only the origin with a form.
    const form = (from: string) =>
      fetch(`${origin}/oauth/logout`, { method: 'POST', headers: { origin: from }, redirect: 'manual' });
    expect([(await form(origin)).status, (await form('https://evil.example')).status]).toEqual([303, 403]);
    const dashboard = await browser.open('/');
    expect([dashboard.status, dashboard.html.includes(`CLEVER_AUTH_ORIGIN=${origin}`)]).toEqual([200, true]);
  });
});

describe('publicUrl', () => {
  it('is where the sandbox answers, and no other host is', async () => {
    const proxy = await startProxy(true, 'clever.localhost');
    const publicUrl = 'https://clever.tunnel.example';
    const sandbox = await createSandbox({ districts, publicUrl, oidc: true }).listen();
    onTestFinished(() => sandbox.close());
    proxy.forwardTo(sandbox);
    const status = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const { hostname, port } = new URL(sandbox.url);
        requestHttp({ hostname, port, path: '/portal', headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        })
          .on('error', reject)
          .end();
      });
    expect([await status('clever.tunnel.example'), await status('other.tunnel.example')]).toEqual([200, 421]);
    // The dashboard shows credentials, so it stays on this machine.
    const response = await sandbox.fetch(`${publicUrl}/`);
    expect(response.status).toBe(403);
    expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:/u);
    expect(sandbox.people({ role: 'student' })[0]?.loginUrl()).toMatch(`${publicUrl}/portal/app?`);
  });

  it('is used without a network, too', async () => {
    const sandbox = createSandbox({ districts, publicUrl: 'https://clever.test/', oidc: true });
    const { oauth } = createCleverClient({ ...sandbox.clientOptions() });
    const { url, state } = oauth.authorizationUrl();
    const [person] = sandbox.people({ role: 'teacher' });
    const response = await sandbox.fetch(person?.loginUrl(url) ?? '');
    const callback = response.headers.get('location') ?? '';
    const { id_token: idToken } = await oauth.exchangeCallback(callback, { expectedState: state });
    expect(decodeJwt(idToken ?? '').iss).toBe('https://clever.test');
  });

  it.for(['clever.test', 'ftp://clever.test', 'https://clever.test/path', 'https://a:b@clever.test', 'https://a?b', 5])(
    'cannot be %s',
    (publicUrl) => {
      expect(() => createSandbox({ publicUrl: publicUrl as string })).toThrow(/`publicUrl` must be an origin/u);
    },
  );
});

describe('listen({ https })', () => {
  it('listens with TLS, for clients that know nothing else', async () => {
    const sandbox = await createSandbox({ districts, oidc: true }).listen({ https: LOCALHOST });
    onTestFinished(() => sandbox.close());
    expect(sandbox.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/u);
    expect((await logInWithOpenId(sandbox))?.iss).toBe(sandbox.url);
    const clever = createCleverClient({ ...sandbox.clientOptions() });
    const district = clever.district({ token: sandbox.districts[0].token });
    expect(await district.schools.count()).toBeGreaterThan(0);
    await expect(fetch(sandbox.url.replace('https', 'http'))).rejects.toThrow(TypeError);
    const cookie = (await fetch(`${sandbox.url}/portal?sandbox_role=teacher`)).headers.getSetCookie()[0] ?? '';
    expect(cookie).toContain('Secure');
  });

  it.for([
    {},
    { key: 'CANARY', cert: 'CANARY' },
    { key: LOCALHOST.key },
    { cert: LOCALHOST.cert },
    { key: 5, cert: 5 },
    'yes',
    null,
  ])('refuses %j, and can still be started', async (https) => {
    const sandbox = createSandbox({ districts });
    const failed = await sandbox.listen({ https: https as never }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(SandboxError);
    expect(String(failed)).not.toContain('CANARY');
    expect((await sandbox.listen()).url).toMatch(/^http:/u);
    await sandbox.close();
  });
});
