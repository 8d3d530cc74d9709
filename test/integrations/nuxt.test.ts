import { createCleverClient } from 'clever-sdk';
import { defineOAuthCleverEventHandler, type H3LikeEvent, type OAuthCleverOptions } from 'clever-sdk/nuxt';
import { describe, expect } from 'vitest';
import { CALLBACK_PATH, COOKIE_SECRET, it, STUDENT, type Stage, TEACHER } from './support.js';

/** What h3 1 does with a handler: an event around Node's objects, and a `Response` that it may return. */
function serve(stage: Stage, options: Partial<OAuthCleverOptions> = {}): void {
  const handler = defineOAuthCleverEventHandler({
    config: { client: stage.clever, cookieSecret: COOKIE_SECRET },
    onSuccess: ({ node: { res } }, { user, tokens, returnTo }) => {
      res.setHeader('location', returnTo);
      res.end(new TextEncoder().encode(JSON.stringify([user.id, tokens.token_type, returnTo])));
    },
    ...options,
  });
  stage.listen(async (req, res) => {
    const answer = await handler({ node: { req, res: res as unknown as H3LikeEvent['node']['res'] } });
    if (answer instanceof Response) {
      for (const [name, value] of answer.headers) {
        res.appendHeader(name, value);
      }
      res.writeHead(answer.status).end(await answer.text());
    }
  });
}

describe('defineOAuthCleverEventHandler', () => {
  it('logs in, with its cookies on the response that the app ends', async ({ stage }) => {
    serve(stage);
    const browser = stage.browser();
    const page = await browser.open(await stage.comeBack(browser, '/auth/clever?returnTo=%2Fbooks'));
    expect(JSON.parse(page.text)).toEqual([TEACHER.id, 'bearer', '/books']);
    expect(page.headers.getSetCookie().join()).toContain('clever_login=');
  });

  it('starts a login without state, or a repeated one, again', async ({ stage }) => {
    serve(stage);
    const browser = stage.browser(STUDENT);
    await browser.open(await stage.comeFromPortal(browser));
    const callback = browser.history.at(-1) as URL;
    expect(callback.searchParams.has('state')).toBe(true);
    expect(JSON.parse((await browser.open(callback)).text)[0]).toBe(STUDENT.id);
    expect(browser.history.at(-1)?.href).not.toBe(callback.href);
  });

  it('ends a failed login on its page, or by onError', async ({ stage }) => {
    const forged = `${stage.origin}${CALLBACK_PATH}?code=canary-code&state=canary-state`;
    serve(stage);
    const own = await stage.browser().open(forged);
    expect([own.status, own.text.includes('Login did not work')]).toEqual([400, true]);
    serve(stage, { onError: (_event, { code, userMessage }) => Response.json([code, userMessage.length > 0]) });
    expect((await stage.browser().open(forged)).text).toBe('["oauth_callback",true]');
  });

  it('is an event handler for h3 before the options of its client are read', () => {
    const client = createCleverClient(() => {
      throw new Error('not yet');
    });
    const handler = defineOAuthCleverEventHandler({
      config: { client, cookieSecret: COOKIE_SECRET },
      onSuccess: () => '',
    });
    expect(handler).toHaveProperty('__is_handler__', true);
  });

  it('checks its options at once', ({ stage }) => {
    const config = { client: stage.clever, cookieSecret: COOKIE_SECRET };
    const onSuccess = () => '';
    const define = (options: object) => () => defineOAuthCleverEventHandler(options as OAuthCleverOptions);
    expect(define({ config, onSuccess, onsuccess: 1 })).toThrow('has no option `onsuccess`');
    expect(define({ config: { ...config, redirectURL: '' }, onSuccess })).toThrow('has no option `redirectURL`');
    expect(define({ config })).toThrow('needs `onSuccess`');
    expect(define({ onSuccess })).toThrow('`config`: the options must be an object');
  });
});
