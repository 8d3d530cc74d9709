import { type CleverConfigError, type CleverIdentity, createCleverClient } from 'clever-sdk';
import {
  type CleverAuthInfo,
  type CleverFailureInfo,
  CleverStrategy,
  type CleverVerify,
  type VerifyDone,
} from 'clever-sdk/passport';
import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import passport, { type AuthenticateOptions, type PassportStatic } from 'passport';
import { describe, expect, expectTypeOf } from 'vitest';
import { printed } from '../support/printed.js';
import { CALLBACK_PATH, COOKIE_SECRET, it, STUDENT, type Stage, TEACHER } from './support.js';

interface Options {
  readonly options?: AuthenticateOptions;
  readonly verify?: CleverVerify;
  readonly strategy?: (stage: Stage) => CleverStrategy;
}

/** An app without a session: `authenticate` itself is what is tested; test/frameworks has the sessions. */
function serve(
  stage: Stage,
  { options = {}, verify = async (who: CleverIdentity) => ({ id: who.id }), strategy }: Options = {},
) {
  const own: PassportStatic = new passport.Passport() as PassportStatic;
  const { clever: client } = stage;
  own.use(strategy?.(stage) ?? new CleverStrategy({ client, cookieSecret: COOKIE_SECRET }, verify));
  const app: Express = express();
  app.use((_request, response, next) => {
    response.cookie('own', 'kept');
    next();
  });
  app.get(
    ['/auth/clever', CALLBACK_PATH],
    own.authenticate('clever', { session: false, ...options }),
    (request: Request, response) => void response.json({ user: request.user, info: request.authInfo }),
  );
  const onError: ErrorRequestHandler = (error, _request, response, _next) =>
    void response.status(500).json({ message: (error as Error).message });
  app.use(onError);
  stage.listen(app);
}

describe('CleverStrategy', () => {
  it('logs in, and says where to go', async ({ stage }) => {
    serve(stage);
    const browser = stage.browser();
    const page = await browser.open(await stage.comeBack(browser, '/auth/clever?returnTo=%2Fbooks'));
    expect(JSON.parse(page.text)).toEqual({
      user: { id: TEACHER.id },
      info: { returnTo: '/books', isCleverInitiated: false } satisfies CleverAuthInfo,
    });
    expect(page.headers.getSetCookie().join()).toContain('own=kept');
    expect(page.headers.getSetCookie().join()).toContain('clever_login=');
  });

  it('starts a login without state again, and says that it began at Clever', async ({ stage }) => {
    serve(stage);
    const browser = stage.browser(STUDENT);
    const page = await browser.open(await stage.comeFromPortal(browser));
    expect(JSON.parse(page.text)).toEqual({
      user: { id: STUDENT.id },
      info: { returnTo: '/', isCleverInitiated: true },
    });
  });

  it('takes the options of a start from authenticate', async ({ stage }) => {
    serve(stage, { options: { returnTo: '/from-options', askWho: true } as AuthenticateOptions });
    const browser = stage.browser();
    const page = await browser.open(await stage.comeBack(browser));
    expect(JSON.parse(page.text).info.returnTo).toBe('/from-options');
    expect(browser.history.some(({ searchParams }) => searchParams.get('confirmed') === 'false')).toBe(true);
  });

  it.for([
    ['done', (who: CleverIdentity, _token: unknown, done: VerifyDone) => done(null, { id: who.id }, { extra: 1 })],
    ['a promise', async (who: CleverIdentity) => ({ id: who.id })],
    ['a value', (who: CleverIdentity) => ({ id: who.id })],
  ] as const)('learns the user by %s', async ([, verify], { stage }) => {
    serve(stage, { verify });
    const browser = stage.browser();
    const page = await browser.open(await stage.comeBack(browser));
    expect(JSON.parse(page.text).user).toEqual({ id: TEACHER.id });
  });

  it('passes the request and the token to verify', async ({ stage }) => {
    const seen: unknown[] = [];
    serve(stage, {
      strategy: ({ clever }) =>
        new CleverStrategy(
          { client: clever, cookieSecret: COOKIE_SECRET, passReqToCallback: true },
          async (request: Request, identity, token) => {
            expectTypeOf(identity).toEqualTypeOf<CleverIdentity>();
            seen.push(request.path, token.token_type);
            return { id: identity.id };
          },
        ),
    });
    const browser = stage.browser();
    await browser.open(await stage.comeBack(browser));
    expect(seen).toEqual([CALLBACK_PATH, 'bearer']);
  });

  it.for([
    ['done(null, false)', (_who: CleverIdentity, _token: unknown, done: VerifyDone) => done(null, false), 401],
    ['no user', async () => undefined, 401],
    ['an error by done', (_who: CleverIdentity, _token: unknown, done: VerifyDone) => done(new Error('no')), 500],
    ['a thrown error', () => Promise.reject(new Error('no')), 500],
    [
      'an error of an asynchronous function that knows done',
      async (_who: CleverIdentity, _token: unknown, _done: VerifyDone) => Promise.reject(new Error('no')),
      500,
    ],
  ] as const)('refuses a person by %s', async ([, verify, status], { stage }) => {
    serve(stage, { verify });
    const browser = stage.browser();
    expect((await browser.open(await stage.comeBack(browser))).status).toBe(status);
  });

  it('fails with a sentence, a typed error and a status', async ({ stage }) => {
    const infos: CleverFailureInfo[] = [];
    const { clever: client } = stage;
    const own = new passport.Passport() as PassportStatic;
    own.use(new CleverStrategy({ client, cookieSecret: COOKIE_SECRET }, async ({ id }) => ({ id })));
    stage.listen(
      express().get(CALLBACK_PATH, (request, response, next) => {
        const answer = (error: unknown, user: unknown, info: unknown, status: unknown): void => {
          infos.push(info as CleverFailureInfo);
          response.status(Number(status)).json({ error, user });
        };
        own.authenticate('clever', answer)(request, response, next);
      }),
    );
    const browser = stage.browser();
    const forged = await browser.open(`${stage.origin}${CALLBACK_PATH}?code=canary-code&state=canary-state`);
    const denied = await browser.open(`${stage.origin}${CALLBACK_PATH}?error=access_denied`);
    expect([forged.status, denied.status]).toEqual([400, 403]);
    expect(forged.text).toBe('{"error":null,"user":false}');
    expect(infos.map(({ error }) => error.code)).toEqual(['oauth_callback', 'oauth_callback']);
    expect(infos.map(({ message, error }) => message === error.userMessage)).toEqual([true, true]);
    expect(printed(infos)).not.toContain('canary');
  });

  it('answers a prefetch and other methods itself', async ({ stage }) => {
    serve(stage);
    const browser = stage.browser();
    const prefetch = await browser.send(`${stage.origin}/auth/clever`, { headers: { 'sec-purpose': 'prefetch' } });
    const head = await browser.send(`${stage.origin}/auth/clever`, { method: 'HEAD' });
    expect([prefetch.status, head.status]).toEqual([204, 405]);
  });

  it('keeps the person who is logged in when a callback is called again', async ({ stage }) => {
    const { clever: client } = stage;
    const own = new passport.Passport() as PassportStatic;
    own.use(new CleverStrategy({ client, cookieSecret: COOKIE_SECRET }, async ({ id }) => ({ id })));
    const app = express();
    app.use((request, _response, next) => {
      if (request.headers.cookie?.includes('session=') === true) {
        Object.assign(request, { user: { id: 'of the session' } });
      }
      next();
    });
    app.get(
      ['/auth/clever', CALLBACK_PATH],
      own.authenticate('clever', { session: false }),
      (request: Request, response) => void response.json(request.user),
    );
    stage.listen(app);
    const browser = stage.browser();
    const callback = await stage.comeBack(browser);
    expect(JSON.parse((await browser.open(callback)).text)).toEqual({ id: TEACHER.id });
    expect(JSON.parse((await browser.open(callback)).text), 'a new login').toEqual({ id: TEACHER.id });
    browser.setCookie('session=1; Path=/', stage.origin);
    expect(JSON.parse((await browser.open(callback)).text)).toEqual({ id: 'of the session' });
  });

  it('connects an account to the person who is logged in, also when the callback is called again', async ({
    stage,
  }) => {
    const { clever: client } = stage;
    const own = new passport.Passport() as PassportStatic;
    own.use(new CleverStrategy({ client, cookieSecret: COOKIE_SECRET }, async ({ id }) => ({ id })));
    const app = express();
    app.use((request, _response, next) => next(void Object.assign(request, { user: { id: 'of the session' } })));
    app.get(['/auth/clever', CALLBACK_PATH], own.authorize('clever'), (request, response) => {
      response.json([request.user, Object(request)['account']]);
    });
    stage.listen(app);
    const browser = stage.browser();
    const callback = await stage.comeBack(browser);
    for (const page of [await browser.open(callback), await browser.open(callback)]) {
      expect(JSON.parse(page.text)).toEqual([{ id: 'of the session' }, { id: TEACHER.id }]);
    }
  });

  it('says what to do in a server that sets no req.res', async ({ stage }) => {
    const { clever: client } = stage;
    const strategy = new CleverStrategy({ client, cookieSecret: COOKIE_SECRET }, async ({ id }) => ({ id }));
    const error = await new Promise<CleverConfigError>((resolve) => {
      const actions = Object.assign(Object.create(strategy), { error: resolve }) as CleverStrategy;
      actions.authenticate({ method: 'GET', url: '/auth/clever', headers: {} });
    });
    expect(error).toMatchObject({ code: 'config', message: expect.stringContaining('set it before') });
  });

  it('checks its options at once, and prints no secret', ({ stage }) => {
    const { clever: client } = stage;
    const verify = async () => ({});
    const given = { client, cookieSecret: COOKIE_SECRET };
    expect(() => new CleverStrategy({ ...given, cookiesecret: '' } as typeof given, verify)).toThrow(
      'new CleverStrategy() has no option `cookiesecret`',
    );
    expect(() => new CleverStrategy(given, undefined as never)).toThrow('needs a second argument');
    expect(() => new CleverStrategy({ client, cookieSecret: 'short' }, verify)).toThrow('`cookieSecret` must be');
    expect(printed(new CleverStrategy(given, verify))).not.toContain('canary');
  });

  it('can be made before the options of its client are read', () => {
    const client = createCleverClient(() => {
      throw new Error('not yet');
    });
    expect(new CleverStrategy({ client, cookieSecret: COOKIE_SECRET }, async () => ({})).name).toBe('clever');
  });
});
