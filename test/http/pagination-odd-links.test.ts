import { type CleverPaginationError, type ClientEvent, createCleverClient } from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import { ids } from '../support/double.js';

/*
 * A `next` link that is missing or in another form. Only a page that is not full, without a link, is the last one for
 * certain. Each listing here has six people on pages of two.
 */

const PEOPLE = ['a', 'b', 'c', 'd', 'e', 'f'];
const PATH = '/v3.1/users';
const next = (after: string): string => `${PATH}?limit=2&starting_after=${after}`;

/** A server that answers by position, and writes what follows the first page in its own way. */
function district(linksOfFirst: unknown, pageSize = 2) {
  const events: ClientEvent[] = [];
  const asked: string[] = [];
  const fetch = async (address: string): Promise<Response> => {
    const url = new URL(address);
    asked.push(url.search);
    const after = url.searchParams.get('starting_after') ?? '';
    const left = PEOPLE.filter((id) => id > after);
    const page = left.slice(0, 2);
    const usual = left.length > 2 ? [{ rel: 'next', uri: next(page.at(-1) ?? '') }] : [];
    return Response.json({ data: ids(...page), links: after === '' ? linksOfFirst : usual });
  };
  const onEvent = (event: ClientEvent): void => void events.push(event);
  const { users } = createCleverClient({ fetch, validation: 'off', retry: false, pageSize, onEvent }).district({
    token: 'token',
  });
  const irregular = () => events.flatMap((event) => (event.kind === 'irregular_page' ? [event.reason] : []));
  return { users, asked, irregular };
}

const idsIn = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);

describe('a link in another form is read by what it evidently means', () => {
  it.each<[string, unknown]>([
    ['`href`', [{ rel: 'next', href: next('b') }]],
    ['`url`', [{ rel: 'next', url: next('b') }]],
    ['a relation in capitals', [{ rel: 'NEXT', uri: next('b') }]],
    ['a list of relations', [{ rel: ['section', 'next'], uri: next('b') }]],
    ['several relations in one text', [{ rel: 'section next', uri: next('b') }]],
    ['an object with a member for each relation', { self: PATH, next: next('b') }],
    ['an object of links', { next: { href: next('b') } }],
    ['a single link', { rel: 'next', uri: next('b') }],
    ['the text of a header', `<${PATH}>; rel="self", <${next('b')}>; rel="next"`],
    ['a query alone', [{ rel: 'next', uri: '?limit=2&starting_after=b' }]],
    ['a path without a slash', [{ rel: 'next', uri: next('b').slice(1) }]],
    ['a second link that can be read', [{ rel: 'next' }, { rel: 'next', uri: next('b') }]],
    ['white space around it', [{ rel: 'next', uri: ` ${next('b')} ` }]],
  ])('%s', async (_, links) => {
    for (const pageSize of [2, 1_000]) {
      const { users, asked, irregular } = district(links, pageSize);
      expect(idsIn(await users.list().toArray({ maxItems: 9 }))).toEqual(PEOPLE);
      expect(asked.slice(1, 3)).toEqual(['?limit=2&starting_after=b', '?limit=2&starting_after=d']);
      expect(irregular()).toEqual([]);
    }
  });
});

describe('where a page says nothing usable of the next one, what comes after its last record is asked for', () => {
  it.each<[string, unknown, number]>([
    ['a full page without links', undefined, 2],
    ['a full page with other links', [{ rel: 'self', uri: PATH }], 2],
    ['`links` null', null, 1_000],
    ['`links` an object without it', {}, 1_000],
    ['`links` a text', 'more', 1_000],
    ['`links` a number', 1, 1_000],
    ['a list of nothing', [null], 1_000],
    ['an address that is null', [{ rel: 'next', uri: null }], 1_000],
    ['an address that is empty', [{ rel: 'next', uri: '' }], 1_000],
    ['an address that is a number', [{ rel: 'next', uri: 2 }], 1_000],
    ['no address', [{ rel: 'next' }], 1_000],
  ])('%s', async (_, links, pageSize) => {
    for (const parallel of [1, 4]) {
      const { users, irregular } = district(links, pageSize);
      expect(idsIn(await users.list({ parallel }).toArray({ maxItems: 9 }))).toEqual(PEOPLE);
      expect(irregular()).toEqual(['missing_link']);
    }
    const { users } = district(links, pageSize);
    const found: string[] = [];
    for await (const page of users.list().pages()) {
      found.push(...idsIn(page.data));
      if (!page.hasNext) {
        break;
      }
    }
    expect(found).toEqual(PEOPLE);
  });

  it('but a page that is not full, without a link, is the last', async () => {
    const { users, asked } = district([], 3);
    expect(idsIn(await users.list().toArray({ maxItems: 9 }))).toEqual(['a', 'b']);
    expect(asked).toHaveLength(1);
  });

  it('and a reader that stops within the first page has paid for one request', async () => {
    const { users, asked } = district([], 2);
    expect(await users.list().firstPage()).toMatchObject({ hasNext: true, cursor: next('b') });
    for await (const _ of users.list()) {
      break;
    }
    expect(asked).toHaveLength(2);
  });
});

describe('the last page', () => {
  const answer = (page: string[], links: object[] = []) => ({ data: ids(...page), links });
  function scripted(pageSize: number, ...script: (object | Response)[]) {
    const events: ClientEvent[] = [];
    const asked: string[] = [];
    const fetch = async (address: string): Promise<Response> => {
      asked.push(new URL(address).search);
      const made = script[asked.length - 1] ?? new Response('', { status: 599 });
      return made instanceof Response ? made : Response.json(made);
    };
    const onEvent = (event: ClientEvent): void => void events.push(event);
    const { users } = createCleverClient({ fetch, validation: 'off', retry: false, pageSize, onEvent }).district({
      token: 'token',
    });
    return { users, asked, events };
  }
  const link = (after: string) => [{ rel: 'next', uri: next(after) }];

  it('that is exactly full costs one request more, and is handed out as the last', async () => {
    const { users, asked, events } = scripted(2, answer(['a', 'b'], link('b')), answer(['c', 'd']), answer([]));
    const pages = [];
    for await (const page of users.list().pages()) {
      pages.push([idsIn(page.data), page.hasNext]);
    }
    expect(pages).toEqual([
      [['a', 'b'], true],
      [['c', 'd'], false],
    ]);
    expect(asked).toHaveLength(3);
    expect(events.filter(({ kind }) => kind === 'irregular_page')).toEqual([]);
  });

  it('that is full, but of a server that sends less than was asked for, is asked about, too', async () => {
    const many = Array.from({ length: 45 }, (_, index) => String(100 + index));
    const page = (from: number) => many.slice(from, from + 15);
    const { users, asked } = scripted(
      1_000,
      answer(page(0), link('114')),
      answer(page(15)),
      answer(page(30)),
      answer([]),
    );
    expect(idsIn(await users.list().toArray({ maxItems: 99 }))).toEqual(many);
    expect(asked).toHaveLength(4);
  });

  it('is not lost when the request after it fails', async () => {
    const { users } = scripted(2, answer(['a', 'b'], link('b')), answer(['c', 'd']), new Response('', { status: 500 }));
    const found: string[] = [];
    const reading = async (): Promise<void> => {
      for await (const { id } of users.list()) {
        found.push(id);
      }
    };
    await expect(reading()).rejects.toMatchObject({ code: 'server', cursor: next('d') });
    expect(found).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('a link that cannot be followed', () => {
  it.each([
    ['unreadable_link', 'http://[', /next. link cannot be read/],
    ['unreadable_link', 'see below', /next. link cannot be read/],
    ['foreign_link', 'https://elsewhere.example/v3.1/users?starting_after=b', /another origin/],
    ['foreign_link', '/v3.1/schools?starting_after=b', /another listing/],
    ['repeated_link', `${PATH}?limit=2`, /leads back/],
  ])('is an error, %s, after the page that it came with: %s', async (reason, uri, message) => {
    for (const parallel of [1, 4]) {
      const { users } = district([{ rel: 'next', uri }]);
      const found: string[] = [];
      const reading = async (): Promise<void> => {
        for await (const { id } of users.list({ parallel })) {
          found.push(id);
        }
      };
      const error = (await reading().catch((thrown: unknown) => thrown)) as CleverPaginationError;
      expect(error).toMatchObject({ code: 'pagination', reason, cursor: next('b') });
      expect(error.message).toMatch(message);
      found.push(...idsIn(await users.list({ from: error.cursor ?? '' }).toArray({ maxItems: 9 })));
      expect(found).toEqual(PEOPLE);
    }
  });

  it('makes no partial array', async () => {
    const { users } = district([{ rel: 'next', uri: 'http://[' }]);
    await expect(users.list().toArray({ maxItems: 9 })).rejects.toMatchObject({ cursor: `${PATH}?limit=2` });
  });
});

describe('a listing in which only Clever knows positions', () => {
  const path = '/v3.1/sections/s/assignments/a/submissions';
  const at = (cursor: string) => [{ rel: 'next', uri: `${path}?cursor=${cursor}&limit=2` }];
  const one = (user: string) => ({ id: '', user_id: user });
  function submissions(answers: Record<string, object>) {
    const fetch = async (address: string): Promise<Response> => {
      return Response.json(answers[new URL(address).searchParams.get('cursor') ?? ''] ?? { data: [] });
    };
    const { submissions: list } = createCleverClient({ fetch, validation: 'off', retry: false }).district({
      token: 'token',
    });
    return async (from?: string) => {
      const found: string[] = [];
      try {
        for await (const { user_id } of list.list('s', 'a', { pageSize: 2, ...(from === undefined ? {} : { from }) })) {
          found.push(user_id ?? '');
        }
        return { found, error: undefined };
      } catch (error) {
        return { found, error: error as CleverPaginationError };
      }
    };
  }
  const pages = {
    '': { data: [one('1'), one('2')], links: at('b') },
    b: { data: [one('3'), one('4')], links: at('c') },
    c: { data: [one('5'), one('6')], links: at('d') },
    d: { data: [one('7'), one('8')] },
  };

  it('ends with a page without a link, full or not', async () => {
    expect(await submissions(pages)()).toEqual({ found: ['1', '2', '3', '4', '5', '6', '7', '8'], error: undefined });
  });

  it.each([{ rel: 'next' }, { rel: 'next', uri: 3 }, { rel: 'next', uri: 'http://[' }])(
    'resumes after the page whose link could not be read (%j)',
    async (link) => {
      const first = await submissions({ ...pages, c: { ...pages.c, links: [link] } })();
      expect(first.found).toEqual(['1', '2', '3', '4', '5', '6']);
      expect(first.error).toMatchObject({ reason: 'unreadable_link' });
      const rest = await submissions(pages)(first.error?.cursor);
      expect(rest).toEqual({ found: ['7', '8'], error: undefined });
    },
  );

  it('notices a link that leads back to a page before the cursor', async () => {
    const first = await submissions({ ...pages, c: { message: 'no list' } })();
    expect(first.found).toEqual(['1', '2', '3', '4']);
    const looping = submissions({ ...pages, c: { ...pages.c, links: at('b') } });
    const second = await looping(first.error?.cursor);
    expect(second.found).toEqual(['5', '6']);
    expect(second.error).toMatchObject({ reason: 'repeated_link' });
    const third = await looping(second.error?.cursor);
    expect(third.found).toEqual([]);
    expect(third.error).toMatchObject({ reason: 'repeated_link' });
    expect((await submissions(pages)(third.error?.cursor)).found).toEqual(['7', '8']);
  });
});
