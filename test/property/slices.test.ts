import { createCleverClient } from 'clever-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** Text that may be mistaken for the end of a record. */
const TRICKY: readonly unknown[] = [
  '},{"data":',
  '"},{"data":{"',
  String.raw`\"},{"data":{`,
  [{ data: 1 }, { data: 2 }, { data: { deep: [{ data: [] }, { data: 3 }] } }],
  { data: [{ data: { id: 'inner' } }, { data: { id: 'other' } }] },
  'Ærøskøbing 🏫 平和',
  null,
];

interface Answer {
  readonly records: readonly object[];
  readonly wrapping: 'data first' | 'uri first' | 'bare';
  readonly linksFirst: boolean;
  readonly indent: number;
  readonly chunk: number;
}

const answer: fc.Arbitrary<Answer> = fc.record({
  records: fc.array(
    fc
      .record({
        extra: fc.constantFrom(...TRICKY),
        length: fc.integer({ min: 0, max: 20_000 }),
        letter: fc.constantFrom('a', 'é', '平'),
      })
      .map(({ extra, length, letter }) => ({ ext: { extra, filler: letter.repeat(length) } })),
    { minLength: 1, maxLength: 25 },
  ),
  wrapping: fc.constantFrom('data first', 'data first', 'uri first', 'bare'),
  linksFirst: fc.boolean(),
  indent: fc.constantFrom(0, 0, 0, 1),
  chunk: fc.constantFrom(999, 16_384, 65_536, 1_000_000),
});

function write({ records, wrapping, linksFirst, indent }: Answer): string {
  const data = records.map((record, index) => {
    const data = { id: String(index), ...record };
    return { 'data first': { data, uri: '' }, 'uri first': { uri: '', data }, bare: data }[wrapping];
  });
  const links = [{ rel: 'self', uri: '/v3.1/users' }];
  return JSON.stringify(linksFirst ? { links, data } : { data, links }, undefined, indent);
}

/** The bytes as a network may deliver them, split even within characters. */
function inChunks(text: string, length: number): Response {
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let from = 0; from < bytes.length; from += length) {
        controller.enqueue(bytes.slice(from, from + length));
      }
      controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}

const usersOf = (fetch: () => Promise<Response>) =>
  createCleverClient({ fetch, validation: 'off' }).district({ token: 'token' }).users;

describe('a page that is parsed in slices', () => {
  it('equals the result of one JSON.parse', async () => {
    await fc.assert(
      fc.asyncProperty(answer, async (one) => {
        const users = usersOf(async () => inChunks(write(one), one.chunk));
        const read = await users.list().toArray({ maxItems: 100 });
        expect(read).toEqual(one.records.map((record, index) => ({ id: String(index), ...record })));
      }),
      { numRuns: 150 },
    );
  });

  it('is refused completely when it is cut off, wherever that is', async () => {
    const records = Array.from({ length: 30 }, () => ({ ext: { filler: 'a'.repeat(9_000) } }));
    const text = write({ records, wrapping: 'data first', linksFirst: false, indent: 0, chunk: 0 });
    for (const length of [10, 40_000, 150_000, text.length - 1]) {
      let items = 0;
      const users = usersOf(async () => inChunks(text.slice(0, length), 65_536));
      const reading = (async () => {
        for await (const _ of users.list({ retry: false })) {
          items += 1;
        }
      })();
      await expect(reading).rejects.toMatchObject({ name: 'CleverConnectionError', reason: 'not_json' });
      expect(items).toBe(0);
    }
  });
});
