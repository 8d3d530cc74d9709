import { createCleverClient } from 'clever-sdk';
import { expect, it } from 'vitest';
import { cleverList } from '../support/clever-list.js';

/*
 * How many round trips a parallel reading takes, on a clock that advances only when nothing else can
 * happen: every response takes one round trip. The limits leave some room; their purpose is that clustered
 * ids do not reduce four readers to one.
 */

const PAGE_SIZE = 20;
const PAGES = 60;

/** An ObjectId: a second, a process and a counter. */
const objectId = (second: number, process: number, counter: number): string =>
  (0x5f000000 + Math.floor(second)).toString(16) +
  process.toString(16).padStart(10, '0') +
  counter.toString(16).padStart(6, '0');

const upTo = (count: number, make: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => make(index));
const all = PAGES * PAGE_SIZE;

const lists = {
  'one after the other': upTo(all, (index) => objectId(0, 7, index)),
  'one a minute': upTo(all, (index) => objectId(index * 60, 7, index)),
  'thirty a second': upTo(all, (index) => objectId(index / 30, 7, index * 3)),
  'thirty a second from each of three processes': upTo(all, (index) => objectId(index / 90, index % 3, index)),
  'in three bursts a year apart': upTo(all, (index) =>
    objectId(Math.floor((index * 3) / all) * 31_536_000 + index / 70, 7, index),
  ),
};

/** Reads a list to its end; returns how many consecutive round trips and how many requests it took. */
async function read(ids: readonly string[], parallel: number) {
  const waiting: (() => void)[] = [];
  const { fetch, asked } = cleverList({
    ids: [...ids].sort(),
    onRequest: () => new Promise((resolve) => waiting.push(() => resolve(undefined))),
  });
  const { users } = createCleverClient({ fetch, pageSize: PAGE_SIZE, validation: 'off' }).district({ token: 'token' });
  let items: number | undefined;
  const reading = users.list({ parallel }).toArray({ maxItems: all });
  reading
    .then(({ length }) => {
      items = length;
    })
    .catch(() => {
      items = 0;
    });
  let rounds = 0;
  while (items === undefined) {
    for (let turn = 0; turn < 15; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    const due = waiting.splice(0);
    rounds += due.length > 0 ? 1 : 0;
    for (const answer of due) {
      answer();
    }
  }
  return { items, rounds, requests: asked.length };
}

it.each(Object.entries(lists))('four readers share ids that were made %s', async (_, ids) => {
  const alone = await read(ids, 1);
  // The last page is full, so one more request shows that it is the last.
  expect(alone).toEqual({ items: all, rounds: PAGES + 1, requests: PAGES + 1 });
  const shared = await read(ids, 4);
  expect(shared.items).toBe(all);
  expect(shared.rounds).toBeLessThan(PAGES / 2);
  expect(shared.requests).toBeLessThan(PAGES * 1.7);
});

it('four readers hardly ever read a page twice when ids are evenly spread', async () => {
  const { items, requests } = await read(lists['one after the other'], 4);
  expect(items).toBe(all);
  expect(requests).toBeLessThanOrEqual(PAGES + 2);
});
