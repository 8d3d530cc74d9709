import { once } from 'node:events';
import { connect } from 'node:http2';
import type { CleverIdentity } from 'clever-sdk';
import cleverPlugin, { CLEVER_CONFIGURATION, type CleverPluginOptions } from 'clever-sdk/fastify';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { afterEach, describe, expect, expectTypeOf } from 'vitest';
import { COOKIE_SECRET, it, STUDENT, type Stage, TEACHER } from './support.js';

const apps: FastifyInstance[] = [];
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

type Options = CleverPluginOptions<FastifyRequest, FastifyReply>;

async function serve(stage: Stage, options: Partial<Options> = {}, build?: (app: FastifyInstance) => void) {
  const app = fastify();
  apps.push(app);
  build?.(app);
  app.register(cleverPlugin<FastifyRequest, FastifyReply>, {
    client: stage.clever,
    prefix: '/auth/clever',
    cookieSecret: COOKIE_SECRET,
    onLogin: ({ identity, context: { reply } }) => {
      expectTypeOf(identity).toEqualTypeOf<CleverIdentity>();
      reply.header('set-cookie', `session=${identity.id}; Path=/`);
    },
    ...options,
  });
  app.get('/*', async (request) => `${request.url} for ${request.headers.cookie?.match(/session=(\w+)/u)?.[1]}`);
  await app.ready();
  stage.listen((request, response) => app.routing(request, response));
  return app;
}

describe('cleverPlugin', () => {
  it('logs in, and goes to where the login was started', async ({ stage }) => {
    await serve(stage, {}, (app) => {
      app.addHook('onSend', async (_request, reply) => void reply.header('set-cookie', 'saved=by-a-hook'));
    });
    const browser = stage.browser();
    const page = await browser.open(await stage.comeBack(browser, '/auth/clever?returnTo=%2Fbooks'));
    expect(page.text).toBe(`/books for ${TEACHER.id}`);
    expect(browser.received.some((cookie) => cookie.startsWith('saved='))).toBe(true);
    expect(browser.received.some((cookie) => cookie.startsWith('clever_login='))).toBe(true);
  });

  it('starts a login without state again, and answers as onLogin says', async ({ stage }) => {
    await serve(stage, {
      onLogin: ({ identity, isCleverInitiated }) => Response.json([identity.id, isCleverInitiated]),
    });
    const browser = stage.browser(STUDENT);
    expect((await browser.open(await stage.comeFromPortal(browser))).text).toBe(`["${STUDENT.id}",true]`);
  });

  it('ends a failed login on its page, or on that of the app', async ({ stage }) => {
    const forged = '/auth/clever/callback?code=canary-code&state=canary-state';
    const own = await (await serve(stage)).inject(forged);
    expect([own.statusCode, own.body.includes('Login did not work')]).toEqual([400, true]);
    const app = await serve(stage, {
      onError: ({ error, status, context }) => Response.json([error.code, context.request.method], { status }),
    });
    const page = await app.inject(forged);
    expect([page.statusCode, page.body]).toEqual([400, '["oauth_callback","GET"]']);
  });

  it('asks the app about a repeated callback', async ({ stage }) => {
    await serve(stage, { onRepeat: ({ context }) => new Response(`again ${context.request.method}`) });
    const browser = stage.browser();
    const callback = await stage.comeBack(browser);
    await browser.open(callback);
    expect((await browser.open(callback)).text).toBe('again GET');
  });

  it('says whether another person was logged in on this browser', async ({ stage }) => {
    const before = [undefined, TEACHER.id, STUDENT.id];
    const asked: string[] = [];
    await serve(stage, {
      currentUserId: (_request, { context }) => {
        asked.push(context.request.url.split('?')[0] ?? '');
        return before.shift();
      },
      onLogin: ({ hasSwitchedAccount }) => Response.json(hasSwitchedAccount),
    });
    const browser = stage.browser();
    const logIn = async (): Promise<string> => (await browser.open(await stage.comeBack(browser))).text;
    expect([await logIn(), await logIn(), await logIn()]).toEqual(['false', 'false', 'true']);
    expect(asked).toEqual(Array(3).fill('/auth/clever/callback'));
  });

  it('hands errors of a hook to the error handler', async ({ stage }) => {
    const errors: string[] = [];
    const fails = [
      () => Promise.reject(new Error('the session failed')),
      ({ context }: Parameters<Options['onLogin']>[0]) => context.reply.request,
    ];
    for (const onLogin of fails) {
      await serve(stage, { onLogin }, (app) =>
        app.setErrorHandler((error: Error, _request, reply) => {
          errors.push(error.message);
          return reply.code(500).send('sorry');
        }),
      );
      const browser = stage.browser();
      expect((await browser.open(await stage.comeBack(browser))).text).toBe('sorry');
    }
    expect(errors).toEqual(['the session failed', expect.stringContaining('send no reply itself')]);
  });

  it('knows its address over HTTP/2, whose requests have no Host header', async ({ stage }) => {
    const app = fastify({ http2: true });
    apps.push(app as unknown as FastifyInstance);
    app.register(cleverPlugin, {
      client: stage.clever,
      prefix: '/auth/clever',
      cookieSecret: COOKIE_SECRET,
      onLogin: () => {},
    });
    const session = connect(await app.listen({ port: 0, host: '127.0.0.1' }));
    const statusAt = async (authority: string): Promise<number> => {
      const [headers] = await once(session.request({ ':path': '/auth/clever', ':authority': authority }), 'response');
      return headers[':status'];
    };
    expect(await statusAt(new URL(stage.origin).host)).toBe(302);
    expect(await statusAt('elsewhere.example'), 'an address that is not of the app').toBe(400);
    session.destroy();
  });

  it('decorates nothing', async ({ stage }) => {
    const before = Object.keys(fastify());
    expect(Object.keys(await serve(stage))).toEqual(expect.arrayContaining(before));
  });

  it.for([
    [{ prefix: '/login' }, "serves Clever's callback at /login/callback"],
    [{ callbackPath: '/return' }, 'but the path of `redirectUri` is /auth/clever/callback'],
    [{ onlogin: true }, 'cleverPlugin has no option `onlogin`'],
    [{ onLogin: undefined }, 'cleverPlugin needs `onLogin`'],
    [{ cookieSecret: 'short' }, '`cookieSecret` must be'],
  ] as const)('does not start with %o', async ([options, message], { stage }) => {
    await expect(serve(stage, options as Partial<Options>)).rejects.toThrow(message);
  });

  it("names Clever's addresses as the client uses them", ({ stage }) => {
    const { tokenHost, authorizeHost, authorizePath } = CLEVER_CONFIGURATION;
    expect(stage.clever.oauth.authorizationUrl().url).toContain(`${authorizeHost}${authorizePath}?`);
    expect(tokenHost).toBe(authorizeHost);
  });
});
