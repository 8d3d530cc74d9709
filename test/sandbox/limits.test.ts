import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';
import { type Answer, ask, read, small } from './support.js';

const budget = ({ headers }: Answer): (number | string | null)[] =>
  ['limit', 'remaining', 'reset'].map((name) => Number(headers.get(`x-ratelimit-${name}`)));

describe('the rate limit', () => {
  it('is a window of 60 s and 1200 requests that begins with a token’s first request', async () => {
    let now = 1_800_000_000_500;
    const sandbox = small({ clock: () => now });
    const reset = 1_800_000_060;
    expect(budget(await ask(sandbox, '/v3.1/terms'))).toEqual([1_200, 1_199, reset]);
    now += 30_000;
    expect(budget(await ask(sandbox, '/v3.1/terms'))).toEqual([1_200, 1_198, reset]);
    now = reset * 1_000 - 1;
    expect(budget(await ask(sandbox, '/v3.1/terms'))).toEqual([1_200, 1_197, reset]);
    now = reset * 1_000;
    expect(budget(await ask(sandbox, '/v3.1/terms'))).toEqual([1_200, 1_199, reset + 60]);
  });

  it('answers one request too many with an empty 429, and the next window normally', async () => {
    let now = 1_800_000_000_000;
    const sandbox = small({ clock: () => now, rateLimit: { limit: 2, windowMs: 5_000 } });
    await ask(sandbox, '/v3.1/terms');
    await ask(sandbox, '/v3.1/terms');
    const spent = await ask(sandbox, '/v3.1/terms');
    expect([spent.status, spent.text, ...budget(spent)]).toEqual([429, '', 2, 0, 1_800_000_005]);
    expect(spent.headers.get('retry-after')).toBeNull();
    now += 5_000;
    expect((await ask(sandbox, '/v3.1/terms')).status).toBe(200);
  });

  it('is each token’s own', async () => {
    const sandbox = small({
      districts: [
        { seed: 5, students: 5 },
        { seed: 6, students: 5 },
      ],
      rateLimit: { limit: 1 },
    });
    await ask(sandbox, '/v3.1/terms');
    expect((await ask(sandbox, '/v3.1/terms')).status).toBe(429);
    expect((await ask(sandbox, '/v3.1/terms', sandbox.districts[1]?.token)).status).toBe(200);
  });

  it.for([
    ['/v3.1/users?limit=10001', 413],
    ['/v3.1/users/x', 404],
    ['/nothing', 404],
    ['/me', 404],
  ] as const)('is part of every response: %s', async ([path, status], { sandbox }) => {
    const answer = await ask(sandbox, path);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('x-ratelimit-bucket')).toBe('bearer');
    expect(budget(answer).slice(0, 2)).toEqual([1_200, 1_199]);
  });
});

describe('every response', () => {
  it('has its own request id, and from the API forbids caching', async ({ sandbox }) => {
    const answers = [await ask(sandbox, '/v3.1/terms'), await ask(sandbox, '/v3.1/terms'), await ask(sandbox, '/x')];
    const login = await read(await sandbox.fetch('https://clever.com/oauth/tokeninfo'));
    const ids = [...answers, login].map(({ headers }) => headers.get('x-request-id'));
    expect(new Set(ids).size).toBe(4);
    expect(ids.every((id) => /^[0-9a-f-]{36}$/u.test(id ?? ''))).toBe(true);
    expect(answers.map(({ headers }) => headers.get('cache-control'))).toEqual(['no-store', 'no-store', 'no-store']);
    expect(login.headers.get('x-ratelimit-limit')).toBeNull();
  });

  it('is the same at any origin', async ({ sandbox }) => {
    const headers = { authorization: `Bearer ${sandbox.districts[0].token}` };
    const texts = await Promise.all(
      ['https://api.clever.com', 'http://127.0.0.1:1', 'https://elsewhere.example'].map(async (origin) =>
        (await sandbox.fetch(new Request(`${origin}/v3.1/terms`, { headers }))).text(),
      ),
    );
    expect(new Set(texts).size).toBe(1);
  });
});
