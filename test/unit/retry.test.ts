import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AskedWait, askedWait } from '../../src/transport/response-headers.js';
import { backoffMs, decideRetry, type FailedAttempt, type RetryPolicy } from '../../src/transport/retry.js';

const policy: RetryPolicy = { retries: 2, baseDelayMs: 500, maxDelayMs: 8_000, maxRetryAfterMs: 60_000 };
const plenty = 300_000;
const failed = (overrides: Partial<FailedAttempt> = {}): FailedAttempt => ({
  method: 'GET',
  attempt: 1,
  reason: 'status',
  status: 503,
  ...overrides,
});
const asking = (waitMs: number, marginMs = 0): AskedWait => ({ waitMs, marginMs });

describe('whether an attempt is repeated', () => {
  it.each([408, 429, 500, 502, 503, 504])('status %i is', (status) => {
    expect(decideRetry(failed({ status }), policy, plenty, 0.5)).toEqual({ retry: true, delayMs: 250 });
  });

  it.each([400, 401, 403, 404, 405, 409, 413, 418, 501, 505, 599])('status %i is not', (status) => {
    expect(decideRetry(failed({ status }), policy, plenty, 0.5)).toEqual({ retry: false, because: 'final' });
  });

  it.each(['network', 'body', 'not_json', 'timeout'] as const)('%s is', (reason) => {
    expect(decideRetry(failed({ reason, status: undefined }), policy, plenty, 0.5).retry).toBe(true);
  });

  it('a redirect is not', () => {
    expect(decideRetry(failed({ reason: 'redirect', status: undefined }), policy, plenty, 0.5).retry).toBe(false);
  });

  it.each(['POST', 'PATCH', 'DELETE'])('%s never is', (method) => {
    for (const reason of ['status', 'network', 'body', 'not_json', 'timeout'] as const) {
      expect(decideRetry(failed({ method, reason }), policy, plenty, 0.5)).toEqual({ retry: false, because: 'final' });
    }
  });

  it('ends when no retry is left', () => {
    expect(decideRetry(failed({ attempt: 2 }), policy, plenty, 0.5).retry).toBe(true);
    expect(decideRetry(failed({ attempt: 3 }), policy, plenty, 0.5)).toEqual({ retry: false, because: 'final' });
    expect(decideRetry(failed(), { ...policy, retries: 0 }, plenty, 0.5).retry).toBe(false);
  });

  it('is switched off by `false`, including requested waits', () => {
    expect(decideRetry(failed({ asked: asking(10) }), false, plenty, 0.5)).toEqual({ retry: false, because: 'final' });
  });
});

describe('the wait', () => {
  it.each([
    [1, 0.999, 500],
    [2, 0.999, 999],
    [3, 0.999, 1998],
    [5, 0.999, 7992],
    [9, 0.999, 7992],
    [1, 0, 0],
  ])('after attempt %i, with the random number %d, is %i ms', (attempt, random, expected) => {
    expect(backoffMs(attempt, policy, random)).toBe(expected);
  });

  it.each([
    ['as long as asked', asking(7_000), 7_000],
    ['with the margin', asking(7_000, 1_000), 8_000],
    ['up to the cap, margin included', asking(60_000, 1_000), 60_000],
    ['never shorter than the back-off, so that a wait of 0 does not flood the server', asking(0), 250],
  ])('is %s', (_, asked, delayMs) => {
    expect(decideRetry(failed({ asked }), policy, plenty, 0.5)).toEqual({ retry: true, delayMs });
  });

  it('beyond the cap is refused at once', () => {
    const decision = decideRetry(failed({ asked: asking(60_001) }), policy, plenty, 0.5);
    expect(decision).toEqual({ retry: false, because: 'asked_too_long' });
  });

  it('beyond the total time is refused at once', () => {
    const out = { retry: false, because: 'out_of_time' };
    expect(decideRetry(failed({ asked: asking(5_000) }), policy, 5_000, 0.5)).toEqual(out);
    expect(decideRetry(failed(), policy, 250, 0.5)).toEqual(out);
    expect(decideRetry(failed(), policy, 251, 0.5).retry).toBe(true);
  });

  it('never exceeds the total time, and is never shorter than requested within the cap', () => {
    const anyMs = fc.integer({ min: 0, max: 200_000 });
    fc.assert(
      fc.property(
        fc.record({
          waitMs: anyMs,
          attempt: fc.integer({ min: 1, max: 3 }),
          remainingMs: anyMs,
          random: fc.double({ min: 0, max: 0.999, noNaN: true }),
        }),
        ({ waitMs, attempt, remainingMs, random }) => {
          const decision = decideRetry(failed({ attempt, asked: asking(waitMs) }), policy, remainingMs, random);
          return !decision.retry || (decision.delayMs < remainingMs && decision.delayMs >= waitMs);
        },
      ),
    );
  });
});

describe('the wait that the server asks for', () => {
  const now = Date.UTC(2026, 0, 5, 12, 0, 0);
  const seconds = now / 1000;
  const wait = (status: number, headers: Record<string, string>) => askedWait(status, new Headers(headers), now);
  const budget = (reset: number) => ({
    'x-ratelimit-limit': '1200',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(reset),
  });

  it.each([
    ['seconds', '30', 30_000],
    ['a fraction', '0.5', 500],
    ['zero', '0', 0],
    ['an hour', '3600', 3_600_000],
    ['an HTTP date', 'Mon, 05 Jan 2026 12:00:20 GMT', 20_000],
    ['an HTTP date of the past', 'Mon, 05 Jan 2026 11:00:00 GMT', 0],
  ])('reads `Retry-After` as %s', (_, value, waitMs) => {
    expect(wait(503, { 'retry-after': value })).toEqual({ waitMs, marginMs: 0 });
  });

  it.each(['', '-5', 'soon', 'NaN', '1e9', '2026-01-05', 'Infinity', '5 GMT'])('ignores `Retry-After: %s`', (value) => {
    expect(wait(503, { 'retry-after': value })).toBeUndefined();
  });

  it.each(['86401', '999999999999999', 'Fri, 31 Dec 9999 23:59:59 GMT'])(
    'ignores `Retry-After: %s`, more than a day',
    (value) => {
      expect(wait(503, { 'retry-after': value })).toBeUndefined();
      expect(wait(429, { 'retry-after': value, ...budget(seconds + 42) })?.waitMs).toBe(42_000);
    },
  );

  it('uses the end of the window of a 429', () => {
    const asked = wait(429, budget(seconds + 42));
    expect(asked).toEqual({ waitMs: 42_000, marginMs: 1_000 });
  });

  it('never takes a window for longer than a minute, margin and rounding included', () => {
    expect(wait(429, budget(seconds + 60))).toEqual({ waitMs: 60_000, marginMs: 0 });
    expect(wait(429, budget(seconds + 61))).toEqual({ waitMs: 60_000, marginMs: 0 });
    expect(wait(429, { ...budget(seconds + 90), date: new Date(now).toUTCString() })).toBeUndefined();
    expect(wait(429, budget(seconds + 10 * 86_400))?.waitMs).toBe(60_000);
    expect(wait(429, budget(seconds + 400 * 86_400))).toBeUndefined();
  });

  it('counts from the response’s own clock if it sends one', () => {
    const date = 'Mon, 05 Jan 2026 15:00:00 GMT';
    expect(wait(429, { ...budget(seconds + 3 * 3600 + 10), date })?.waitMs).toBe(10_000);
    expect(wait(503, { 'retry-after': 'Mon, 05 Jan 2026 15:00:07 GMT', date })?.waitMs).toBe(7_000);
  });

  it('prefers `Retry-After` to the window', () => {
    expect(wait(429, { ...budget(seconds + 42), 'retry-after': '3' })?.waitMs).toBe(3_000);
  });

  it('ignores the window of another status, and one that has ended', () => {
    expect(wait(503, budget(seconds + 42))).toBeUndefined();
    expect(wait(429, budget(seconds - 42))?.waitMs).toBe(0);
  });
});
