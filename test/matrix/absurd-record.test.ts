import { createCleverClient, type DistrictClient } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';
import { beforeAll, describe, expect, it } from 'vitest';
import { attempt, READERS } from './readers.js';

/* A page of 10,000 people with one absurd record, and more people after it. Answered from prepared text, for speed. */

const COUNT = 10_500;
const PAGE_SIZE = 10_000;
const ABSURD = 4_321;

const idAt = (index: number): string => (0x5f000000_0000n + BigInt(index)).toString(16).padStart(24, '0');
const ids = Array.from({ length: COUNT }, (_, index) => idAt(index));
let texts: string[] = [];
let absurd = '';

beforeAll(async () => {
  const sandbox = createSandbox({ students: 10 });
  const [{ token }] = sandbox.districts;
  const { data } = await createCleverClient({ ...sandbox.clientOptions() })
    .district({ token })
    .users.list()
    .firstPage();
  texts = ids.map((id) => JSON.stringify({ data: { ...data[0], id }, uri: `/v3.1/users/${id}` }));
});

/**
 * Answers the first and the second page, and no guessed position. The absurd record disappears after a
 * while, if at all.
 */
function open(validation: 'lenient' | 'strict', times = Number.POSITIVE_INFINITY) {
  const kinds: string[] = [];
  let left = times;
  const fetch = async (address: string): Promise<Response> => {
    const after = new URL(address).searchParams.get('starting_after');
    if (after !== null) {
      const isKnown = after === ids[PAGE_SIZE - 1];
      const body = `{"data":[${texts.slice(PAGE_SIZE).join()}],"links":[]}`;
      return isKnown ? new Response(body) : Response.json({ message: 'no such id' }, { status: 400 });
    }
    left -= 1;
    const records = texts.slice(0, PAGE_SIZE);
    records[ABSURD] = left < 0 ? (texts[ABSURD] ?? '') : absurd;
    const next = `/v3.1/users?limit=${PAGE_SIZE}&starting_after=${ids[PAGE_SIZE - 1]}`;
    return new Response(`{"data":[${records.join()}],"links":[{"rel":"next","uri":"${next}"}]}`);
  };
  const onEvent = ({ kind }: { kind: string }): void => void kinds.push(kind);
  const client: DistrictClient = createCleverClient({ fetch, validation, onEvent }).district({ token: 'token' });
  return { client, kinds };
}

describe.each(READERS.filter(({ path }) => path === '/v3.1/users'))('$name', (reader) => {
  const asking = { pageSize: PAGE_SIZE };

  it('delivers all of them, and one event reports an invalid name', async () => {
    absurd = JSON.stringify({ data: { id: idAt(ABSURD), name: 7 } });
    const { client, kinds } = open('lenient');
    const { rows, error } = await attempt(reader, client, asking);
    expect(error).toBeUndefined();
    expect(rows.map(({ id }) => id)).toEqual(ids);
    expect(kinds.filter((kind) => kind === 'validation')).toHaveLength(1);
  });

  it.each([
    ['an invalid name, under strict validation', { data: { id: idAt(ABSURD), name: 7 } }, 'validation'],
    ['an element that is not a record', null, 'connection'],
  ] as const)('stops at %s, and resumes from the cursor', async (_, element, code) => {
    absurd = JSON.stringify(element);
    const { client } = open('strict', 1);
    const { rows, error } = await attempt(reader, client, asking);
    expect(error?.code).toBe(code);
    const rest = await attempt(reader, client, { ...asking, from: error?.cursor ?? '' });
    expect(rest.error).toBeUndefined();
    expect([...rows, ...rest.rows].map(({ id }) => id)).toEqual(ids);
  });
});
