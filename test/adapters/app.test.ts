import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../examples/web/app.js';
import { type Stage, setStage } from './stage.js';
import { Visitor } from './visitor.js';

describe('the example app', () => {
  let stage: Stage;
  let personId: string;
  beforeAll(async () => {
    stage = await setStage((options) => getRequestListener(createApp(options).fetch, { overrideGlobalObjects: false }));
    personId = stage.sandbox.people({ role: 'student', connection: 'district' })[0]?.id ?? '';
  });
  afterAll(() => stage.close());

  const loggedIn = async (): Promise<Visitor> => {
    const visitor = new Visitor();
    await visitor.open(`${stage.origin}/auth/clever`, personId);
    return visitor;
  };
  const home = async (visitor: Visitor): Promise<string> => (await visitor.request(`${stage.origin}/`)).text();
  const logOut = (visitor: Visitor, headers: Record<string, string>): Promise<Response> =>
    visitor.request(`${stage.origin}/logout`, { method: 'POST', headers });

  it('returns to the page that required a login', async () => {
    const visitor = new Visitor();
    expect((await visitor.request(`${stage.origin}/books`)).status).toBe(401);
    const response = await visitor.open(`${stage.origin}/auth/clever?returnTo=/books`, personId);
    expect(response.url).toBe(`${stage.origin}/books`);
    expect(response.status).toBe(200);
  });

  it('logs out on its own request', async () => {
    const visitor = await loggedIn();
    expect(await home(visitor)).toContain('Logged in as');
    expect((await logOut(visitor, { origin: stage.origin })).status).toBe(303);
    expect(await home(visitor)).not.toContain('Logged in as');
  });

  it('lets the next person at a shared device choose who logs in', async () => {
    const visitor = await loggedIn();
    await logOut(visitor, { origin: stage.origin });
    const link = /href="(\/auth\/clever\/someone-else\?[^"]+)"/u.exec(await home(visitor))?.[1] ?? '';
    const sent = await visitor.request(`${stage.origin}${link.replaceAll('&amp;', '&')}`);
    const authorize = new URL(sent.headers.get('location') ?? '');
    expect(authorize.searchParams.get('confirmed')).toBe('false');
    const usual = await visitor.request(`${stage.origin}/auth/clever`);
    expect(new URL(usual.headers.get('location') ?? '').searchParams.has('confirmed')).toBe(false);
  });

  it.each([
    ['from another site', { origin: 'https://other.example', 'sec-fetch-site': 'cross-site' }],
    ['that does not say where it comes from', {}],
  ])('does not log out on a request %s', async (_where, headers) => {
    const visitor = await loggedIn();
    expect((await logOut(visitor, headers)).status).toBe(403);
    expect(await home(visitor)).toContain('Logged in as');
  });

  it('does not log out when a link is followed', async () => {
    const visitor = await loggedIn();
    expect((await visitor.request(`${stage.origin}/logout`)).status).toBe(404);
    expect(await home(visitor)).toContain('Logged in as');
  });

  it('rejects a session cookie that it did not sign', async () => {
    const response = await fetch(`${stage.origin}/`, { headers: { cookie: `session=${crypto.randomUUID()}.forged` } });
    expect(await response.text()).toContain('Log in with Clever');
  });

  it('allows no framing, no script and no caching of its pages', async () => {
    const { headers } = await fetch(`${stage.origin}/`);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/u);
    expect(headers.get('cache-control')).toBe('no-store');
  });
});
