import { getRequestListener } from '@hono/node-server';
import type { CleverIdentity } from 'clever-sdk';
import { type CleverAuthOptions, type CleverVariables, cleverAuth } from 'clever-sdk/hono';
import { type Context, Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { secureHeaders } from 'hono/secure-headers';
import { describe, expect, expectTypeOf } from 'vitest';
import { printed } from '../support/printed.js';
import { CALLBACK_PATH, COOKIE_SECRET, it, STUDENT, type Stage, TEACHER } from './support.js';

type App = Hono<{ Variables: CleverVariables }>;

function serve(stage: Stage, options: Partial<CleverAuthOptions<Context>> = {}, build?: (app: App) => void): App {
  const app: App = new Hono<{ Variables: CleverVariables }>();
  build?.(app);
  app.use('/auth/clever/*', cleverAuth({ client: stage.clever, cookieSecret: COOKIE_SECRET, ...options }));
  app.get(CALLBACK_PATH, (c) => {
    const { identity, returnTo, isCleverInitiated, hasSwitchedAccount, token } = c.get('clever');
    expectTypeOf(identity).toEqualTypeOf<CleverIdentity>();
    setCookie(c, 'session', identity.id);
    expect(printed(c.get('clever'))).not.toMatch(/canary|5f1000/iu);
    return c.json({ id: identity.id, returnTo, isCleverInitiated, hasSwitchedAccount, type: token.token_type });
  });
  app.get('/auth/clever/other', (c) => c.text('the app'));
  stage.listen(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  return app;
}

describe('cleverAuth', () => {
  it('logs in, and hands the login to the handler of the callback', async ({ stage }) => {
    serve(stage);
    const browser = stage.browser();
    const page = await browser.open(await stage.comeBack(browser, '/auth/clever?returnTo=%2Fbooks'));
    const expected = { id: TEACHER.id, returnTo: '/books', isCleverInitiated: false, hasSwitchedAccount: false };
    expect(JSON.parse(page.text)).toEqual({ ...expected, type: 'bearer' });
    const cookies = page.headers.getSetCookie().join();
    expect([cookies.includes('session='), cookies.includes('clever_login=')]).toEqual([true, true]);
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  it('starts a login without state again', async ({ stage }) => {
    serve(stage);
    const browser = stage.browser(STUDENT);
    const page = await browser.open(await stage.comeFromPortal(browser));
    expect(JSON.parse(page.text)).toMatchObject({ id: STUDENT.id, isCleverInitiated: true });
  });

  it('keeps its cookies beside those of other middleware, and their headers', async ({ stage }) => {
    serve(stage, {}, (app) =>
      app.use(secureHeaders()).use(async (c, next) => {
        c.res.headers.append('set-cookie', 'early=1');
        await next();
        c.res.headers.append('set-cookie', 'late=1');
      }),
    );
    const browser = stage.browser();
    const page = await browser.open(await stage.comeBack(browser));
    expect(page.status).toBe(200);
    const names = page.headers.getSetCookie().map((cookie) => cookie.split('=')[0]);
    expect(names.sort()).toEqual(['clever_login', 'early', 'late', 'session']);
    expect(page.headers.get('x-frame-options')).toBe('SAMEORIGIN');
  });

  it('passes on every path but its two', async ({ stage }) => {
    const app = serve(stage);
    const statuses = ['/auth/clever/other', '/auth/clever/logout', '/auth/clever', '/clever'].map(
      async (path) => (await app.request(`${stage.origin}${path}`)).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 404, 302, 404]);
  });

  it('serves the button elsewhere, and below a prefix that a proxy removes', async ({ stage }) => {
    const app = new Hono<{ Variables: CleverVariables }>();
    app.use(
      cleverAuth({
        client: stage.clever,
        cookieSecret: COOKIE_SECRET,
        startPath: '/login',
        callbackPath: '/clever/callback',
      }),
    );
    app.get('/clever/callback', (c) => c.text(c.get('clever').identity.id));
    stage.listen(
      getRequestListener(
        (request) => {
          const url = new URL(request.url);
          url.pathname = url.pathname.replace(/^\/auth/u, '');
          return app.fetch(new Request(url, request));
        },
        { overrideGlobalObjects: false },
      ),
    );
    const browser = stage.browser();
    expect((await browser.open(await stage.comeBack(browser, '/login'))).text).toBe(TEACHER.id);
  });

  it('ends a failed login on its page, or on that of the app', async ({ stage }) => {
    const forged = `${stage.origin}${CALLBACK_PATH}?code=canary-code&state=canary-state`;
    const own = await serve(stage).request(forged);
    expect([own.status, (await own.text()).includes('Login did not work')]).toEqual([400, true]);
    const app = serve(stage, {
      onError: ({ error, status, context }) => context.json({ code: error.code }, status as 400),
    });
    const page = await app.request(forged);
    expect([page.status, await page.text()]).toEqual([400, '{"code":"oauth_callback"}']);
  });

  it('asks the app about a repeated callback, and who is logged in now', async ({ stage }) => {
    serve(stage, {
      onRepeat: ({ context }) => context.text('again'),
      currentUserId: (_request, { context }) => (context.req.header('cookie') === undefined ? undefined : STUDENT.id),
    });
    const browser = stage.browser();
    const callback = await stage.comeBack(browser);
    expect(JSON.parse((await browser.open(callback)).text)).toMatchObject({ hasSwitchedAccount: true });
    expect((await browser.open(callback)).text).toBe('again');
  });

  it('hands an error of the handler to the app', async ({ stage }) => {
    const app = new Hono<{ Variables: CleverVariables }>();
    app.onError((error, c) => c.text(error.message, 500));
    app.use(cleverAuth({ client: stage.clever, cookieSecret: COOKIE_SECRET }));
    app.get(CALLBACK_PATH, () => {
      throw new Error('the session failed');
    });
    stage.listen(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
    const browser = stage.browser();
    const page = await browser.open(await stage.comeBack(browser));
    expect([page.status, page.text]).toEqual([500, 'the session failed']);
  });

  it('checks its options at once', ({ stage }) => {
    const given = { client: stage.clever, cookieSecret: COOKIE_SECRET };
    expect(() => cleverAuth({ ...given, onlogin: '' } as typeof given)).toThrow('cleverAuth() has no option `onlogin`');
    expect(() => cleverAuth({ ...given, cookieSecret: 'short' })).toThrow('`cookieSecret` must be');
  });
});
