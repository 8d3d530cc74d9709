import { createCleverClient, type ListPage } from 'clever-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CleverList, cleverList, type GuessAnswer } from '../support/clever-list.js';

const hex = (value: bigint): string => value.toString(16).padStart(24, '0');

/** Possible distributions of ids: consecutive, in bursts within years, scattered, or of another format. */
const idLists: fc.Arbitrary<string[]> = fc.oneof(
  fc.nat({ max: 120 }).map((count) => Array.from({ length: count }, (_, index) => hex(BigInt(index + 1)))),
  fc.array(fc.bigInt({ min: 0n, max: 2n ** 96n - 1n }), { maxLength: 120 }).map((numbers) => numbers.map(hex)),
  fc
    .array(fc.tuple(fc.nat({ max: 2 ** 26 }), fc.nat({ max: 2 ** 40 - 1 }), fc.integer({ min: 1, max: 40 })), {
      maxLength: 5,
    })
    .map((bursts) =>
      bursts.flatMap(([second, process, size]) =>
        Array.from({ length: size }, (_, index) =>
          hex((BigInt(0x5f000000 + second) << 64n) + (BigInt(process) << 24n) + BigInt(index)),
        ),
      ),
    ),
  fc.array(fc.string({ minLength: 1, maxLength: 6 }), { maxLength: 60 }),
  fc.array(fc.oneof(fc.string({ minLength: 1 }), fc.bigInt({ min: 0n, max: 2n ** 96n - 1n }).map(hex)), {
    maxLength: 60,
  }),
);

/** The order of a server: by code units, as in JavaScript. */
const ascending = (ids: readonly string[]): string[] => [...new Set(ids)].sort((a, b) => (a < b ? -1 : Number(a > b)));

interface Setting extends CleverList {
  readonly parallel: number;
  readonly prefetch: number;
  readonly pageSize: number;
  /** How many turns of the event loop the responses take, cyclically. */
  readonly turns: readonly number[];
}

const setting: fc.Arbitrary<Setting> = fc.record({
  ids: idLists.map(ascending),
  answer: fc.constantFrom<GuessAnswer>('honours', 'refuses', 'ignores', 'empty', 'skips'),
  parallel: fc.integer({ min: 1, max: 8 }),
  prefetch: fc.nat({ max: 2 }),
  pageSize: fc.integer({ min: 1, max: 7 }),
  turns: fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 7 }),
});

function usersOf({ pageSize, prefetch, turns, ...list }: Setting) {
  let asked = 0;
  // Responses overtake each other, always in the same way.
  const onRequest = async (): Promise<undefined> => {
    asked += 1;
    for (let left = turns[asked % turns.length] ?? 0; left > 0; left -= 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const { fetch } = cleverList({ ...list, onRequest });
  const options = { fetch, pageSize, prefetch, validation: 'off', retry: false } as const;
  return createCleverClient(options).district({ token: 'token' }).users;
}

const sorted = (items: readonly { id: string }[]): string[] =>
  items.map(({ id }) => id).sort((a, b) => (a < b ? -1 : Number(a > b)));

describe('a parallel reading', () => {
  it('delivers every record exactly once, whatever the ids and however the server treats a guess', async () => {
    await fc.assert(
      fc.asyncProperty(setting, async (how) => {
        const users = usersOf(how);
        const items = await users.list({ parallel: how.parallel }).toArray({ maxItems: 1_000 });
        expect(sorted(items)).toEqual(how.ids);
      }),
      { numRuns: 100 },
    );
  });

  it('resumes from any page, in parallel or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        setting,
        fc.array(fc.tuple(fc.nat({ max: 4 }), fc.integer({ min: 1, max: 8 })), { maxLength: 4 }),
        async (how, runs) => {
          const users = usersOf(how);
          const items: { id: string }[] = [];
          let from: string | undefined;
          const read = async (pages: number, parallel: number): Promise<void> => {
            let left = pages;
            const listing = users.list({ parallel, ...(from === undefined ? {} : { from }) });
            for await (const page of listing.pages() as AsyncIterable<ListPage<{ id: string }>>) {
              items.push(...page.data);
              from = JSON.parse(JSON.stringify(page.cursor)) as string;
              if (left === 0) {
                break;
              }
              left -= 1;
            }
          };
          for (const [pages, parallel] of [...runs, [Number.POSITIVE_INFINITY, 1] as const]) {
            await read(pages, parallel);
          }
          expect(sorted(items)).toEqual(how.ids);
        },
      ),
      { numRuns: 100 },
    );
  });
});
