import { CleverRateLimitError, CleverServerError, CleverTimeoutError } from 'clever-sdk';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RequestOptions } from '../../src/transport/index.js';
import { type Answer, double } from '../support/double.js';
import { loadWhatReads } from '../support/load-what-reads.js';
import { rejection } from '../support/outcomes.js';
import { observed } from './transport-support.js';

beforeAll(loadWhatReads);

const now = new Date('2026-01-05T12:00:00Z');

beforeEach(() => {
  vi.useFakeTimers({ now });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});

afterEach(() => {
  expect(vi.getTimerCount(), 'timers left over').toBe(0);
  vi.useRealTimers();
});

const status = (code: number, headers: Record<string, string> = {}) => new Response('', { status: code, headers });
const spent = (secondsLeft: number, more: Record<string, string> = {}) =>
  status(429, {
    'x-ratelimit-limit': '1200',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(now.getTime() / 1000 + secondsLeft),
    ...more,
  });

function scripted(defaults: RequestOptions, ...script: Answer[]) {
  const { fetch, seen } = double(...script);
  return { ...observed({ fetch, defaults }), seen };
}

/** Lets a call run to its end on the fake clock. */
async function run<T>(call: Promise<T>): Promise<T> {
  call.catch(() => undefined);
  await vi.runAllTimersAsync();
  return call;
}

describe('a read that fails', () => {
  it('is repeated twice with a doubling back-off, and finally succeeds', async () => {
    const { send, retries } = scripted({}, status(503), new TypeError('fetch failed'), {});
    expect(await run(send())).toMatchObject({ status: 200, attempts: 3 });
    expect(retries()).toMatchObject([
      { attempt: 1, reason: 'status', status: 503, delayMs: 250 },
      { attempt: 2, reason: 'network', status: undefined, delayMs: 500 },
    ]);
  });

  it('throws the last failure when no retry is left', async () => {
    const { send, seen } = scripted({}, status(503), status(502), status(500));
    expect(await rejection(run(send()))).toMatchObject({ code: 'server', status: 500, attempts: 3, isRetryable: true });
    expect(seen).toHaveLength(3);
  });

  it.each([
    ['a page with status 200', () => new Response('<html>Welcome to the hotel</html>'), 'not_json'],
    ['cut JSON', () => new Response('{"data":[{"id":"canary'), 'not_json'],
    ['a lost connection', () => new TypeError('fetch failed'), 'network'],
    ['an unknown failure', () => new Error('proxy'), 'network'],
  ])('%s is repeated', async (_, answer, reason) => {
    const { send, retries } = scripted({}, answer(), answer(), answer());
    expect(await rejection(run(send()))).toMatchObject({ code: 'connection', reason, attempts: 3, isRetryable: true });
    expect(retries().map((retry) => retry.reason)).toEqual([reason, reason]);
  });

  it.each(['POST', 'PATCH', 'DELETE'] as const)('but not a %s', async (method) => {
    for (const answer of [
      status(503),
      status(429, { 'retry-after': '1' }),
      new TypeError('fetch failed'),
      new Response('<'),
    ]) {
      const { send, seen, retries } = scripted({}, answer);
      await rejection(run(send({ method })));
      expect([seen.length, retries().length]).toEqual([1, 0]);
    }
  });

  it('is not repeated with `retry: false`, and does not wait', async () => {
    const { send, seen } = scripted({}, status(429, { 'retry-after': '1' }));
    const error = await rejection(send({ options: { retry: false } }));
    expect(error).toMatchObject({ code: 'rate_limit', retryAfterMs: 1_000 });
    expect(seen).toHaveLength(1);
  });

  it('takes its limits from the call, else from the client, else from the defaults', async () => {
    const { send, retries } = scripted({ retry: { retries: 1, baseDelayMs: 100 } }, status(503), status(503));
    await rejection(run(send({ options: { retry: { baseDelayMs: 1_000 } } })));
    expect(retries().map(({ delayMs }) => delayMs)).toEqual([500]);
  });
});

describe('a wait that Clever asks for', () => {
  it('is respected for an empty 429, from the window in the headers', async () => {
    const { send, retries } = scripted({}, spent(20), {});
    expect(await run(send())).toMatchObject({ attempts: 2 });
    expect(retries()).toMatchObject([{ reason: 'status', status: 429, delayMs: 21_000 }]);
  });

  it('is respected for a full window of a minute', async () => {
    const { send, retries } = scripted({}, spent(60), {});
    await run(send());
    expect(retries()).toMatchObject([{ delayMs: 60_000 }]);
  });

  it('does not depend on this machine’s clock', async () => {
    vi.setSystemTime(new Date('2031-01-01T00:00:00Z'));
    const { send, retries } = scripted({}, spent(20, { date: now.toUTCString() }), {});
    await run(send());
    expect(retries()).toMatchObject([{ delayMs: 21_000 }]);
  });

  it.each([429, 503])('is kept for a %i with `Retry-After`, neither clamped nor cut short', async (code) => {
    const { send, retries } = scripted({}, status(code, { 'retry-after': '59' }), {});
    await run(send());
    expect(retries()).toMatchObject([{ status: code, delayMs: 59_000 }]);
  });

  it('of an hour is not waited for: the error is immediate and says when to retry', async () => {
    const { send, seen, retries } = scripted({}, status(429, { 'retry-after': '3600' }));
    const error = await rejection(send());
    expect(error).toBeInstanceOf(CleverRateLimitError);
    expect(error).toMatchObject({ retryAfterMs: 3_600_000, resetAt: new Date(now.getTime() + 3_600_000), attempts: 1 });
    expect((error as Error).message).toContain('3600000 ms');
    expect([seen.length, retries().length]).toEqual([1, 0]);
  });

  it('beyond `maxRetryAfterMs` is not kept either when it is the window', async () => {
    const { send } = scripted({ retry: { maxRetryAfterMs: 10_000 } }, spent(11));
    expect(await rejection(send())).toMatchObject({
      code: 'rate_limit',
      retryAfterMs: 12_000,
      resetAt: new Date(now.getTime() + 12_000),
      rateLimit: { limit: 1200, remaining: 0 },
    });
  });

  it('of an hour after a 503 is a server error that says so', async () => {
    const { send, seen } = scripted({}, status(503, { 'retry-after': '3600' }));
    const error = await rejection(send());
    expect(error).toBeInstanceOf(CleverServerError);
    expect((error as Error).message).toContain('3600000 ms');
    expect(seen).toHaveLength(1);
  });

  it('that would exceed the total time does not start', async () => {
    const late = scripted({ totalTimeoutMs: 15_000 }, spent(20));
    expect(await rejection(late.send())).toMatchObject({ code: 'rate_limit', retryAfterMs: 21_000 });
    const down = scripted({ totalTimeoutMs: 15_000 }, status(503, { 'retry-after': '20' }));
    const error = await rejection(down.send());
    expect(error).toMatchObject({ code: 'timeout', limit: 'total', timeoutMs: 15_000 });
    expect((error as Error).cause).toMatchObject({ name: 'CleverServerError' });
  });

  it('is a back-off when Clever names none', async () => {
    const { send, retries } = scripted({}, status(429), {});
    await run(send());
    expect(retries()).toMatchObject([{ status: 429, delayMs: 250 }]);
  });

  it('is also part of the last error', async () => {
    const { send } = scripted({ retry: { retries: 1 } }, spent(5), spent(5));
    expect(await rejection(run(send()))).toMatchObject({ code: 'rate_limit', attempts: 2, retryAfterMs: 1_000 });
  });
});

describe('time', () => {
  const never: Answer = () => new Promise<Response>(() => undefined);

  it('runs out for an attempt, which is repeated like a lost connection, and is not a 408', async () => {
    const { send, retries } = scripted({ timeoutMs: 1_000 }, never, never, never);
    const error = await rejection(run(send()));
    expect(error).toBeInstanceOf(CleverTimeoutError);
    expect(error).toMatchObject({
      code: 'timeout',
      limit: 'attempt',
      timeoutMs: 1_000,
      attempts: 3,
      isRetryable: true,
    });
    expect(error).not.toHaveProperty('status');
    expect(retries().map(({ reason }) => reason)).toEqual(['timeout', 'timeout']);
  });

  it('runs out for the whole call, whatever time the attempt still has', async () => {
    const { send, seen } = scripted({ timeoutMs: 1_000, totalTimeoutMs: 1_500 }, never, never);
    expect(await rejection(run(send()))).toMatchObject({ limit: 'total', timeoutMs: 1_500, attempts: 2 });
    expect(seen).toHaveLength(2);
  });

  it('runs out for a body that never ends', async () => {
    const body = new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('{"data"')) });
    const { send } = scripted({ timeoutMs: 1_000, retry: false }, new Response(body));
    expect(await rejection(run(send()))).toMatchObject({ limit: 'attempt' });
  });

  it('runs out for a token function that never answers', async () => {
    const { send, seen } = scripted({ timeoutMs: 1_000, retry: false });
    const authorization = () => new Promise<string>(() => undefined);
    expect(await rejection(run(send({ authorization })))).toMatchObject({ limit: 'attempt' });
    expect(seen).toHaveLength(0);
  });

  it('aborts the signal of the fetch, so that no connection stays open', async () => {
    const signals: (AbortSignal | null | undefined)[] = [];
    const answer: Answer = (_, { signal }) => {
      signals.push(signal);
      return new Promise<Response>(() => undefined);
    };
    const { send } = scripted({ timeoutMs: 1_000, retry: { retries: 1 } }, answer, answer);
    await rejection(run(send()));
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, true]);
  });

  it('that is left ends with a response: no timer remains', async () => {
    const { send } = scripted({}, {});
    await send();
    expect(vi.getTimerCount()).toBe(0);
  });
});
