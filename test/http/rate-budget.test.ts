import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { type CleverClientOptions, type ClientEvent, createCleverClient, createMemoryRateBudget } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CountingClever, type CountingOptions, pause } from '../support/counting-clever.js';
import { loadWhatReads } from '../support/load-what-reads.js';
import { rejection } from '../support/outcomes.js';

const MINUTE = 60_000;
/** The real timer, while the clock is a fake. */
const nextTurn = promisify(setImmediate);

beforeAll(loadWhatReads);
beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-05T12:00:00.300Z') });
});
afterEach(() => {
  expect(vi.getTimerCount(), 'timers left over').toBe(0);
  vi.useRealTimers();
});

/** A Clever that counts requests, and a client with its own budget. */
function stage(counting: CountingOptions = {}, options: Partial<CleverClientOptions> = {}) {
  const clever = new CountingClever(counting);
  const events: ClientEvent[] = [];
  const client = createCleverClient({
    ...{ fetch: clever.fetch, rateBudget: createMemoryRateBudget(), validation: 'off' as const },
    onEvent: (event) => events.push(event),
    ...options,
  });
  const district = client.district({ token: 'token' });
  const waits = () => events.flatMap((event) => (event.kind === 'wait' ? [event.delayMs] : []));
  return { clever, client, district, events, waits };
}

type District = ReturnType<typeof stage>['district'];

/** Reads pages until the time is over, with a number of concurrent readers. */
async function read(district: District, readers: number, durationMs: number): Promise<void> {
  const end = Date.now() + durationMs;
  const one = async (): Promise<void> => {
    for await (const _ of district.users.list({ pageSize: 1, totalTimeoutMs: 10 * MINUTE }).pages()) {
      if (Date.now() >= end) {
        break;
      }
    }
  };
  await Promise.all(Array.from({ length: readers }, one));
}

/** Lets fake time pass for work that also needs turns of the real event loop. */
async function pass(ms: number, isAnswering: () => boolean = () => false): Promise<void> {
  for (let passed = 0; passed < ms; passed += 50) {
    do {
      await nextTurn();
    } while (isAnswering());
    await vi.advanceTimersByTimeAsync(50);
  }
}

/** Lets a call run to its end on the fake clock. */
async function run<T>(call: Promise<T>): Promise<T> {
  call.catch(() => undefined);
  await vi.runAllTimersAsync();
  return call;
}

describe('sixteen readers of one token', () => {
  it('use 98 % of 1200 requests a minute, minute after minute, and are never refused', async () => {
    const { clever, district } = stage({ latencyMs: () => 20 + Math.random() * 200 });
    const reading = read(district, 16, 3 * MINUTE);
    reading.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    expect(clever.served).toBeGreaterThanOrEqual(0.98 * 3 * 1_200);
    // Three windows are used up, and the fourth begins before another 2 % of their time has passed.
    expect(clever.served).toBeLessThanOrEqual(3 * 1_200);
    await vi.advanceTimersByTimeAsync(0.02 * 3 * MINUTE);
    expect(clever.served).toBeGreaterThan(3 * 1_200);
    await run(reading);
    expect(clever.refused).toBe(0);
  }, 30_000);

  it('do so against the sandbox, on the sandbox’s own clock', async () => {
    const sandbox = createSandbox({ students: 20, clock: () => Date.now(), rateLimit: { limit: 300 } });
    const statuses: number[] = [];
    let asked = 0;
    const fetch = async (url: string, init: RequestInit): Promise<Response> => {
      asked += 1;
      const response = await sandbox.fetch(url, init);
      statuses.push(response.status);
      await pause(100);
      return response;
    };
    // The fake clock waits for what takes the machine's own time: the answers, and before the first request the key of
    // the token in the budget.
    const isAnswering = (): boolean => asked === 0 || asked > statuses.length;
    const { client } = stage({}, { ...sandbox.clientOptions(), fetch });
    const { schools } = client.district({ token: sandbox.districts[0]?.token ?? '' });
    const end = Date.now() + 3 * MINUTE;
    const reader = async (): Promise<void> => {
      while (Date.now() < end) {
        await schools.list().firstPage();
      }
    };
    const reading = Promise.all(Array.from({ length: 16 }, reader));
    reading.catch(() => undefined);
    await pass(3 * MINUTE, isAnswering);
    expect(statuses.length).toBeGreaterThanOrEqual(0.98 * 3 * 300);
    await pass(MINUTE, isAnswering);
    await reading;
    expect(new Set(statuses)).toEqual(new Set([200]));
  }, 30_000);

  it.each<[string, CountingOptions]>([
    ['whose clock is an hour fast', { aheadMs: 3_600_000 }],
    ['whose clock is an hour slow', { aheadMs: -3_600_000 }],
    ['whose clock is half a minute fast', { aheadMs: 30_000 }],
    ['that sends no `Date` header', { tellsTime: false }],
    ['that sends no `Date` header, with another clock', { tellsTime: false, aheadMs: -40_000 }],
    ['that rounds the end of a window up', { rounding: 'ceil' }],
    ['that rounds the end of a window', { rounding: 'round' }],
    ['that answers at once', { latencyMs: () => 1 }],
    ['that answers at very different times', { latencyMs: () => (Math.random() < 0.1 ? 3_000 : 30) }],
    ['that allows fewer requests', { limit: 7 }],
    ['whose window is short', { windowMs: 20_000 }],
  ])('respect the limit of a Clever %s', async (_, counting) => {
    const limit = counting.limit ?? 100;
    const windowMs = counting.windowMs ?? MINUTE;
    const { clever, district } = stage({ limit, ...counting }, { retry: { maxRetryAfterMs: 2 * MINUTE } });
    const reading = read(district, 16, 3 * windowMs);
    reading.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(3 * windowMs);
    expect(clever.served).toBeGreaterThanOrEqual(0.98 * 3 * limit);
    await run(reading);
    expect(clever.refused).toBe(0);
  });
});

describe('a budget that is still unknown', () => {
  it('is discovered by one request, before all others are sent', async () => {
    const { clever, district } = stage({ limit: 10 });
    const calls = Array.from({ length: 25 }, (_, index) => district.users.get(`u${index}`));
    await vi.advanceTimersByTimeAsync(99);
    expect(clever.served).toBe(1);
    await run(Promise.all(calls));
    expect([clever.served, clever.refused]).toEqual([25, 0]);
  });

  it('may have been used by a process that has ended', async () => {
    const { clever, district } = stage({ limit: 50 });
    for (let index = 0; index < 35; index += 1) {
      clever.receive(new URL('https://api.clever.com/v3.1/users/u'), 'Bearer token');
    }
    await run(read(district, 16, 2 * MINUTE));
    expect(clever.refused).toBe(0);
  });

  it('does not hold back the others for long when the first response is late', async () => {
    let isFirst = true;
    const latencyMs = (): number => {
      const ms = isFirst ? 20_000 : 10;
      isFirst = false;
      return ms;
    };
    const { clever, district } = stage({ latencyMs });
    const calls = Array.from({ length: 5 }, (_, index) => district.users.get(`u${index}`));
    await vi.advanceTimersByTimeAsync(4_900);
    expect(clever.served).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(clever.served).toBe(4);
    await run(Promise.all(calls));
  });

  it('does not matter when the server does not count', async () => {
    const asked: string[] = [];
    const fetch = async (url: string): Promise<Response> => {
      asked.push(url);
      return Response.json({ data: { id: 'u' } });
    };
    const { district, waits } = stage({}, { fetch });
    await Promise.all(Array.from({ length: 1_500 }, () => district.users.get('u')));
    expect([asked.length, waits().length]).toEqual([1_500, 0]);
  });
});

describe('a budget that other processes use as well', () => {
  it('is followed, so that few requests are refused and all are answered', async () => {
    const { clever, district, events } = stage({ limit: 200 });
    const other = setInterval(
      () => clever.receive(new URL('https://api.clever.com/v3.1/users/u'), 'Bearer token'),
      500,
    );
    const reading = read(district, 8, 3 * MINUTE);
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    clearInterval(other);
    await run(reading);
    const statuses = events.flatMap((event) => (event.kind === 'response' ? [event.status] : []));
    const refused = statuses.filter((status) => status === 429).length;
    expect(refused / statuses.length).toBeLessThan(0.02);
  });

  it('counts as spent for all calls as soon as one is refused', async () => {
    const { clever, district } = stage({ limit: 20 }, { retry: { retries: 1 } });
    await run(district.users.get('first'));
    for (let index = 0; index < 19; index += 1) {
      clever.receive(new URL('https://api.clever.com/v3.1/users/u'), 'Bearer token');
    }
    const calls = Promise.all([district.users.get('refused'), district.users.get('refused-too')]);
    await vi.advanceTimersByTimeAsync(1_000);
    const later = Promise.all(Array.from({ length: 15 }, (_, index) => district.users.get(`later${index}`)));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(clever.refused).toBe(2);
    await run(Promise.all([calls, later]));
    expect(clever.refused).toBe(2);
  });

  it('is shared by all clients of the process with the same token, and with no other', async () => {
    const clever = new CountingClever({ limit: 20 });
    const rateBudget = createMemoryRateBudget();
    const districts = [1, 2].map(() => createCleverClient({ fetch: clever.fetch, rateBudget, validation: 'off' }));
    const reading = districts.map((client) => read(client.district({ token: 'token' }), 4, 2 * MINUTE));
    const others = Promise.all(reading);
    await vi.advanceTimersByTimeAsync(MINUTE / 2);
    expect(clever.served).toBeLessThanOrEqual(20);
    const elsewhere = districts[0]?.district({ token: 'another' }).users.get('u');
    await vi.advanceTimersByTimeAsync(100);
    expect(clever.paths.at(-1)).toBe('/v3.1/users/u');
    await elsewhere;
    await run(others);
    expect(clever.refused).toBe(0);
  });

  it('is the process’s own where no client brings one, for each `fetch` that leads elsewhere', async () => {
    const [here, there] = [new CountingClever({ limit: 20 }), new CountingClever({ limit: 20 })];
    const clients = [here, here, there].map(({ fetch }) => createCleverClient({ fetch, validation: 'off' }));
    await run(Promise.all(clients.map((client) => read(client.district({ token: 'token' }), 8, MINUTE))));
    expect([here.refused, there.refused]).toEqual([0, 0]);
    expect(here.served).toBeGreaterThan(20);
    expect(there.served).toBeGreaterThan(20);
  });
});

describe('a call that waits for the budget', () => {
  /** A district whose bulk readers have used up their share for now. */
  async function busy(options: Partial<CleverClientOptions> = {}) {
    const stageOf = stage({ limit: 100 }, options);
    const reading = read(stageOf.district, 8, 2 * MINUTE);
    reading.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(20_000);
    return { ...stageOf, reading };
  }

  it('is not an interactive call, while a roster is pulled', async () => {
    const { clever, client, district, reading } = await busy();
    expect(clever.served).toBeLessThan(100);
    const calls = Promise.all([client.user({ token: 'token' }).me(), district.sections.get('s')]);
    await vi.advanceTimersByTimeAsync(150);
    expect(clever.paths.slice(-2)).toEqual(['/v3.1/me', '/v3.1/sections/s']);
    await run(Promise.all([calls, reading]));
    expect(clever.refused).toBe(0);
  });

  it('is sent before the bulk calls when the next window begins, in order', async () => {
    const { clever, district, reading } = await busy();
    const ids = Array.from({ length: 12 }, (_, index) => `u${String(index).padStart(2, '0')}`);
    const calls = Promise.all(ids.map((id) => district.users.get(id)));
    await vi.advanceTimersByTimeAsync(5_000);
    const inTurn = ids.map((id) => `/v3.1/users/${id}`);
    const waiting = inTurn.filter((path) => !clever.paths.includes(path));
    const served = clever.paths.length;
    expect(waiting.length).toBeGreaterThan(0);
    await run(Promise.all([calls, reading]));
    expect(clever.paths.filter((path) => inTurn.includes(path))).toEqual(inTurn);
    expect(clever.paths.slice(served, served + waiting.length)).toEqual(waiting);
    expect(clever.refused).toBe(0);
  });

  it('is reported with the length of its wait', async () => {
    const { district, waits, events } = stage({ limit: 2 });
    await run(Promise.all(['a', 'b'].map((id) => district.users.get(id))));
    expect(waits()).toEqual([]);
    await run(district.users.get('c'));
    expect(events.filter(({ kind }) => kind === 'wait')).toEqual([
      { kind: 'wait', method: 'GET', pathTemplate: '/v3.1/users/{id}', attempt: 1, delayMs: expect.any(Number) },
    ]);
    expect(waits()[0]).toBeGreaterThan(59_000);
    expect(waits()[0]).toBeLessThanOrEqual(60_000);
  });

  it('has the full time of an attempt when its turn comes', async () => {
    const { district } = stage({ limit: 1 }, { timeoutMs: 1_000 });
    await run(district.users.get('a'));
    await expect(run(district.users.get('b'))).resolves.toMatchObject({ id: 'b' });
  });

  it('can be aborted, and leaves the queue', async () => {
    const { clever, district } = stage({ limit: 1 });
    await run(district.users.get('a'));
    const abort = new AbortController();
    const call = rejection(district.users.get('b', { signal: abort.signal }));
    const next = district.users.get('c');
    await vi.advanceTimersByTimeAsync(1_000);
    abort.abort('enough');
    expect(await call).toBe('enough');
    await run(next);
    expect(clever.paths).toEqual(['/v3.1/users/a', '/v3.1/users/c']);
  });

  it('leaves no timer when every call is aborted', async () => {
    const { district } = stage({ limit: 1 });
    await run(district.users.get('a'));
    const call = rejection(district.users.get('b', { signal: AbortSignal.timeout(1) }));
    await call;
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a call that may not wait', () => {
  it.each([
    ['with `retry: false`', { retry: false }],
    ['with a short `maxRetryAfterMs`', { retry: { maxRetryAfterMs: 10_000 } }],
    ['with a short `totalTimeoutMs`', { totalTimeoutMs: 10_000 }],
  ] as const)('%s is refused at once, and nothing is sent', async (_, options) => {
    const { clever, district } = stage({ limit: 1 }, options);
    await run(district.users.get('a'));
    const error = await rejection(district.users.get('b'));
    expect(error).toMatchObject({ code: 'rate_limit', attempts: 0, rateLimit: { limit: 1, remaining: 0 } });
    const { retryAfterMs, resetAt, message } = error as { retryAfterMs: number; resetAt: Date; message: string };
    expect(retryAfterMs).toBeGreaterThan(59_000);
    expect(resetAt).toEqual(new Date(Date.now() + retryAfterMs));
    expect(message).toMatch(/^GET \/v3\.1\/users\/\{id\} → 429: Not sent\. .*maxRetryAfterMs/u);
    expect([clever.served, clever.refused]).toEqual([1, 0]);
  });

  it('may wait for a response that is under way', async () => {
    const { clever, district } = stage({ limit: 2 }, { retry: false });
    await run(Promise.all([district.users.get('a'), district.users.get('b')]));
    expect(clever.served).toBe(2);
  });
});

describe('an answer that names an end that is not Clever’s', () => {
  const YEAR_S = 31_536_000;
  /** The answers with these numbers, from 1, have other headers than Clever sent. */
  function lying(
    lies: Readonly<Record<number, (headers: Headers) => void>>,
    options: Partial<CleverClientOptions> = {},
  ) {
    const clever = new CountingClever({ limit: 100 });
    let answers = 0;
    const fetch: typeof clever.fetch = async (url, init) => {
      const answer = await clever.fetch(url, init);
      answers += 1;
      const headers = new Headers(answer.headers);
      lies[answers]?.(headers);
      return new Response(answer.body, { status: answer.status, headers });
    };
    return { ...stage({}, { fetch, ...options }), clever };
  }
  const reset = (offsetS: number, remaining?: number) => (headers: Headers) => {
    headers.set('x-ratelimit-reset', String(Math.floor(Date.now() / 1_000) + offsetS));
    if (remaining !== undefined) {
      headers.set('x-ratelimit-remaining', String(remaining));
    }
  };

  it.each([
    ['an hour ahead', reset(3_600, 0)],
    ['a year ahead, with a few requests left', reset(YEAR_S, 30)],
    ['three thousand years ahead', reset(3_000 * YEAR_S, 0)],
    ['ninety seconds ahead', reset(90, 0)],
    ['in milliseconds', (headers: Headers) => headers.set('x-ratelimit-reset', String(Date.now() + 30_000))],
  ])('%s is ignored and reported, and the next answer is believed', async (_, lie) => {
    const { district, events, waits } = lying({ 1: lie });
    const start = Date.now();
    for (const id of ['a', 'b', 'c']) {
      await run(district.users.get(id));
    }
    expect(Date.now() - start).toBeLessThan(1_000);
    expect(waits()).toEqual([]);
    expect(events.filter(({ kind }) => kind === 'ignored_wait')).toEqual([
      {
        ...{ kind: 'ignored_wait', method: 'GET', pathTemplate: '/v3.1/users/{id}', attempt: 1 },
        ...{ header: 'x-ratelimit-reset', namedMs: expect.any(Number) },
      },
    ]);
  });

  it('in the past holds nothing back', async () => {
    const { clever, district, waits, events } = lying({ 1: reset(-3_600, 0), 3: reset(-3, 0) });
    for (const id of ['a', 'b', 'c', 'd']) {
      await run(district.users.get(id));
    }
    expect([clever.served, waits()]).toEqual([4, []]);
    expect(events.filter(({ kind }) => kind === 'ignored_wait')).toEqual([]);
  });

  it.each([1, 2, 40])('does not slow a listing down when it is answer %i', async (number) => {
    const { clever, district } = lying({ [number]: reset(YEAR_S, 30) });
    const reading = read(district, 8, 3 * MINUTE);
    reading.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    expect(clever.served).toBeGreaterThanOrEqual(0.95 * 3 * 100);
    await run(reading);
    expect(clever.refused).toBe(0);
  });

  it('in every answer still lets one request at a time through', async () => {
    const lies = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [index + 1, reset(YEAR_S, 0)]));
    const { clever, district } = lying(lies);
    await run(Promise.all(Array.from({ length: 50 }, (_, index) => district.users.get(`u${index}`))));
    expect([clever.served, clever.refused]).toEqual([50, 0]);
  });

  it('without a `Date` is forgotten when a later answer names another', async () => {
    const { district, waits } = lying({
      2: (headers) => {
        headers.delete('date');
        reset(20_000, 0)(headers);
      },
    });
    await run(district.users.get('a'));
    const calls = Promise.all(['b', 'c', 'd'].map((id) => district.users.get(id)));
    await run(calls);
    await run(district.users.get('e'));
    expect(waits()).toEqual([]);
  });

  it('does not outlive a restart in a shared store', async () => {
    const now = performance.now();
    const poisoned = {
      ...{ version: 1, number: 1, openedAt: now, limit: 1_200, taken: 1_200, inFlight: 0, carried: 0, others: 0 },
      ...{ isContested: false, isTrusted: false, isUncounted: false, probedAt: now },
    };
    for (const wrong of [
      { endsAt: now + 1e12, reset: 9e10 },
      { endsAt: now + 61_000 },
      { endsAt: Number.NaN },
      { endsAt: 'never' },
      { probedAt: now + 1e12, taken: 0 },
      { taken: -1e9, inFlight: 'many' },
      { limit: null },
    ]) {
      const memory = createMemoryRateBudget();
      await memory.update('x', () => ({ state: {}, keepMs: 1, result: undefined }));
      let isFirst = true;
      const rateBudget: typeof memory = {
        update: (key, change) =>
          memory.update(key, (state, nowMs) => {
            const found = isFirst ? { ...poisoned, ...wrong } : state;
            isFirst = false;
            return change(found, nowMs);
          }),
      };
      const { clever, district, waits } = stage({}, { rateBudget });
      const start = Date.now();
      await run(Promise.all(['a', 'b'].map((id) => district.users.get(id))));
      expect([clever.served, waits(), Date.now() - start < 1_000], JSON.stringify(wrong)).toEqual([2, [], true]);
    }
  });

  it.each([
    ['X-RateLimit-Reset', 'x-ratelimit-reset', reset(YEAR_S, 0)],
    [
      'X-RateLimit-Reset in milliseconds',
      'x-ratelimit-reset',
      (headers: Headers) => headers.set('x-ratelimit-reset', String(Date.now() + 30_000)),
    ],
    ['Retry-After in seconds', 'retry-after', (headers: Headers) => headers.set('retry-after', '999999999999999')],
    [
      'Retry-After as a date',
      'retry-after',
      (headers: Headers) => headers.set('retry-after', 'Fri, 31 Dec 9999 23:59:59 GMT'),
    ],
  ] as const)('in a 429 by %s is ignored and reported: the request is sent again soon', async (_, header, lie) => {
    for (const rateBudget of [false, createMemoryRateBudget()] as const) {
      const clever = new CountingClever();
      let answers = 0;
      const fetch: typeof clever.fetch = async (url, init) => {
        answers += 1;
        if (answers > 1) {
          return clever.fetch(url, init);
        }
        const headers = new Headers({ 'x-ratelimit-limit': '1200', date: new Date().toUTCString() });
        lie(headers);
        return new Response(null, { status: 429, headers });
      };
      const { district, events } = stage({}, { fetch, rateBudget });
      const start = Date.now();
      await run(district.users.get('a'));
      expect(Date.now() - start).toBeLessThan(6_000);
      expect(events.filter(({ kind }) => kind === 'ignored_wait')).toMatchObject([{ header }]);
    }
  });

  it('is no reason to be refused again: after `retryAfterMs`, or at `resetAt`, the call is sent', async () => {
    for (const startMs of [0, 1, 250, 500, 700, 999]) {
      const { clever, district } = stage({ limit: 1 }, { retry: false });
      await vi.advanceTimersByTimeAsync(startMs);
      await run(district.users.get('a'));
      for (let round = 0; round < 3; round += 1) {
        const error = (await rejection(run(district.users.get('b')))) as { retryAfterMs: number; resetAt: Date };
        expect(error).toMatchObject({ code: 'rate_limit', attempts: 0 });
        await vi.advanceTimersByTimeAsync(round === 0 ? error.resetAt.getTime() - Date.now() : error.retryAfterMs);
        await run(district.users.get('c'));
      }
      expect(clever.refused).toBe(0);
    }
  });
});

describe('a budget that is switched off', () => {
  it('lets every call through, and repeats those that are refused', async () => {
    const { clever, district, waits } = stage({ limit: 2 }, { rateBudget: false });
    await run(Promise.all(['a', 'b', 'c'].map((id) => district.users.get(id))));
    expect([clever.served, clever.refused, waits().length]).toEqual([3, 1, 0]);
  });
});

describe('a store', () => {
  it('receives only counts and times, and nothing of the token', async () => {
    const kept: unknown[] = [];
    const memory = createMemoryRateBudget();
    const { clever, client } = stage(
      { limit: 2 },
      {
        rateBudget: {
          update: (key, change) =>
            memory.update(key, (state, nowMs) => {
              const changed = change(state, nowMs);
              kept.push(key, ...Object.values(changed.state));
              return changed;
            }),
        },
      },
    );
    const district = client.district({ token: 'canary-token' });
    await run(Promise.all(['a', 'b', 'c'].map((id) => district.users.get(id))));
    expect(clever.served).toBe(3);
    expect(JSON.stringify(kept)).not.toMatch(/canary/u);
    const keys = new Set(kept.filter((value) => typeof value === 'string'));
    const digest = createHash('sha256').update('https://api.clever.com\nBearer canary-token').digest('hex');
    expect([...keys]).toEqual([digest]);
  });

  it.each(['throws', 'rejects'])('that %s fails the call that waits', async (how) => {
    const failure = new Error('the store is down');
    const update = (): never => {
      if (how === 'throws') {
        throw failure;
      }
      return Promise.reject(failure) as never;
    };
    const { clever, district } = stage({}, { rateBudget: { update } });
    expect(await rejection(run(district.users.get('a')))).toBe(failure);
    expect(clever.served).toBe(0);
  });

  it('that is not a store is refused by the client', () => {
    for (const rateBudget of [true, {}, 'redis', null]) {
      expect(() => createCleverClient({ rateBudget: rateBudget as never })).toThrow(/`rateBudget` must be a store/u);
    }
  });
});
