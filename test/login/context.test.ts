import { createCleverClient, type LoginFailure, type LoginRepeat, type LoginResult } from 'clever-sdk';
import { describe, expect } from 'vitest';
import { locationOf } from '../support/browser.js';
import { printed } from '../support/printed.js';
import { COOKIE_SECRET, changed, cookiesOf, expectNoLeaks, it, START } from './support.js';

/* What an app passes to a handler reaches every hook. */

expectNoLeaks();

interface Context {
  readonly session: { readonly name: string };
}

type Hooked = [hook: string, given: { readonly context: Context }];

const context: Context = { session: { name: 'canary-session' } };

describe('the context of a login', () => {
  it('reaches every hook of the callback', async ({ app, browser }) => {
    const hooked: Hooked[] = [];
    const login = app.clever.login<Context>({
      cookieSecret: COOKIE_SECRET,
      currentUserId: (_request, given) => {
        hooked.push(['currentUserId', given]);
        return undefined;
      },
      onLogin: (result: LoginResult<Context>) => {
        hooked.push(['onLogin', result]);
        return new Response('in');
      },
      onRepeat: (repeat: LoginRepeat<Context>) => {
        hooked.push(['onRepeat', repeat]);
        return new Response('again');
      },
      onError: (failure: LoginFailure<Context>) => {
        hooked.push(['onError', failure]);
        return new Response('no', { status: failure.status });
      },
    });
    const away = await login.start(new Request(START), { context });
    const callback = locationOf(await browser.send(locationOf(away)));
    const request = (url: URL) => new Request(url, { headers: { cookie: cookiesOf(away) } });
    await login.callback(request(callback), { context });
    await login.callback(request(callback), { context });
    await login.callback(request(changed(callback, { state: 'forged' })), { context });
    await login.start(new Request('https://elsewhere.example/login'), { context });
    expect(hooked.map(([hook]) => hook)).toEqual(['currentUserId', 'onLogin', 'onRepeat', 'onError', 'onError']);
    for (const [hook, given] of hooked) {
      expect(given.context).toBe(context);
      if (hook !== 'currentUserId') {
        expect(printed(given)).not.toContain('canary');
      }
    }
  });

  it('is undefined where an app passes none, or a server passes an argument of its own', async ({ app, browser }) => {
    const contexts: unknown[] = [];
    const login = app.clever.login({
      cookieSecret: COOKIE_SECRET,
      onLogin: ({ context: given }) => {
        contexts.push(given);
        return new Response('in');
      },
    });
    // Next.js, Bun and Deno call a handler with their own second argument.
    const others = [undefined, null, { params: Promise.resolve({}) }, { req: {}, res: {} }, 'text'];
    for (const other of others) {
      const own = [other] as unknown as [];
      const away = await login.start(new Request(START), ...own);
      const callback = locationOf(await browser.send(locationOf(away)));
      await login.callback(new Request(callback, { headers: { cookie: cookiesOf(away) } }), ...own);
    }
    expect(contexts).toEqual(others.map(() => undefined));
  });

  it('reaches the hooks of a client whose options are read later', async ({ app, browser }) => {
    const options = { ...app.sandbox.clientOptions(), fetch: app.sandbox.fetch };
    const login = createCleverClient(() => options).login<Context>({
      cookieSecret: COOKIE_SECRET,
      onLogin: ({ context: { session } }) => new Response(session.name),
    });
    const away = await login.start(new Request(START), { context });
    const callback = locationOf(await browser.send(locationOf(away)));
    const response = await login.callback(new Request(callback, { headers: { cookie: cookiesOf(away) } }), { context });
    expect(await response.text()).toBe('canary-session');
  });
});
