import {
  CleverApiError,
  CleverAuthenticationError,
  CleverBadRequestError,
  CleverConfigError,
  CleverConnectionError,
  CleverNotFoundError,
  CleverPermissionError,
  CleverRateLimitError,
  CleverServerError,
} from 'clever-sdk';
import { fetch as undiciFetch } from 'undici';
import { describe, expect, it, vi } from 'vitest';
import { adaptFetch } from '../../src/transport/fetch.js';
import { bearer, type FetchFunction } from '../../src/transport/index.js';
import { double } from '../support/double.js';
import { withAddress } from '../support/error-message.js';
import { rejection } from '../support/outcomes.js';
import { json, observed, startServer, TEMPLATE } from './transport-support.js';

describe('a request', () => {
  it('is sent with the token, and returns JSON with the values of the headers', async () => {
    const resetAt = new Date('2026-01-05T12:00:00Z');
    const { origin, requests } = await startServer((_, outgoing) => {
      outgoing.setHeader('x-request-id', 'r-1');
      outgoing.setHeader('x-ratelimit-limit', '1200');
      outgoing.setHeader('x-ratelimit-remaining', '1199');
      outgoing.setHeader('x-ratelimit-reset', String(resetAt.getTime() / 1000));
      json(outgoing, { data: { id: 'u1', name: 'Zoë' } });
    });
    const { send, events } = observed({ origin });
    const rateLimit = { limit: 1200, remaining: 1199, resetAt };
    expect(await send({ path: '/v3.1/users/u1?limit=2' })).toEqual({
      status: 200,
      json: { data: { id: 'u1', name: 'Zoë' } },
      rateLimit,
      requestId: 'r-1',
      attempts: 1,
    });
    expect(requests[0]?.url).toBe('/v3.1/users/u1?limit=2');
    expect(requests[0]?.headers).toMatchObject({
      authorization: 'Bearer token',
      accept: 'application/json',
      'user-agent': 'test/1',
    });
    expect(requests[0]?.headers).not.toHaveProperty('content-type');
    const base = { method: 'GET', pathTemplate: TEMPLATE, attempt: 1 };
    expect(events).toEqual([
      { kind: 'request', ...base },
      { kind: 'response', ...base, status: 200, durationMs: expect.any(Number), rateLimit, requestId: 'r-1' },
    ]);
  });

  it.each(['', ' \n'])('has no JSON when the body is %o', async (body) => {
    const { send } = observed(double(new Response(body)));
    expect(await send()).toMatchObject({ status: 200, json: undefined, requestId: undefined, rateLimit: undefined });
  });

  it('passes the body on before it is parsed, and waits for the inspection', async () => {
    const order: string[] = [];
    const { send } = observed(
      double(new Response('{"data"'), Response.json({ data: 1 }), new Response('', { status: 404 })),
    );
    const onBody = async (chunks: readonly Uint8Array[]): Promise<void> => {
      const text = Buffer.concat(chunks).toString();
      await Promise.resolve();
      order.push(text);
    };
    const retry = { baseDelayMs: 0 };
    const { json: body } = await send({ onBody, options: { retry } });
    order.push('parsed');
    await rejection(send({ onBody }));
    expect(body).toEqual({ data: 1 });
    expect(order).toEqual(['{"data"', '{"data":1}', 'parsed']);
  });

  it('accepts a fake response whose only body method is text()', async () => {
    const response = { status: 200, headers: new Headers(), text: async () => '{"data":"é"}' };
    const { send } = observed({ fetch: async () => response as Response });
    expect(await send()).toMatchObject({ json: { data: 'é' } });
  });

  it('accepts a 204', async () => {
    const { send } = observed(double(new Response(null, { status: 204 })));
    expect(await send({ method: 'DELETE' })).toMatchObject({ status: 204, json: undefined });
  });

  it.each([
    ['x-request-id', 'abc', 'abc'],
    ['clever-request-id', 'abc', 'abc'],
    ['x-request-id', 'child@example.com', undefined],
  ])('reads the request id from %s: %s', async (header, value, requestId) => {
    const { send } = observed(double(new Response('{}', { headers: { [header]: value } })));
    expect((await send()).requestId).toBe(requestId);
  });

  it('that leads away from the origin is not sent', async () => {
    for (const path of [
      '//evil.example/',
      'https://evil.example/',
      '/\\evil.example',
      '@evil.example',
      '/..//evil.example',
    ]) {
      const { fetch, seen } = double();
      expect(await rejection(observed({ fetch }).send({ path }))).toBeInstanceOf(CleverConfigError);
      expect(seen).toHaveLength(0);
    }
  });

  it.each([
    { timeoutMs: 0 },
    { timeoutMs: Number.NaN },
    { totalTimeoutMs: 2 ** 31 },
    { retry: true },
    { retry: { retires: 1 } },
    { retry: { retries: -1 } },
    { signal: {} },
  ])('with the option %o is refused without sending anything', async (options) => {
    const { fetch, seen } = double();
    expect(await rejection(observed({ fetch }).send({ options: options as never }))).toBeInstanceOf(CleverConfigError);
    expect(seen).toHaveLength(0);
  });

  it('with a body that is not JSON is refused without sending anything', async () => {
    const { fetch, seen } = double();
    expect(await rejection(observed({ fetch }).send({ method: 'POST', body: { n: 1n } }))).toBeInstanceOf(
      CleverConfigError,
    );
    expect(seen).toHaveLength(0);
  });

  it('is not affected by an observer that throws, or rejects later', async () => {
    const observers = [
      () => {
        throw new Error('observer');
      },
      async () => {
        throw new Error('observer');
      },
    ];
    for (const onEvent of observers) {
      await expect(observed({ ...double({}), onEvent }).send()).resolves.toMatchObject({ status: 200 });
    }
  });
});

describe('a custom fetch', () => {
  it('is called with a string and plain values, never with a Request', async () => {
    const fetch = vi.fn<FetchFunction>(async () => Response.json({}));
    const { send } = observed({ fetch });
    await send({ method: 'POST', body: { title: 'Ü' } });
    await send();
    expect(fetch.mock.calls).toEqual([
      [
        'https://api.example.com/v3.1/users/u1',
        {
          method: 'POST',
          headers: {
            authorization: 'Bearer token',
            accept: 'application/json',
            'user-agent': 'test/1',
            'content-type': 'application/json',
          },
          body: '{"title":"Ü"}',
          redirect: 'manual',
          signal: expect.any(AbortSignal),
        },
      ],
      [
        'https://api.example.com/v3.1/users/u1',
        {
          method: 'GET',
          headers: { authorization: 'Bearer token', accept: 'application/json', 'user-agent': 'test/1' },
          redirect: 'manual',
          signal: expect.any(AbortSignal),
        },
      ],
    ]);
  });

  it('may be undici’s own', async () => {
    const bodies: string[] = [];
    const { origin, requests } = await startServer((incoming, outgoing) => {
      incoming.setEncoding('utf8').on('data', (chunk: string) => bodies.push(chunk));
      incoming.on('end', () => json(outgoing, { ok: true }));
    });
    const { send } = observed({ origin, fetch: undiciFetch as unknown as FetchFunction });
    expect((await send()).json).toEqual({ ok: true });
    expect((await send({ method: 'POST', body: { title: 'Ü' } })).json).toEqual({ ok: true });
    expect(requests[1]?.headers).toMatchObject({ authorization: 'Bearer token', 'content-type': 'application/json' });
    expect(bodies.join('')).toBe('{"title":"Ü"}');
  });

  it('defaults to the global one, looked up at the call', async () => {
    const { send } = observed();
    const { fetch, seen } = double({ replaced: true });
    vi.stubGlobal('fetch', fetch);
    expect((await send()).json).toEqual({ replaced: true });
    expect(seen).toHaveLength(1);
  });

  it('works for libraries that call it with a Request or with a URL', async () => {
    const { fetch, seen } = double({}, {});
    const call = adaptFetch(fetch);
    await call(new Request('https://x.example/a', { method: 'POST', body: 'b', headers: { h: '1' } }));
    await call(new URL('https://x.example/c'), { method: 'DELETE' });
    expect(seen.map(({ method, url, body }) => [method, url.pathname, body])).toEqual([
      ['POST', '/a', 'b'],
      ['DELETE', '/c', ''],
    ]);
    expect(seen[0]?.headers.get('h')).toBe('1');
  });

  it('that returns no response, or an error response, is a connection failure', async () => {
    for (const response of [undefined, 'text', Response.error()]) {
      const { send } = observed({ fetch: (async () => response) as never, defaults: { retry: false } });
      expect(await rejection(send())).toMatchObject({ code: 'connection', reason: 'network' });
    }
  });
});

describe('the token', () => {
  it('may be omitted, for public paths', async () => {
    const { fetch, seen } = double({});
    await observed({ fetch }).send({ authorization: undefined });
    expect(seen[0]?.headers.has('authorization')).toBe(false);
  });

  it('is fetched for each attempt', async () => {
    let count = 0;
    const { fetch, seen } = double(new Response('', { status: 503 }), new Response('', { status: 503 }), {});
    const { send } = observed({ fetch, defaults: { retry: { baseDelayMs: 0 } } });
    await send({ authorization: bearer(async () => `token-${++count}`) });
    expect(seen.map(({ headers }) => headers.get('authorization'))).toEqual([1, 2, 3].map((n) => `Bearer token-${n}`));
  });

  it('function’s own error reaches the caller unchanged and at once', async () => {
    const mine = { not: 'even an Error' };
    const token = vi.fn(() => Promise.reject(mine));
    const { fetch, seen } = double();
    expect(await rejection(observed({ fetch }).send({ authorization: bearer(token) }))).toBe(mine);
    expect([token.mock.calls.length, seen.length]).toEqual([1, 0]);
  });
});

describe('an error status', () => {
  const failing = (status: number, body: string, type = 'application/json') =>
    observed({
      ...double(new Response(body, { status, headers: { 'content-type': type, 'x-request-id': 'r-1' } })),
      defaults: { retry: false },
    });

  it.each([
    [400, CleverBadRequestError, 'bad_request', /parameter/u],
    [401, CleverAuthenticationError, 'authentication', /log.?in again.*districtTokens/u],
    [403, CleverPermissionError, 'permission', /granted/u],
    [404, CleverNotFoundError, 'not_found', /removed/u],
    [405, CleverApiError, 'api', /method/u],
    [413, CleverApiError, 'api', /`pageSize`/u],
    [418, CleverApiError, 'api', /origin/u],
    [429, CleverRateLimitError, 'rate_limit', /budget/u],
    [500, CleverServerError, 'server', /requestId/u],
    [501, CleverServerError, 'server', /apiVersion/u],
    [503, CleverServerError, 'server', /later/u],
  ])('%i is a typed error that says what to do', async (status, Type, code, advice) => {
    const body = '{"message":"Resource not found."}';
    const error = await rejection(failing(status, body).send());
    expect(error).toBeInstanceOf(Type);
    expect(error).toMatchObject({ status, code, method: 'GET', pathTemplate: TEMPLATE, requestId: 'r-1', attempts: 1 });
    expect(error).toMatchObject({ path: '/v3.1/users/u1', body, message: expect.stringMatching(advice) });
    expect((error as Error).message).toMatch(/^GET \/v3\.1\/users\/\{id\} → \d+: Resource not found\. \S/u);
  });

  it('404 as a web page differs from one as JSON: the token is of the wrong kind', async () => {
    const page = '<!DOCTYPE html><title>Error</title><pre>Cannot GET /v3.1/users/u1</pre>';
    const error = await rejection(failing(404, page, 'text/html').send());
    expect(error).toMatchObject({ code: 'not_found', body: page, message: expect.stringContaining('kind of token') });
    expect((error as Error).message).toContain('district-app token');
    expect((error as Error).message).not.toContain('Cannot GET');
  });

  it('ends with the advice of the request if it has any', async () => {
    const advice = ['district', 'user'] as const;
    const unauthorized = await rejection(failing(401, '').send({ advice }));
    const sentences = `GET ${TEMPLATE} → 401: The token has expired or was revoked. Send the person through the login again.`;
    expect((unauthorized as Error).message).toBe(withAddress(sentences, 'authentication'));
    const html = await rejection(failing(404, '<html>', 'text/html').send({ advice }));
    expect((html as Error).message).toMatch(
      /kind of token\. A user token gives access to .* with a district-app token\. See \S+$/u,
    );
  });

  it('counts even when its body is cut off', async () => {
    const { origin } = await startServer((_, outgoing) => {
      outgoing.writeHead(401, { 'content-length': '1000' }).write('{"message"', () => outgoing.destroy());
    });
    expect(await rejection(observed({ origin }).send())).toMatchObject({ code: 'authentication', status: 401 });
  });

  it('names the calling line in its stack', async () => {
    const { send } = failing(404, '{}');
    const theCallingFunction = () => send();
    // Through an event, where the runtime itself loses the calling stack.
    const error = await new Promise((resolve) => theCallingFunction().catch(resolve));
    expect((error as Error).stack).toContain('theCallingFunction');
    expect((error as Error).stack).toContain('transport.test.ts');
  });
});

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('%i is not followed, and not retried', async (status) => {
    const { origin, requests } = await startServer((_, outgoing) => {
      outgoing.writeHead(status, { location: '/elsewhere' }).end();
    });
    const error = await rejection(observed({ origin }).send());
    expect(error).toBeInstanceOf(CleverConnectionError);
    expect(error).toMatchObject({ code: 'connection', reason: 'redirect', isRetryable: false, attempts: 1 });
    expect(requests).toHaveLength(1);
  });

  it('that a browser hides is recognised as well', async () => {
    const hidden = Object.defineProperties(new Response(null), {
      type: { value: 'opaqueredirect' },
      status: { value: 0 },
    });
    expect(await rejection(observed(double(hidden)).send())).toMatchObject({ reason: 'redirect' });
  });
});
