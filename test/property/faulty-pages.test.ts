import { CleverError, createCleverClient, type ListPage } from 'clever-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/*
 * A server whose pages are not as Clever documents them: some of its answers for a while, or all, because its listing
 * is not in the order of its ids. However the listing is read, each record is delivered once.
 */

const PATH = '/v3.1/users';
const hex = (value: number): string => `5f000000${value.toString(16).padStart(16, '0')}`;

type Fault =
  | { readonly kind: 'fails' | 'noLinks' | 'nullLinks' | 'noAddress' | 'number' | 'text' | 'unreadable' | 'foreign' }
  | { readonly kind: 'linkBack' | 'slip' | 'repeat' | 'earlier'; readonly by: number };

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('fails', 'noLinks', 'nullLinks', 'noAddress', 'number', 'text', 'unreadable', 'foreign'),
  }),
  fc.record({ kind: fc.constantFrom('linkBack', 'slip', 'repeat', 'earlier'), by: fc.integer({ min: 0, max: 9 }) }),
);

/** Which request, counted from the first, meets which fault. */
const faults = fc.array(fc.tuple(fc.nat({ max: 25 }), fault), { maxLength: 6 });

const leg = fc.record({
  parallel: fc.constantFrom(1, 1, 4),
  prefetch: fc.nat({ max: 2 }),
  /** Pages after which it stops. */
  stop: fc.oneof(fc.nat({ max: 4 }), fc.constant(Number.POSITIVE_INFINITY)),
});

/** Positions are ids of records, or, for a guess, places between them. */
function server(ids: readonly string[], planned: readonly (readonly [number, Fault])[]) {
  let count = -1;
  const ascending = [...ids].sort();
  return async (address: string): Promise<Response> => {
    count += 1;
    const url = new URL(address);
    const limit = Number(url.searchParams.get('limit'));
    const after = url.searchParams.get('starting_after') ?? '';
    const found = planned.find(([at]) => at === count)?.[1];
    const following = ascending.find((id) => id > after);
    let start = ids.includes(after)
      ? ids.indexOf(after) + 1
      : following === undefined
        ? ids.length
        : ids.indexOf(following);
    start = after === '' ? 0 : start;
    if (found?.kind === 'fails') {
      return new Response('', { status: 500 });
    }
    if (found?.kind === 'slip') {
      start = Math.max(0, start - found.by);
    }
    const page = ids.slice(start, start + limit);
    const link = (position: string): string => `${PATH}?limit=${limit}&starting_after=${position}`;
    let links: unknown = start + limit < ids.length ? [{ rel: 'next', uri: link(page.at(-1) ?? '') }] : [];
    const isFull = page.length === limit;
    if (found?.kind === 'repeat' && page.length > 0) {
      page.splice(found.by % page.length, 0, page[found.by % page.length] as string);
    }
    if (found?.kind === 'earlier' && start > 0) {
      page.splice(found.by % (page.length + 1), 0, ids[(found.by * 7) % start] as string);
    }
    const earlier = ids[Math.max(0, start - 1 - (found !== undefined && 'by' in found ? found.by : 0))];
    const odd: Partial<Record<Fault['kind'], unknown>> = {
      ...(isFull ? { noLinks: undefined } : {}),
      nullLinks: null,
      noAddress: [{ rel: 'next', uri: null }],
      number: [{ rel: 'next', uri: 7 }],
      text: 'next',
      unreadable: [{ rel: 'next', uri: 'http://[' }],
      foreign: [{ rel: 'next', uri: 'https://elsewhere.example/v3.1/users' }],
      ...(start > 0 ? { linkBack: [{ rel: 'next', uri: link(earlier as string) }] } : {}),
    };
    if (found !== undefined && found.kind in odd) {
      links = odd[found.kind];
    }
    return Response.json({ data: page.map((id) => ({ data: { id } })), links });
  };
}

type Leg = { readonly parallel: number; readonly prefetch: number; readonly stop: number };

/** Reads to the end, leg by leg; after an error from its cursor. */
async function readThrough(fetch: (address: string) => Promise<Response>, pageSize: number, legs: readonly Leg[]) {
  const found: string[] = [];
  let from: string | undefined;
  for (let index = 0; index < 40; index += 1) {
    const { parallel, prefetch, stop } = legs[index] ?? { parallel: 1, prefetch: 1, stop: Number.POSITIVE_INFINITY };
    const { users } = createCleverClient({ fetch, validation: 'off', retry: false, rateBudget: false }).district({
      token: 'token',
    });
    const listing = users.list({ pageSize, parallel, prefetch, ...(from === undefined ? {} : { from }) });
    let left = stop;
    let isEnd = true;
    try {
      for await (const page of listing.pages() as AsyncIterable<ListPage<{ id: string }>>) {
        found.push(...page.data.map(({ id }) => id));
        from = JSON.parse(JSON.stringify(page.cursor)) as string;
        if (left === 0) {
          isEnd = false;
          break;
        }
        left -= 1;
      }
    } catch (error) {
      if (!(error instanceof CleverError)) {
        throw error;
      }
      from = error.cursor;
      isEnd = false;
    }
    if (isEnd) {
      return found;
    }
  }
  throw new Error('The reading does not end.');
}

describe('each record is delivered once', () => {
  it('by a server whose answers are at fault for a while, read in any legs', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 9 }),
        faults,
        fc.array(leg, { minLength: 1, maxLength: 4 }),
        async (size, pageSize, planned, legs) => {
          const ids = Array.from({ length: size }, (_, index) => hex(index * 3));
          const found = await readThrough(server(ids, planned), pageSize, legs);
          expect(found.toSorted()).toEqual(ids);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([1, 4])(
    'by a server whose listing is in no order of ids, read in one go (parallel %i)',
    { timeout: 60_000 },
    async (parallel) => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(fc.nat({ max: 100_000 }), { maxLength: 60 }),
          fc.integer({ min: 1, max: 9 }),
          fc.constantFrom('shuffled', 'descending', 'pages descending', 'each page sorted', 'rotated'),
          fc.nat({ max: 2 }),
          async (numbers, pageSize, order, prefetch) => {
            const shuffled = numbers.map(hex);
            const sorted = shuffled.toSorted();
            const pagesOf = (all: string[]): string[][] =>
              Array.from({ length: Math.ceil(all.length / pageSize) }, (_, index) =>
                all.slice(index * pageSize, (index + 1) * pageSize),
              );
            const ids = {
              shuffled,
              descending: sorted.toReversed(),
              'pages descending': pagesOf(sorted).toReversed().flat(),
              'each page sorted': pagesOf(shuffled).flatMap((page) => page.sort()),
              rotated: [...sorted.slice(sorted.length >> 1), ...sorted.slice(0, sorted.length >> 1)],
            }[order];
            const legs = [{ parallel, prefetch, stop: Number.POSITIVE_INFINITY }];
            expect((await readThrough(server(ids, []), pageSize, legs)).toSorted()).toEqual(sorted);
          },
        ),
        { numRuns: 100 },
      );
    },
  );
});
