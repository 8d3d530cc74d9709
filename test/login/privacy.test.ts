import type { LoginFailure, LoginResult } from 'clever-sdk';
import { describe, expect } from 'vitest';
import { printed } from '../support/printed.js';
import { changed, comeBack, cookiesOf, it, makeApp, PEOPLE, START } from './support.js';

/*
 * After each test, every other file of this folder searches errors, events, clients and pages for secrets
 * and people. This file searches what the hooks receive, which an app is likely to log completely.
 */

async function resultOfLogin(): Promise<{ result: LoginResult; secrets: string[] }> {
  const app = makeApp();
  const browser = app.browser();
  const callback = await comeBack(browser);
  await browser.send(callback);
  const [result] = app.results;
  if (result === undefined) {
    throw new Error('no one was logged in');
  }
  const { searchParams } = callback;
  const secrets = [searchParams.get('code') ?? '', searchParams.get('state') ?? '', result.token.access_token];
  return { result, secrets };
}

describe('what the hooks receive', () => {
  it('is complete for code: the result has the token, the person and the request', async () => {
    const { result, secrets } = await resultOfLogin();
    expect(secrets.every((secret) => secret.length >= 20)).toBe(true);
    expect(result.identity).toMatchObject({ id: PEOPLE.teacher.id, email: PEOPLE.teacher.email });
    expect(result.token.access_token).toBe(secrets[2]);
    expect({ ...result.identity }).toMatchObject({ name: { first: 'Canaryfirst', last: 'Canarylast' } });
    expect(result.request.url).toContain(secrets[0]);
  });

  it('prints no code, state, token or cookie of a result', async () => {
    const { result, secrets } = await resultOfLogin();
    const text = printed(result);
    for (const secret of secrets) {
      expect(text).not.toContain(secret);
    }
    expect(text).not.toContain('clever_login');
  });

  it('prints no person of a result', async () => {
    const { result } = await resultOfLogin();
    expect(printed(result)).not.toMatch(/canary/iu);
    expect(printed(result)).not.toContain(PEOPLE.teacher.id);
    expect(printed(result)).toContain('isCleverInitiated');
  });

  it('prints no code, state or cookie of a failure', async ({ app, browser }) => {
    const away = await browser.send(START);
    const callback = changed(await comeBack(browser), { code: 'canary-garbage-code' });
    app.sandbox.faults.add({ path: '/oauth/tokens', status: 404 });
    await browser.send(callback, {
      headers: { cookie: `${cookiesOf(away)}; session=canary` },
    });
    const [failure] = app.failures;
    expect(failure?.request.url).toBe(callback.href);
    expect(printed(failure)).not.toMatch(/canary/iu);
    expect(printed(failure)).not.toContain(callback.searchParams.get('state'));
    expect(printed(failure)).not.toContain(cookiesOf(away).split('=')[1]);
  });

  it('prints no code, state or cookie of a repeated callback', async () => {
    const repeats: object[] = [];
    const app = makeApp({
      login: {
        onRepeat: (repeat) => {
          repeats.push(repeat);
          expect(repeat.request.url).toContain('code=');
          return new Response('again');
        },
      },
    });
    const browser = app.browser();
    const callback = await comeBack(browser);
    await browser.send(callback);
    await browser.send(callback);
    expect(repeats).toHaveLength(1);
    expect(printed(repeats)).not.toContain(callback.searchParams.get('code'));
    expect(printed(repeats)).not.toContain(callback.searchParams.get('state'));
  });

  it('copies neither the person nor the token nor the request', async () => {
    const { result } = await resultOfLogin();
    expect(Object.keys({ ...result }).sort()).toEqual(['hasSwitchedAccount', 'isCleverInitiated', 'returnTo']);
    const { identity, token, request } = result;
    expect([identity.id, typeof token.access_token, request.method]).toEqual([PEOPLE.teacher.id, 'string', 'GET']);
  });

  it('still says what happened in a failure', async () => {
    const failures: LoginFailure[] = [];
    const app = makeApp({
      login: { onError: (failure) => new Response(null, { status: failures.push(failure) + 399 }) },
    });
    const browser = app.browser();
    await browser.send(changed(await comeBack(browser), { state: 'forged' }));
    expect(printed(failures[0])).toMatch(/state_mismatch/u);
  });
});
