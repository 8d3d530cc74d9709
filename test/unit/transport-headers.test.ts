import { CleverConfigError } from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/privacy/index.js';
import { bearer } from '../../src/transport/index.js';
import { readRateLimit } from '../../src/transport/response-headers.js';

describe('the rate limit', () => {
  const read = (limit?: string, remaining?: string, reset?: string) => {
    const headers = new Headers({ 'x-ratelimit-bucket': 'bearer' });
    const values = { 'X-RateLimit-Limit': limit, 'X-RateLimit-Remaining': remaining, 'X-RateLimit-Reset': reset };
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined) {
        headers.set(name, value);
      }
    }
    return readRateLimit(headers);
  };

  it('is read from the three headers', () => {
    const resetAt = new Date('2026-01-05T12:00:00Z');
    const rateLimit = read('1200', '0', String(resetAt.getTime() / 1000));
    expect(rateLimit).toEqual({ limit: 1200, remaining: 0, resetAt });
  });

  it.each([
    [undefined, undefined, undefined],
    ['1200', undefined, '1767614400'],
    ['1200', '1199', undefined],
    ['many', '1199', '1767614400'],
    ['1200', '-1', '1767614400'],
    ['1200', '1199', 'tomorrow'],
    ['1200', '1199', '60'],
    ['1200', '1199', '1767614400000'],
    ['', '', ''],
  ])('is unknown for %s, %s, %s', (limit, remaining, reset) => {
    expect(read(limit, remaining, reset)).toBeUndefined();
  });
});

describe('bearer', () => {
  it.each([
    ['a string', 'abc-123._~+/='],
    ['a secret', new Secret('abc-123._~+/=')],
    ['a function', () => 'abc-123._~+/='],
    ['an async function', async () => 'abc-123._~+/='],
  ])('takes %s', async (_, token) => {
    expect(await bearer(token)()).toBe('Bearer abc-123._~+/=');
  });

  const bad = ['', ' ', 'canary \n', 'canary-1\n', 'canary-1\r\nx-evil: 1', 'Bearer canary-1', 'canary-é', 'canary-…'];

  it.each([...bad, undefined, null, 42, {}])('refuses %o at once, without quoting it', (token) => {
    const make = () => bearer(token as never);
    expect(make).toThrow(CleverConfigError);
    expect(make).not.toThrow(/canary/u);
  });

  it.each([...bad, undefined])('refuses %o from a function, without quoting it', async (token) => {
    const asked = (async () => bearer((() => token) as never)())();
    await expect(asked).rejects.toThrow(CleverConfigError);
    await expect(asked).rejects.not.toThrow(/canary/u);
  });

  it('calls a function each time', async () => {
    let count = 0;
    const authorization = bearer(() => `token-${++count}`);
    expect([await authorization(), await authorization()]).toEqual(['Bearer token-1', 'Bearer token-2']);
  });
});
