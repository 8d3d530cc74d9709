import type { Fault, Sandbox } from 'clever-sdk/sandbox';
import { SandboxError } from 'clever-sdk/sandbox';
import { afterEach, describe, expect, vi } from 'vitest';
import { it } from '../support/fixtures.js';
import { ask, link, small } from './support.js';

const users = '/v3.1/users';

/** The statuses of several consecutive requests. */
async function statuses(sandbox: Sandbox, ...paths: string[]): Promise<number[]> {
  const found: number[] = [];
  for (const path of paths) {
    found.push((await ask(sandbox, path)).status);
  }
  return found;
}

describe('faults', () => {
  it('happen once, or as often as asked, to the requests that match', async ({ sandbox }) => {
    sandbox.faults.add({ path: users, status: 503 });
    sandbox.faults.add({ path: '/v3.1/users/{id}/sections', status: 502, times: 2 });
    const sections = `/v3.1/users/${sandbox.people({ limit: 1 })[0]?.id}/sections`;
    expect(await statuses(sandbox, '/v3.1/terms', users, users)).toEqual([200, 503, 200]);
    expect(await statuses(sandbox, sections, sections, sections)).toEqual([502, 502, 200]);
  });

  it('skip some requests first, and last until they are cleared', async ({ sandbox }) => {
    sandbox.faults.add({ path: '/v3.1/*', method: 'get', status: 500, skip: 1, times: Infinity });
    expect(await statuses(sandbox, users, users, '/v3.1/terms', '/v3.0/terms')).toEqual([200, 500, 500, 200]);
    sandbox.faults.clear();
    expect(await statuses(sandbox, users)).toEqual([200]);
  });

  it('do not match another method', async ({ sandbox }) => {
    sandbox.faults.add({ method: 'POST', status: 500 });
    expect(await statuses(sandbox, users)).toEqual([200]);
  });

  it('of 429 look like Clever’s', async () => {
    const now = 1_800_000_000_000;
    const sandbox = small({ clock: () => now });
    sandbox.faults.add({ status: 429 });
    sandbox.faults.add({ status: 429, retryAfterMs: 1_500 });
    const [plain, later] = [await ask(sandbox, users), await ask(sandbox, users)];
    const seen = [plain, later].map(({ text, headers }) => [
      text,
      headers.get('x-ratelimit-remaining'),
      headers.get('x-ratelimit-reset'),
      headers.get('retry-after'),
    ]);
    expect(seen).toEqual([
      ['', '0', '1800000000', null],
      ['', '0', '1800000002', '2'],
    ]);
  });

  it.for([
    [{ html: true }, 200, 'text/html; charset=utf-8', /<h1>/u],
    [{ html: '<p>Gone', status: 502 }, 502, 'text/html; charset=utf-8', /^<p>Gone$/u],
    [{ body: { message: 'No' }, status: 400 }, 400, 'application/json; charset=utf-8', /^\{"message":"No"\}$/u],
    [{ body: '{"data":[' }, 200, 'application/json; charset=utf-8', /^\{"data":\[$/u],
    [{ status: 500 }, 500, 'application/json; charset=utf-8', /^\{"error":/u],
    [{ status: 204 }, 204, null, /^$/u],
  ] satisfies [Fault, number, string | null, RegExp][])(
    'answer as requested: %j',
    async ([fault, status, type, text], { sandbox }) => {
      sandbox.faults.add(fault);
      const headers = { authorization: `Bearer ${sandbox.districts[0].token}` };
      const answer = await sandbox.fetch(`https://api.clever.com${users}`, { headers });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([status, type]);
      expect(await answer.text()).toMatch(text);
    },
  );

  it('also apply to OAuth', async ({ sandbox }) => {
    sandbox.faults.add({ path: '/oauth/*', status: 503 });
    expect((await sandbox.fetch('https://clever.com/oauth/tokeninfo')).status).toBe(503);
    expect((await sandbox.fetch('https://clever.com/oauth/tokeninfo')).status).toBe(401);
  });

  it('change headers and the next link of an answer', async ({ sandbox }) => {
    sandbox.faults.add({ nextLink: 'https://evil.example/v3.1/users', headers: { 'x-extra': '1' } });
    sandbox.faults.add({ nextLink: 'self' });
    const first = await ask(sandbox, `${users}?limit=2`);
    expect([link(first, 'next'), first.headers.get('x-extra')]).toEqual(['https://evil.example/v3.1/users', '1']);
    const second = await ask(sandbox, `${users}?limit=2`);
    expect(link(second, 'next')).toBe(`${users}?limit=2`);
    expect(second.body.data).toHaveLength(2);
  });

  it('wait as long as requested, or until the caller gives up', async ({ sandbox }) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      sandbox.faults.add({ delayMs: 30_000, times: 2 });
      let isAnswered = false;
      const pending = ask(sandbox, users).finally(() => {
        isAnswered = true;
      });
      await vi.advanceTimersByTimeAsync(29_999);
      expect(isAnswered).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect((await pending).status).toBe(200);
      const reason = new Error('given up');
      const abort = new AbortController();
      const refused = expect(ask(sandbox, users, undefined, { signal: abort.signal })).rejects.toBe(reason);
      abort.abort(reason);
      await refused;
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it.for([
    [{ path: 'users' }, /begins with/u],
    [{ times: 0 }, /times/u],
    [{ skip: -1 }, /skip/u],
    [{ status: 99 }, /status/u],
    [{ staus: 500 }, /no option `staus`/u],
  ] as const)('that are impossible are refused: %j', ([fault, message], { sandbox }) => {
    const add = (): unknown => sandbox.faults.add(fault as Fault);
    expect(add).toThrow(SandboxError);
    expect(add).toThrow(message);
  });
});

describe.each(['inject', 'listen'] as const)('broken connections, with %s', (skin) => {
  const sandboxes: Sandbox[] = [];
  afterEach(async () => {
    await Promise.all(sandboxes.splice(0).map((sandbox) => sandbox.close()));
  });

  /** A sandbox with a fault, and a request to it through the skin. */
  async function broken(
    fault: Fault,
  ): Promise<{ sandbox: Sandbox; request: (init?: RequestInit) => Promise<Response> }> {
    const sandbox = small();
    sandboxes.push(sandbox);
    sandbox.faults.add(fault);
    if (skin === 'listen') {
      await sandbox.listen({ port: 0 });
    }
    const headers = { authorization: `Bearer ${sandbox.districts[0].token}` };
    const fetch_ = skin === 'listen' ? globalThis.fetch : sandbox.fetch;
    return {
      sandbox,
      request: (init) => fetch_(`${sandbox.url ?? 'https://api.clever.com'}${users}`, { headers, ...init }),
    };
  }

  it('are reset instead of a response', async () => {
    const { request } = await broken({ resetConnection: true });
    await expect(request()).rejects.toThrow(TypeError);
    expect((await request()).status).toBe(200);
  });

  it.each([{ truncateBody: true }, { resetConnection: 'body' }] as const)(
    'break off in the middle: %j',
    async (fault) => {
      const { request } = await broken(fault);
      const response = await request();
      expect(response.status).toBe(200);
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      const announced = Number(response.headers.get('content-length'));
      let received = 0;
      const readOn = async (): Promise<void> => {
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          received += part.value.length;
        }
      };
      await expect(readOn()).rejects.toThrow(TypeError);
      expect(received).toBeLessThan(announced);
    },
  );

  it('are never answered when they hang, until the caller gives up', async () => {
    const { request } = await broken({ hang: true });
    const abort = new AbortController();
    const reason = new Error('given up');
    const refused = expect(request({ signal: abort.signal })).rejects.toBe(reason);
    // The fault applies to one request, so a response to the next one shows that the first has arrived.
    expect((await request()).status).toBe(200);
    abort.abort(reason);
    await refused;
  });
});
