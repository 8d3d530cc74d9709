import { type ClientEvent, createCleverClient } from 'clever-sdk';
import { describe, expect, it, vi } from 'vitest';
import { type Answer, double, ids, listOf } from '../support/double.js';

const next = (after: string): string => `/v3.1/users?limit=2&starting_after=${after}`;

function district(...script: Answer[]) {
  const events: ClientEvent[] = [];
  const { fetch, seen } = double(...script);
  const { users } = createCleverClient({
    fetch,
    validation: 'off',
    retry: { retries: 1, baseDelayMs: 0 },
    pageSize: 2,
    onEvent: (event) => events.push(event),
  }).district({ token: 'token' });
  return { users, events, asked: () => seen.map(({ url }) => url.host + url.pathname + url.search) };
}

/** A body exactly as it is sent, to the character. */
const body = (text: string): Response => new Response(text, { headers: { 'content-type': 'application/json' } });

const home = (path: string): string => `api.clever.com${path}`;
const [first, third] = [listOf(ids('a', 'b'), next('b')), listOf(ids('e'))];

/** The second of three pages as text. Its records are c and d, and it links to the third. */
const secondPages: readonly (readonly [string, string])[] = [
  ['as Clever sends it', JSON.stringify(listOf(ids('c', 'd'), next('d')))],
  [
    'with the uri before the relation',
    `{"data":[{"id":"c"},{"id":"d"}],"links":[{"uri":"${next('d')}","rel":"next"}]}`,
  ],
  ['with the links before the data', `{"links":[{"rel":"next","uri":"${next('d')}"}],"data":[{"id":"c"},{"id":"d"}]}`],
  ['with white space', JSON.stringify(listOf(ids('c', 'd'), next('d')), undefined, 4)],
  [
    'with slashes escaped',
    `{"data":[{"id":"c"},{"id":"d"}],"links":[{"rel":"next","uri":"${next('d').replaceAll('/', '\\/')}"}]}`,
  ],
  ['with an absolute link', JSON.stringify(listOf(ids('c', 'd'), `https://api.clever.com${next('d')}`))],
  [
    'with look-alikes in the data',
    JSON.stringify(
      listOf(
        [
          { id: 'c', links: [{ rel: 'next', uri: next('x') }] },
          { id: 'd', text: `"links":[{"rel":"next","uri":"${next('y')}"}]` },
        ],
        next('d'),
      ),
    ),
  ],
  [
    'with links first and look-alikes in the data after them',
    `{"links":[{"rel":"next","uri":"${next('d')}"}],"data":[{"id":"c"},{"id":"d","links":[{"rel":"next","uri":"${next('x')}"}]}]}`,
  ],
];

describe('the page after the next', () => {
  it.each(secondPages)('is requested before the page that links to it is parsed: %s', async (_, text) => {
    const { users, events, asked } = district(first, body(text), third);
    const items = await users.list().toArray({ maxItems: 9 });
    expect(items.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(asked()).toEqual([home('/v3.1/users?limit=2'), home(next('b')), home(next('d'))]);
    // A `response` event is reported once its body is parsed.
    const exchanges = events.map(({ kind }) => kind).filter((kind) => kind === 'request' || kind === 'response');
    expect(exchanges).toEqual(['request', 'response', 'request', 'request', 'response', 'response']);
  });

  it.each([0, 1])(
    'is not requested early with `prefetch: 0`, nor from the first page (prefetch %i)',
    async (prefetch) => {
      const { users, events } = district(first, third);
      await users.list({ prefetch }).toArray({ maxItems: 9 });
      const exchanges = events.map(({ kind }) => kind).filter((kind) => kind === 'request' || kind === 'response');
      expect(exchanges).toEqual(['request', 'response', 'request', 'response']);
    },
  );
});

/** A second page with two `links` members: JSON uses the last, but looking ahead in the text finds the first. */
const misleading = (seenEarly: string, real: string | undefined): Response => {
  const links = (uri: string | undefined): string => JSON.stringify(uri === undefined ? [] : [{ rel: 'next', uri }]);
  return body(`{"links":${links(seenEarly)},"data":[{"id":"c"},{"id":"d"}],"links":${links(real)}}`);
};

describe('a link that only looks like one', () => {
  it('costs a request, which is aborted, and nothing else', async () => {
    let dropped: AbortSignal | null | undefined;
    const { users, asked } = district(
      first,
      misleading(next('x'), next('d')),
      (_, init) => {
        dropped = init.signal;
        return new Promise<Response>(() => undefined);
      },
      third,
    );
    const items = await users.list().toArray({ maxItems: 9 });
    expect(items.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(asked()).toEqual([home('/v3.1/users?limit=2'), home(next('b')), home(next('x')), home(next('d'))]);
    expect(dropped?.aborted).toBe(true);
  });

  it('does no harm on the last page', async () => {
    const { users, asked } = district(first, misleading(next('x'), undefined), listOf(ids('x')), listOf([]));
    expect(await users.list().toArray({ maxItems: 9 })).toHaveLength(4);
    // The page is full, so what comes after it is asked for.
    expect(asked().slice(2)).toEqual([home(next('x')), home(next('d'))]);
  });

  it('may fail without being reported', async () => {
    const { users } = district(first, misleading(next('x'), next('d')), new Response('', { status: 404 }), third);
    expect(await users.list().toArray({ maxItems: 9 })).toHaveLength(5);
  });

  it.each([
    ['another origin', 'https://evil.example/v3.1/users?starting_after=b'],
    ['a protocol-relative origin', '//evil.example/v3.1/users'],
    ['another listing', '/v3.1/schools?starting_after=b'],
    ['a page that was already read', next('b')],
  ])('is not tried when it leads to %s', async (_, link) => {
    const { users, asked } = district(first, misleading(link, next('d')), third);
    expect(await users.list().toArray({ maxItems: 9 })).toHaveLength(5);
    expect(asked()).toEqual([home('/v3.1/users?limit=2'), home(next('b')), home(next('d'))]);
  });
});

describe('a page that is requested early', () => {
  it('is requested once, even when the page before it has to be read again', async () => {
    const cut = `{"links":[{"rel":"next","uri":"${next('d')}"}],"data":[{"id":"c"},`;
    const { users, asked } = district(
      first,
      body(cut),
      (seen) => {
        // The network decides which of the two arrives first, the repeated request or the page after it.
        return seen.url.search.endsWith('=b') ? listOf(ids('c', 'd'), next('d')) : listOf(ids('e'));
      },
      (seen) => (seen.url.search.endsWith('=b') ? listOf(ids('c', 'd'), next('d')) : listOf(ids('e'))),
    );
    const items = await users.list().toArray({ maxItems: 9 });
    expect(items.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(asked().filter((path) => path === home(next('d')))).toHaveLength(1);
  });

  it('throws its failure in its turn, with the cursor of the page before', async () => {
    const { users } = district(first, listOf(ids('c', 'd'), next('d')), new Response('', { status: 403 }));
    const got: string[] = [];
    const reading = async (): Promise<void> => {
      for await (const { id } of users.list()) {
        got.push(id);
      }
    };
    await expect(reading()).rejects.toMatchObject({ code: 'permission', cursor: next('d') });
    expect(got).toEqual(['a', 'b', 'c', 'd']);
  });

  it('fails silently when the loop has already ended', async () => {
    const { users, asked } = district(first, listOf(ids('c', 'd'), next('d')), new Error('socket closed'));
    for await (const { id } of users.list({ retry: false })) {
      if (id === 'c') {
        await vi.waitFor(() => expect(asked()).toHaveLength(3));
        break;
      }
    }
  });
});
