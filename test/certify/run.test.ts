import { certify } from 'clever-sdk/certify';
import { afterEach, expect, it } from 'vitest';
import { startSmallApp } from './small-app.js';

let stop: (() => Promise<unknown>) | undefined;
afterEach(async () => {
  await stop?.();
  stop = undefined;
});

it('finds the login of an app, and passes what it does right', async () => {
  const app = await startSmallApp();
  stop = app.close;
  const { probes, facts, ok } = await certify({
    app: app.origin,
    port: 0,
    suites: ['sso', 'sync'],
    only: ['sso.code-grant', 'sso.portal-login', 'sync.on-demand'],
    whoami: '/api/me#id',
    syncCommand: 'true',
    onEvent: (event) => app.configure(event),
  });
  expect(probes.map(({ id, verdict, evidence }) => [id, verdict, evidence])).toMatchObject([
    ['sso.code-grant', 'pass', expect.anything()],
    ['sso.portal-login', 'pass', expect.anything()],
    ['sync.on-demand', 'pass', expect.anything()],
  ]);
  expect(facts.redirectUris).toEqual([`${app.origin}/auth/clever/callback`]);
  expect(ok).toBe(true);
});

it('confirms a login and a logout where a page asks for it', async () => {
  const app = await startSmallApp({ asksToConfirm: true });
  stop = app.close;
  const { probes } = await certify({
    app: app.origin,
    port: 0,
    only: ['sso.login-button', 'sso.code-grant', 'sso.logout'],
    whoami: '/api/me#id',
    logoutUrl: '/logout',
    onEvent: (event) => app.configure(event),
  });
  expect(probes.map(({ id, verdict, evidence }) => [id, verdict, evidence])).toMatchObject([
    ['sso.code-grant', 'pass', expect.anything()],
    ['sso.login-button', 'pass', expect.anything()],
    ['sso.logout', 'pass', expect.anything()],
  ]);
});
