import { type CleverPaginationError, type ClientEvent, createCleverClient } from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import { type Answer, double, ids, listOf } from '../support/double.js';

/* Records that come twice, positions that go back, and listings that are in no order of ids. */

const next = (after: string): string => `/v3.1/users?limit=3&starting_after=${after}`;
const idsIn = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);

function district(...script: Answer[]) {
  const events: ClientEvent[] = [];
  const { fetch, seen } = double(...script);
  const onEvent = (event: ClientEvent): void => void events.push(event);
  const { users } = createCleverClient({ fetch, validation: 'off', retry: false, pageSize: 3, onEvent }).district({
    token: 'token',
  });
  const irregular = () =>
    events.flatMap((event) => (event.kind === 'irregular_page' ? [[event.reason, event.itemCount]] : []));
  return { users, seen, irregular };
}

describe('a record that comes twice is delivered once, and reported', () => {
  it.each<[string, Answer[], number]>([
    ['on one page', [listOf(ids('a', 'b', 'b', 'c'), next('c')), listOf(ids('d', 'e'))], 1],
    ['on one page, apart', [listOf(ids('a', 'b', 'c', 'a'), next('c')), listOf(ids('d', 'e'))], 1],
    ['at the seam', [listOf(ids('a', 'b', 'c'), next('c')), listOf(ids('c', 'd', 'e')), listOf([])], 1],
    [
      'on two pages',
      [listOf(ids('a', 'b', 'c'), next('c')), listOf(ids('d', 'b'), next('d')), listOf(ids('e', 'a'))],
      2,
    ],
    ['on a page that slips back', [listOf(ids('a', 'b', 'c'), next('c')), listOf(ids('b', 'c', 'd', 'e'))], 2],
    [
      'on two pages of a listing without order',
      [listOf(ids('e', 'b', 'c'), next('c')), listOf(ids('d', 'b', 'a'), next('a')), listOf(ids('e'))],
      2,
    ],
  ])('%s', async (_, script, repeated) => {
    for (const prefetch of [0, 2]) {
      const { users, irregular } = district(...script, listOf([]));
      expect(idsIn(await users.list({ prefetch }).toArray({ maxItems: 9 })).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
      const counts = irregular().filter(([reason]) => reason === 'repeated_records');
      expect(counts.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(repeated);
    }
  });

  it('but records without an id are never taken for one another', async () => {
    const { users } = district(listOf([{ id: '' }, { id: '' }, {}, {}]));
    expect(await users.list().toArray({ maxItems: 9 })).toHaveLength(4);
  });
});

describe('a position never goes backwards', () => {
  /** Reads on from a cursor until an error or the end. */
  async function readOn(users: ReturnType<typeof district>['users'], from: string) {
    const found: string[] = [];
    try {
      for await (const { id } of users.list({ from })) {
        found.push(id);
      }
      return { found, error: undefined };
    } catch (error) {
      return { found, error: error as CleverPaginationError };
    }
  }

  it.each(['c', 'a', 'b'])('after a resumption: a link to before the cursor (%s)', async (back) => {
    const { users } = district(listOf(ids('d', 'e', 'f'), next(back)), listOf(ids('g')));
    const first = await readOn(users, next('c'));
    expect(first).toMatchObject({ found: ['d', 'e', 'f'], error: { reason: 'repeated_link', cursor: next('f') } });
    expect(await readOn(users, first.error?.cursor ?? '')).toEqual({ found: ['g'], error: undefined });
  });

  it('after a resumption: a page from before the cursor', async () => {
    const { users } = district(listOf(ids('a', 'b'), next('b')), listOf(ids('d')));
    const first = await readOn(users, next('c'));
    expect(first).toMatchObject({ found: [], error: { code: 'pagination', reason: 'unordered', cursor: next('c') } });
    expect(first.error?.message).toMatch(/start over without `from`/u);
    expect(await readOn(users, first.error?.cursor ?? '')).toEqual({ found: ['d'], error: undefined });
  });

  it('after a resumption: a link to the start, whatever its page size', async () => {
    const { users } = district(listOf(ids('d', 'e', 'f'), '/v3.1/users?limit=100'));
    expect(await readOn(users, next('c'))).toMatchObject({ error: { reason: 'repeated_link', cursor: next('f') } });
  });

  it('in a listing without an order of ids: the cursor remembers the pages', async () => {
    const script = [listOf(ids('z', 'm', 'p'), next('p')), listOf(ids('k', 'a', 'b'), next('b'))];
    const { users } = district(...script, listOf(ids('y', 'x', 'c'), next('p')), listOf(ids('w')));
    let cursor = '';
    for await (const page of users.list({ prefetch: 0 }).pages()) {
      cursor = page.cursor;
      if (page.data.some(({ id }) => id === 'a')) {
        break;
      }
    }
    const second = await readOn(users, cursor);
    expect(second).toMatchObject({ found: ['y', 'x', 'c'], error: { reason: 'repeated_link' } });
    expect(await readOn(users, second.error?.cursor ?? '')).toEqual({ found: ['w'], error: undefined });
  });

  it('and a cursor keeps no trail in a listing that ascends', async () => {
    const { users } = district(
      listOf(ids('a', 'b', 'c'), next('c')),
      listOf(ids('d', 'e', 'f'), next('f')),
      listOf([]),
    );
    const cursors: string[] = [];
    for await (const page of users.list().pages()) {
      cursors.push(page.cursor);
    }
    expect(cursors).toEqual([next('c'), next('f'), next('f')]);
  });
});

describe('list({ parallel }) of a listing that is in no order of ids', () => {
  const PAGE_SIZE = 3;
  const hex = (number: number): string => `5f000000${number.toString(16).padStart(16, '0')}`;
  const all = Array.from({ length: 31 }, (_, index) => hex(index * 1_000));
  const pages = Array.from({ length: 11 }, (_, index) => all.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE));

  /** Positions are those of the records, in the server's own order. A guess leads to the next greater id. */
  function server(order: readonly string[]) {
    const events: ClientEvent[] = [];
    const fetch = async (address: string): Promise<Response> => {
      const after = new URL(address).searchParams.get('starting_after');
      const at = order.indexOf(after ?? '');
      const guessed = order.findIndex((id) => id > (after ?? ''));
      const start = at === -1 ? (after === null ? 0 : guessed === -1 ? order.length : guessed) : at + 1;
      const page = order.slice(start, start + PAGE_SIZE);
      return Response.json(
        listOf(ids(...page), start + PAGE_SIZE < order.length ? next(page.at(-1) ?? '') : undefined),
      );
    };
    const onEvent = (event: ClientEvent): void => void events.push(event);
    const { users } = createCleverClient({
      fetch,
      validation: 'off',
      retry: false,
      pageSize: PAGE_SIZE,
      onEvent,
    }).district({ token: 'token' });
    return { users, events };
  }

  it.each([
    ['descends', all.toReversed()],
    ['descends from page to page', pages.toReversed().flat()],
    ['descends within its pages', pages.flatMap((page) => page.toReversed())],
    ['begins in the middle', [...all.slice(15), ...all.slice(0, 15)]],
    ['has one record at a wrong place', [...all.slice(0, 20), ...all.slice(21), all[20] as string]],
  ])('that %s delivers all of it, with an event', async (_, order) => {
    const { users, events } = server(order);
    expect(idsIn(await users.list({ parallel: 4 }).toArray({ maxItems: 99 })).sort()).toEqual(all);
    const reasons = events.flatMap((event) => (event.kind === 'irregular_page' ? [event.reason] : []));
    expect(reasons).toContain('unordered');
    const numbers = events.flatMap((event) => (event.kind === 'page' ? [event.pageNumber] : []));
    expect(numbers).toEqual(numbers.map((_number, index) => index + 1));
  });
});
