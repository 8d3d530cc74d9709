import { inspect } from 'node:util';
import {
  CleverConfigError,
  CleverPaginationError,
  CleverServerError,
  type ClientEvent,
  createCleverClient,
} from 'clever-sdk';
import { describe, expect, it, vi } from 'vitest';
import { type Answer, double, ids, listOf } from '../support/double.js';
import { collect } from '../support/outcomes.js';

const next = (after: string, limit = 2): string => `/v3.1/users?limit=${limit}&starting_after=${after}`;

/** A district client of a scripted server; validation is off, because records are bare ids. */
function district(...script: Answer[]) {
  const events: ClientEvent[] = [];
  const { fetch, seen } = double(...script);
  const client = createCleverClient({
    fetch,
    validation: 'off',
    retry: false,
    pageSize: 2,
    onEvent: (event) => events.push(event),
  }).district({ token: 'token' });
  return { users: client.users, districts: client.districts, seen, events };
}

const threePages = [listOf(ids('a', 'b'), next('b')), listOf(ids('c', 'd'), next('d')), listOf(ids('e'))];

describe('a listing', () => {
  it('sends nothing until it is read, and is read again each time', async () => {
    const { users, seen } = district(...threePages, ...threePages);
    const listing = users.list();
    expect(seen).toHaveLength(0);
    expect(await collect(listing)).toEqual(ids('a', 'b', 'c', 'd', 'e'));
    expect(await collect(listing)).toEqual(ids('a', 'b', 'c', 'd', 'e'));
    expect(seen).toHaveLength(6);
  });

  it('is not a promise, so awaiting it cannot make a first page look complete', async () => {
    const { users, seen } = district();
    const listing = users.list();
    expect(await listing).toBe(listing);
    expect(seen).toHaveLength(0);
  });

  it('sends the page size as `limit`, the filter, and then follows the links as they are', async () => {
    const odd = '/v3.1/users?role=student&limit=2&starting_after=b&extra=kept';
    const { users, seen } = district(listOf(ids('a', 'b'), odd), listOf(ids('c')));
    await collect(users.list({ role: 'student' }));
    expect(seen.map(({ url }) => url.pathname + url.search)).toEqual(['/v3.1/users?limit=2&role=student', odd]);
    expect(seen.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer token', 'Bearer token']);
  });

  it('continues after an empty page that has a `next` link', async () => {
    const { users } = district(listOf(ids('a'), next('a')), listOf([], next('b')), listOf(ids('c')));
    expect(await collect(users.list())).toEqual(ids('a', 'c'));
  });

  it('accepts what Clever sends when no resources exist', async () => {
    const { users } = district({ resources: [] });
    expect(await collect(users.list())).toEqual([]);
  });

  it('keeps the data of an event whose record has its own `data`', async () => {
    const event = { id: 'e', data: { object: {} } };
    const { users } = district({ data: [event] });
    expect(await collect(users.list())).toEqual([event]);
  });

  it('never sends paging parameters for districts', async () => {
    const { districts, seen } = district(listOf(ids('d')), listOf(ids('d')));
    await collect(districts.list());
    expect(seen[0]?.url.search).toBe('');
    await collect(districts.list({ pageSize: 10, prefetch: 2, parallel: 3 }));
    expect(seen.map(({ url }) => url.search)).toEqual(['', '']);
  });
});

describe('pages()', () => {
  it('delivers each page with the cursor after it, including the last one', async () => {
    const { users } = district(...threePages);
    const pages = await collect(users.list().pages());
    expect(pages.map(({ data }) => data.length)).toEqual([2, 2, 1]);
    expect(pages.map(({ cursor }) => cursor)).toEqual([next('b'), next('d'), next('e')]);
    expect(pages.map(({ hasNext }) => hasNext)).toEqual([true, true, false]);
  });

  it('shows its size but not its people when inspected, and can be stored as JSON', async () => {
    const { users } = district(listOf(ids('canary-child')));
    const page = await users.list().firstPage();
    expect(inspect(page)).not.toContain('canary');
    expect(JSON.parse(JSON.stringify(page)).data).toEqual(ids('canary-child'));
  });

  it('reports each page as an event without naming a person', async () => {
    const { users, events } = district(...threePages);
    await collect(users.list());
    expect(events.filter(({ kind }) => kind === 'page')).toEqual([
      { kind: 'page', method: 'GET', pathTemplate: '/v3.1/users', pageNumber: 1, itemCount: 2, hasNext: true },
      { kind: 'page', method: 'GET', pathTemplate: '/v3.1/users', pageNumber: 2, itemCount: 2, hasNext: true },
      { kind: 'page', method: 'GET', pathTemplate: '/v3.1/users', pageNumber: 3, itemCount: 1, hasNext: false },
    ]);
  });
});

describe('resuming', () => {
  it('resumes after a page, with the same filters and page size', async () => {
    const { users, seen } = district(listOf(ids('c', 'd')));
    const cursor = '/v3.1/users?limit=7&role=student&starting_after=b';
    expect(await collect(users.list({ role: 'student', from: cursor }))).toEqual(ids('c', 'd'));
    expect(seen[0]?.url.search).toBe('?limit=7&role=student&starting_after=b');
  });

  it.each<[string, (after: string) => string]>([
    ['a parameter of its own', (after) => `&role=student&shard=7&starting_after=${after}&shard=2`],
    ['another place for the position', (after) => `&starting_after=${after}&role=student&v=2`],
  ])('accepts the cursor of a link with %s, and keeps it', async (_, rest) => {
    const link = (after: string): string => `/v3.1/users?limit=2${rest(after)}`;
    const { users, seen } = district(
      listOf(ids('a', 'b'), link('b')),
      listOf(ids('c', 'd'), link('d')),
      listOf(ids('e')),
    );
    const role = { role: 'student' } as const;
    const { cursor } = await users.list(role).firstPage();
    const pages = await collect(users.list({ ...role, from: JSON.parse(JSON.stringify(cursor)) as string }).pages());
    expect(pages.flatMap(({ data }) => data)).toEqual(ids('c', 'd', 'e'));
    expect(seen.slice(1).map(({ url }) => url.pathname + url.search)).toEqual([link('b'), link('d')]);
    expect(() => users.list({ role: 'teacher', from: cursor })).toThrow(/different `role` filter/);
  });

  it('lets the caller change the page size', async () => {
    const { users, seen } = district(listOf([]));
    await collect(users.list({ from: next('b'), pageSize: 50 }));
    expect(seen[0]?.url.searchParams.get('limit')).toBe('50');
  });

  it.each([
    ['another path', '/v3.1/schools?starting_after=b'],
    ['another version', '/v3.0/users?starting_after=b'],
    ['another filter', '/v3.1/users?role=teacher&starting_after=b'],
    ['another origin', 'https://evil.example/v3.1/users?starting_after=b'],
    ['a bare id', '5faac8b7bc447500a10ae840'],
  ])('refuses a cursor of %s without sending anything', (_, from) => {
    const { users, seen } = district();
    expect(() => users.list({ from })).toThrow(CleverPaginationError);
    expect(() => users.list({ from })).toThrow(/not a cursor of this listing/);
    expect(seen).toHaveLength(0);
  });

  it('an error in the middle of a listing carries the cursor of the last delivered page', async () => {
    const { users } = district(listOf(ids('a', 'b'), next('b')), new Response('', { status: 500 }));
    const got: unknown[] = [];
    const reading = async (): Promise<void> => {
      for await (const item of users.list()) {
        got.push(item);
      }
    };
    const error: unknown = await reading().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CleverServerError);
    expect(got).toEqual(ids('a', 'b'));
    expect((error as CleverServerError).cursor).toBe(next('b'));
    expect(inspect(error)).not.toContain('starting_after');
  });

  it('an error on the first page carries the start, so that a retry loses nothing', async () => {
    const { users } = district(new Response('', { status: 500 }));
    await expect(collect(users.list())).rejects.toMatchObject({ cursor: '/v3.1/users?limit=2' });
  });

  it('an error from toArray() carries the start, because nothing was delivered', async () => {
    const { users } = district(listOf(ids('a', 'b'), next('b')), new Response('', { status: 500 }));
    await expect(users.list().toArray({ maxItems: 10 })).rejects.toMatchObject({ cursor: '/v3.1/users?limit=2' });
  });
});

describe('links that must not be followed', () => {
  it.each([
    ['another origin', 'https://evil.example/v3.1/users?starting_after=b'],
    ['a protocol-relative origin', '//evil.example/v3.1/users'],
    ['a backslash origin', '/\\evil.example/v3.1/users'],
    ['another listing', '/v3.1/schools?starting_after=b'],
  ])('throws at %s and does not send the token there', async (_, link) => {
    const { users, seen } = district(listOf(ids('a'), link));
    await expect(collect(users.list())).rejects.toMatchObject({ code: 'pagination', reason: 'foreign_link' });
    expect(seen).toHaveLength(1);
  });

  it('follows an absolute link to its own origin, and a link in the camelCase that Clever sends', async () => {
    const { users, seen } = district(
      listOf(ids('a'), 'https://api.clever.com/v3.1/users/x/myStudents?starting_after=a'),
      listOf(ids('b')),
    );
    expect(await collect(users.listMyStudents('x'))).toEqual(ids('a', 'b'));
    expect(seen).toHaveLength(2);
  });

  it('throws at a repeated link instead of looping', async () => {
    const { users, seen } = district(listOf(ids('a'), next('a')), listOf(ids('a'), next('a')));
    await expect(collect(users.list())).rejects.toMatchObject({ code: 'pagination', reason: 'repeated_link' });
    expect(seen).toHaveLength(2);
  });
});

describe('reading ahead', () => {
  it('requests nothing ahead of the first page, and one page ahead from the second on', async () => {
    const { users, seen } = district(...threePages);
    const pages = users.list().pages();
    await pages.next();
    expect(seen).toHaveLength(1);
    await pages.next();
    await vi.waitFor(() => expect(seen).toHaveLength(3));
    await pages.return();
  });

  it('is turned off by `prefetch: 0`', async () => {
    const { users, seen } = district(...threePages);
    const pages = users.list({ prefetch: 0 }).pages();
    await pages.next();
    await pages.next();
    await Promise.resolve();
    expect(seen).toHaveLength(2);
    await pages.return();
  });

  it('reads as far ahead as `prefetch` says', async () => {
    const { users, seen } = district(
      ...['a', 'b', 'c', 'd', 'e', 'f'].map((id) => listOf(ids(id), next(id))),
      listOf(ids('g')),
    );
    const pages = users.list({ prefetch: 3 }).pages();
    await pages.next();
    await pages.next();
    await vi.waitFor(() => expect(seen).toHaveLength(5));
    await pages.return();
  });

  it('aborts the page under way when the loop ends', async () => {
    let signal: AbortSignal | null | undefined;
    const { users } = district(listOf(ids('a'), next('a')), listOf(ids('b'), next('b')), (_, init) => {
      signal = init.signal;
      return new Promise<Response>((_resolve, reject) => {
        init.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
      });
    });
    for await (const { id } of users.list()) {
      if (id === 'b') {
        await vi.waitFor(() => expect(signal).toBeDefined());
        break;
      }
    }
    await vi.waitFor(() => expect(signal?.aborted).toBe(true));
  });

  it("covers the whole iteration with the caller's signal and rethrows its reason", async () => {
    const { users } = district(...threePages);
    const abort = new AbortController();
    const reason = new Error('enough');
    const reading = async (): Promise<void> => {
      for await (const { id } of users.list({ signal: abort.signal, prefetch: 0 })) {
        if (id === 'b') {
          abort.abort(reason);
        }
      }
    };
    await expect(reading()).rejects.toBe(reason);
  });
});

describe('toArray()', () => {
  it('returns everything up to the limit', async () => {
    const { users } = district(...threePages);
    expect(await users.list().toArray({ maxItems: 5 })).toEqual(ids('a', 'b', 'c', 'd', 'e'));
  });

  it('throws beyond the limit', async () => {
    const { users } = district(...threePages);
    await expect(users.list().toArray({ maxItems: 4 })).rejects.toMatchObject({ reason: 'max_items' });
  });

  it('truncates on request, without reading more than it needs', async () => {
    const { users, seen } = district(...threePages);
    expect(await users.list().toArray({ maxItems: 2, onLimit: 'truncate' })).toEqual(ids('a', 'b'));
    expect(seen).toHaveLength(1);
  });

  it.each([undefined, -1, 1.5, Number.POSITIVE_INFINITY])('requires a limit (%s)', async (maxItems) => {
    const { users } = district();
    const call = users.list().toArray({ maxItems } as { maxItems: number });
    await expect(call).rejects.toBeInstanceOf(CleverConfigError);
  });
});

describe('bad parameters throw without sending anything', () => {
  it.each([
    ['pageSize 0', { pageSize: 0 }],
    ['pageSize 10001', { pageSize: 10_001 }],
    ['pageSize 1.5', { pageSize: 1.5 }],
    ['a negative prefetch', { prefetch: -1 }],
    ['an empty role', { role: '' }],
    ['a misspelt filter', { roles: 'student' }],
  ])('%s', (_, params) => {
    const { users, seen } = district();
    expect(() => users.list(params as object)).toThrow(CleverConfigError);
    expect(seen).toHaveLength(0);
  });

  it.each(['', '.', '..'])('the id %j', async (id) => {
    const { users, seen } = district();
    await expect(users.get(id)).rejects.toBeInstanceOf(CleverConfigError);
    expect(seen).toHaveLength(0);
  });

  it('an id with a slash cannot reach another path', async () => {
    const id = '../districts/x?y#z';
    const { users, seen } = district({ data: { id } });
    await users.get(id);
    expect(seen[0]?.url.pathname).toBe('/v3.1/users/..%2Fdistricts%2Fx%3Fy%23z');
  });
});

describe('count()', () => {
  it.each([[{ count: 7 }], [{ data: { count: 7 } }]])('reads %j', async (answer) => {
    const { users, seen } = district(answer);
    expect(await users.count()).toBe(7);
    expect(seen[0]?.url.search).toBe('?count=true');
  });

  it('does not make up a number', async () => {
    const { users } = district(listOf(ids('a')));
    await expect(users.count()).rejects.toMatchObject({ code: 'connection', reason: 'envelope' });
  });
});
