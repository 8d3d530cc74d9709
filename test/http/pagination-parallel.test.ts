import { inspect } from 'node:util';
import { CleverConfigError, type ClientEvent, createCleverClient } from 'clever-sdk';
import { describe, expect, it, vi } from 'vitest';
import { type CleverList, cleverList } from '../support/clever-list.js';
import { double, ids, listOf } from '../support/double.js';

/** The ids of a roster, one per minute, read in pages of ten. */
const roster = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${(0x5f000000 + index * 60).toString(16)}0123456789abcdef`);

function district(list: CleverList) {
  const events: ClientEvent[] = [];
  const { fetch, asked } = cleverList(list);
  const client = createCleverClient({
    fetch,
    validation: 'off',
    retry: false,
    pageSize: 10,
    onEvent: (event) => events.push(event),
  }).district({ token: 'token' });
  return { client, users: client.users, asked, events };
}

const idsIn = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);
const all = { maxItems: 10_000 };

/** The largest number of requests under way at the same time. */
function crowd() {
  let [now, most] = [0, 0];
  const onRequest = async (): Promise<undefined> => {
    now += 1;
    most = Math.max(most, now);
    for (let turn = 0; turn < 8; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    now -= 1;
  };
  return { onRequest, most: () => most };
}

describe('list({ parallel })', () => {
  it('has several requests under way, and delivers every record once', async () => {
    const records = roster(1_000);
    const { onRequest, most } = crowd();
    const { users, asked } = district({ ids: records, onRequest });
    const items = await users.list({ parallel: 4, prefetch: 0 }).toArray(all);
    expect(idsIn(items).sort()).toEqual(records);
    expect(most()).toBe(4);
    // A single reader needs 100. The rest are guesses that missed, and pages that two readers saw.
    expect(asked.length).toBeLessThan(125);
  });

  it.each(['refuses', 'ignores', 'empty'] as const)(
    'continues with one reader, and wastes little, when the server %s what it does not know',
    async (answer) => {
      const records = roster(200);
      const { users, asked } = district({ ids: records, answer });
      expect(idsIn(await users.list({ parallel: 4 }).toArray(all)).sort()).toEqual(records);
      expect(asked.length).toBeLessThan(20 + 8);
    },
  );

  it.each(['numbers', 'words'])('reads ids that are %s with one reader', async (shape) => {
    const records = Array.from({ length: 95 }, (_, index) => `${shape === 'words' ? 'user-' : ''}${1_000 + index}`);
    const { users, asked } = district({ ids: records });
    expect(idsIn(await users.list({ parallel: 4 }).toArray(all))).toEqual(records);
    expect(asked).toHaveLength(10);
  });

  it('follows links whose positions are not ids, with cursors that remember the pages that were read', async () => {
    const [one, two] = ['/v3.1/users?limit=10&cursor=abc', '/v3.1/users?limit=10&cursor=def'];
    const { fetch } = double(listOf(ids('b', 'a'), one), listOf(ids('d', 'c'), two), listOf(ids('e')));
    const { users } = createCleverClient({ fetch, validation: 'off' }).district({ token: 'token' });
    const cursors: string[] = [];
    for await (const page of users.list({ parallel: 4 }).pages()) {
      cursors.push(page.cursor);
    }
    expect(cursors[0]).toBe(one);
    expect(cursors[1]).toMatch(/^\/v3\.1\/users\?limit=10&cursor=def#seen=\w+$/u);
    expect(cursors[2]).toMatch(/^\/v3\.1\/users\?limit=10&starting_after=e#seen=\w+\.\w+$/u);
  });

  it('sends one request for a list of one page, and one when the loop ends in the first', async () => {
    const short = district({ ids: roster(5) });
    expect(await short.users.list({ parallel: 8 }).toArray(all)).toHaveLength(5);
    expect(short.asked).toEqual(['']);
    const long = district({ ids: roster(500) });
    for await (const _ of long.users.list({ parallel: 8 })) {
      break;
    }
    expect(await long.users.list({ parallel: 8 }).firstPage()).toMatchObject({ hasNext: true });
    expect(long.asked).toEqual(['', '']);
  });

  it('reports pages by number, and the last one as the last', async () => {
    const { users, events } = district({ ids: roster(300) });
    await users.list({ parallel: 3 }).toArray(all);
    const pages = events.filter((event) => event.kind === 'page');
    expect(pages.map(({ pageNumber }) => pageNumber)).toEqual(pages.map((_, index) => index + 1));
    expect(pages.map(({ hasNext }) => hasNext)).toEqual(pages.map((_, index) => index + 1 < pages.length));
    expect(pages.reduce((sum, { itemCount }) => sum + itemCount, 0)).toBe(300);
  });

  it('delivers records that are added while it reads at most once, and misses none around those that are removed', async () => {
    const records = roster(400);
    const list = [...records];
    const { users } = district({
      get ids() {
        return list;
      },
    });
    const got: string[] = [];
    for await (const { id } of users.list({ parallel: 4 })) {
      got.push(id);
      if (got.length === 100) {
        list.splice(0, 50);
        list.push(...roster(410).slice(400));
      }
    }
    expect(new Set(got).size).toBe(got.length);
    expect(records.slice(50).filter((id) => !got.includes(id))).toEqual([]);
  });
});

describe('the cursor of a parallel reading', () => {
  it('is one JSON-safe string that resumes with everything that is left, in parallel or not', async () => {
    const records = roster(600);
    for (const parallel of [1, 4]) {
      const { users } = district({ ids: records });
      const got: string[] = [];
      let cursor = '';
      for await (const page of users.list({ parallel: 4 }).pages()) {
        got.push(...idsIn(page.data));
        cursor = page.cursor;
        if (got.length >= 200) {
          break;
        }
      }
      expect(cursor).toMatch(
        /^\/v3\.1\/users\?limit=10&starting_after=[\da-f]{24}#before=[\da-f]{24}&after=[\da-f]{24}/u,
      );
      got.push(...idsIn(await users.list({ from: cursor, parallel }).toArray(all)));
      expect(got.sort()).toEqual(records);
    }
  });

  it('is a plain one after the last page, where it finds what was added since', async () => {
    const { users } = district({ ids: roster(200) });
    let cursor = '';
    for await (const page of users.list({ parallel: 4 }).pages()) {
      cursor = page.cursor;
    }
    expect(cursor).toBe(`/v3.1/users?limit=10&starting_after=${roster(200).at(-1)}`);
    const later = district({ ids: roster(203) });
    expect(idsIn(await later.users.list({ from: cursor, parallel: 4 }).toArray(all))).toEqual(roster(203).slice(200));
  });

  it('is part of an error, and loses nothing that was not delivered', async () => {
    const records = roster(600);
    let count = 0;
    const { users } = district({
      ids: records,
      onRequest: async () => {
        count += 1;
        return count === 25 || count === 26 ? new Response('', { status: 500 }) : undefined;
      },
    });
    const got: string[] = [];
    let from: string | undefined;
    let failures = 0;
    do {
      try {
        const listing = users.list({ parallel: 4, ...(from === undefined ? {} : { from }) });
        from = undefined;
        for await (const page of listing.pages()) {
          got.push(...idsIn(page.data));
        }
      } catch (error) {
        failures += 1;
        from = (error as { cursor: string }).cursor;
        expect(inspect(error)).not.toContain('starting_after');
      }
    } while (from !== undefined);
    expect(failures).toBeGreaterThan(0);
    expect(got.sort()).toEqual(records);
  });

  it('can continue a plain cursor', async () => {
    const records = roster(300);
    const { users } = district({ ids: records });
    const from = `/v3.1/users?limit=10&starting_after=${records[99]}`;
    expect(idsIn(await users.list({ from, parallel: 4 }).toArray(all)).sort()).toEqual(records.slice(100));
  });

  it.each([
    ['no segments', '#'],
    ['a segment without an end before another', '#after=b'],
    ['segments that run backwards', '#before=c&after=b'],
    ['an end and nothing after it', '#before=c'],
    ['something else', '#before=c&after=d&x=y'],
  ])('is refused with %s', (_, parts) => {
    const { users, asked } = district({ ids: [] });
    const from = `/v3.1/users?limit=10&starting_after=a${parts}`;
    expect(() => users.list({ from })).toThrow(/not a cursor of this listing/);
    expect(asked).toEqual([]);
  });

  it('is refused by a listing that is never read in parallel', () => {
    const { client } = district({ ids: [] });
    const from = '/v3.1/events?limit=10&starting_after=5f0000000000000000000000#before=6&after=7';
    expect(() => client.events.list({ from })).toThrow(/not a cursor of this listing/);
  });
});

describe('a parallel reading that ends early', () => {
  it('aborts all requests that are under way when the loop ends', async () => {
    const signals: (AbortSignal | null | undefined)[] = [];
    const { users } = district({
      ids: roster(500),
      onRequest: (url, signal) => {
        if (url.searchParams.get('starting_after') === null) {
          return undefined;
        }
        signals.push(signal);
        return signals.length === 1 ? undefined : new Promise(() => undefined);
      },
    });
    for await (const { id } of users.list({ parallel: 4 })) {
      if (id === roster(500)[10]) {
        await vi.waitFor(() => expect(signals.length).toBeGreaterThan(3));
        break;
      }
    }
    await vi.waitFor(() => expect(signals.slice(1).every((signal) => signal?.aborted)).toBe(true));
  });

  it("rethrows the reason of the caller's signal", async () => {
    const { users } = district({ ids: roster(500) });
    const abort = new AbortController();
    const reason = new Error('enough');
    const reading = async (): Promise<void> => {
      let count = 0;
      for await (const _ of users.list({ signal: abort.signal, parallel: 4 })) {
        count += 1;
        if (count === 100) {
          abort.abort(reason);
        }
      }
    };
    await expect(reading()).rejects.toBe(reason);
  });

  it('fails, rather than deliver a record twice, when ids turn out not to ascend', async () => {
    const records = roster(300);
    const { users, asked } = district({
      ids: records,
      onRequest: async (url) =>
        url.searchParams.get('starting_after') === records[19]
          ? Response.json(listOf(ids(records[35] as string, records[31] as string)))
          : undefined,
    });
    const reading = users.list({ parallel: 4 }).toArray(all);
    await expect(reading).rejects.toMatchObject({ code: 'pagination', reason: 'unordered' });
    expect(asked).toContain(records[19]);
  });
});

describe('`parallel`', () => {
  it.each([0, 9, 1.5, '4'])('must be a number of readers (%s)', (parallel) => {
    const { users, asked } = district({ ids: [] });
    expect(() => users.list({ parallel: parallel as number })).toThrow(CleverConfigError);
    expect(asked).toEqual([]);
  });

  it('is not available for listings whose order matters, or in which only Clever knows a position', () => {
    const { client } = district({ ids: [] });
    // @ts-expect-error events are read in their order
    expect(() => client.events.list({ parallel: 2 })).toThrow(CleverConfigError);
    // @ts-expect-error submissions have cursors that only Clever knows
    expect(() => client.submissions.list('s', 'a', { parallel: 2 })).toThrow(CleverConfigError);
    // @ts-expect-error so has attendance
    expect(() => client.attendance.listForSchool('s', { parallel: 2 })).toThrow(CleverConfigError);
  });
});
