import { inspect } from 'node:util';
import {
  CleverAuthenticationError,
  CleverDistrictDisconnectedError,
  CleverNotFoundError,
  type ClientEvent,
  createCleverClient,
  diffDistrictTokens,
} from 'clever-sdk';
import { describe, expect } from 'vitest';
import { listOf } from '../support/double.js';
import { it } from '../support/fixtures.js';
import { rejection } from '../support/outcomes.js';

const DISTRICT = '5f1000000000000000000010';

/** A Clever whose token list and tokens a test can change. */
function makeClever({ token = 'canary0first' as string | undefined } = {}) {
  const state = {
    /** The token in the list; `undefined` when the district is not in it. */
    listed: token,
    /** The token that the Data API accepts. */
    accepted: token,
    /** The status of the Data API for an accepted token. */
    status: 200,
    listStatus: 200,
  };
  const [lists, reads, events] = [[] as URL[], [] as string[], [] as ClientEvent[]];
  const others = {
    owner: { type: 'district', id: 'another' },
    access_token: 'canary0another',
    id: 'x',
    created: '',
    scopes: [],
  };
  const fetch = async (address: string, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(address);
    if (url.pathname === '/oauth/tokens') {
      lists.push(url);
      await Promise.resolve();
      if (state.listStatus !== 200) {
        return Response.json({ error: 'canary0said' }, { status: state.listStatus });
      }
      const mine = { ...others, id: 'y', owner: { type: 'district', id: DISTRICT }, access_token: state.listed };
      return Response.json({ data: [others, ...(state.listed === undefined ? [] : [mine])], links: [] });
    }
    const bearer = new Headers(init.headers).get('authorization') ?? '';
    reads.push(bearer);
    await Promise.resolve();
    if (bearer !== `Bearer ${state.accepted}`) {
      return Response.json({ error: 'Unrecognized token string canary0said' }, { status: 401 });
    }
    if (state.status !== 200) {
      return new Response('<html>canary0page</html>', {
        status: state.status,
        headers: { 'content-type': 'text/html' },
      });
    }
    if (url.pathname === '/v3.1/users') {
      const page = Number(url.searchParams.get('starting_after') ?? 0);
      if (Number.isNaN(page)) {
        return Response.json(listOf([])); // The page after the last one, which was full.
      }
      const next = page < 3 ? `/v3.1/users?limit=1&starting_after=${page + 1}` : undefined;
      return Response.json(listOf([{ id: `user-${page}`, district: DISTRICT }], next));
    }
    return Response.json({ data: { id: url.pathname.split('/').at(-1), name: 'School' } });
  };
  const clever = createCleverClient({
    ...{ clientId: 'a'.repeat(20), clientSecret: 'canary0secret', redirectUri: 'https://app.example.com/callback' },
    ...{ fetch, retry: false, onEvent: (event) => void events.push(event) },
  });
  return { state, lists, reads, events, clever, district: clever.district({ districtId: DISTRICT }) };
}

const nobodysSecret = (value: unknown): void => {
  const { cause } = value as { cause?: unknown };
  for (const shown of [
    inspect(value, { depth: 9, showHidden: true }),
    JSON.stringify(value),
    String(value),
    inspect(cause),
  ]) {
    expect(shown).not.toMatch(/canary/u);
  }
};

describe('clever.district({ districtId })', () => {
  it('sends nothing until a method is called', () => {
    expect(makeClever().lists).toEqual([]);
  });

  it('looks the token up once, for this district, and uses it for all calls', async () => {
    const { district, lists, reads, events } = makeClever();
    await district.schools.get('s1');
    await district.schools.get('s2');
    await district.users.list().toArray({ maxItems: 10 });
    expect(lists.map(({ search }) => search)).toEqual([`?owner_type=district&district=${DISTRICT}`]);
    expect(new Set(reads)).toEqual(new Set(['Bearer canary0first']));
    nobodysSecret(events);
    nobodysSecret(district);
  });

  it('looks the token up once for calls that start at the same time', async () => {
    const { district, lists } = makeClever();
    await Promise.all(['s1', 's2', 's3', 's4'].map((id) => district.schools.get(id)));
    expect(lists).toHaveLength(1);
  });

  it('fetches a replaced token once, and continues', async () => {
    const { district, state, lists, reads } = makeClever();
    await district.schools.get('s1');
    state.listed = state.accepted = 'canary0second';
    expect(await district.schools.get('s2')).toMatchObject({ id: 's2' });
    expect(await district.schools.get('s3')).toMatchObject({ id: 's3' });
    expect(lists).toHaveLength(2);
    expect(reads).toEqual(['first', 'first', 'second', 'second'].map((name) => `Bearer canary0${name}`));
  });

  it('fetches a replaced token once for many calls at the same time', async () => {
    const { district, state, lists } = makeClever();
    await district.schools.get('s1');
    state.listed = state.accepted = 'canary0second';
    const schools = await Promise.all(['s2', 's3', 's4', 's5', 's6'].map((id) => district.schools.get(id)));
    expect(schools.map(({ id }) => id)).toEqual(['s2', 's3', 's4', 's5', 's6']);
    expect(lists).toHaveLength(2);
  });

  it('continues in the middle of a listing', async () => {
    const { district, state, lists } = makeClever();
    const found: string[] = [];
    for await (const user of district.users.list({ pageSize: 1, prefetch: 0 })) {
      found.push(user.id);
      if (found.length === 2) {
        state.listed = state.accepted = 'canary0second';
      }
    }
    expect(found).toEqual(['user-0', 'user-1', 'user-2', 'user-3']);
    expect(lists).toHaveLength(2);
  });

  it('reports a disconnected district: it is not in the list', async () => {
    const { district, state, reads } = makeClever();
    state.listed = undefined;
    const error = await rejection(district.schools.get('s1'));
    expect(error).toBeInstanceOf(CleverDistrictDisconnectedError);
    expect(error).toMatchObject({ code: 'district_disconnected', reason: 'not_listed', isRetryable: false });
    expect((error as Error).message).toMatch(/not connected.*Archive.*instead of deleting/u);
    expect(reads).toEqual([]);
    nobodysSecret(error);
  });

  it('reports a disconnected district: it left while the client was in use', async () => {
    const { district, state } = makeClever();
    await district.schools.get('s1');
    state.listed = state.accepted = undefined;
    const error = await rejection(district.schools.get('s2'));
    expect(error).toMatchObject({ code: 'district_disconnected', reason: 'not_listed' });
    nobodysSecret(error);
  });

  it('reports a disconnected district: the fresh token is refused as well', async () => {
    const { district, state, lists, reads } = makeClever();
    state.accepted = 'canary0other';
    const error = await rejection(district.schools.get('s1'));
    expect(error).toBeInstanceOf(CleverDistrictDisconnectedError);
    expect(error).toMatchObject({ reason: 'unauthorized' });
    expect(lists).toHaveLength(2);
    expect(reads).toHaveLength(2);
    nobodysSecret(error);
  });

  it.each(['districts', 'users', 'schools', 'sections', 'courses', 'terms'] as const)(
    'reports a disconnected district: 404 for its own %s',
    async (name) => {
      const { district, state, lists } = makeClever();
      state.status = 404;
      const resource: { list(): { firstPage(): Promise<unknown> } } = district[name];
      const error = await rejection(resource.list().firstPage());
      expect(error).toBeInstanceOf(CleverDistrictDisconnectedError);
      expect(error).toMatchObject({ reason: 'not_found' });
      expect(lists).toHaveLength(1);
      nobodysSecret(error);
    },
  );

  it('reports a disconnected district: 404 for the district itself', async () => {
    const { district, state } = makeClever();
    state.status = 404;
    expect(await rejection(district.districts.get(DISTRICT))).toMatchObject({ reason: 'not_found' });
  });

  it('reports a disconnected district: 401, and 404 with the fresh token', async () => {
    const { district, state } = makeClever();
    await district.schools.get('s1');
    state.listed = state.accepted = 'canary0second';
    state.status = 404;
    const error = await rejection(district.users.list().firstPage());
    expect(error).toBeInstanceOf(CleverDistrictDisconnectedError);
    expect(error).toMatchObject({ reason: 'not_found' });
  });

  it('in the middle of a listing: the records read so far were delivered, and the error says where it stopped', async () => {
    const { district, state } = makeClever();
    const found: string[] = [];
    const error = await rejection(
      (async () => {
        for await (const user of district.users.list({ pageSize: 1, prefetch: 0 })) {
          found.push(user.id);
          if (found.length === 2) {
            state.listed = state.accepted = undefined;
          }
        }
      })(),
    );
    expect(found).toEqual(['user-0', 'user-1']);
    expect(error).toBeInstanceOf(CleverDistrictDisconnectedError);
    expect((error as CleverDistrictDisconnectedError).cursor).toEqual(expect.any(String));
  });

  it('a 404 for one record means that the record is gone, not the district', async () => {
    const { district, state, lists } = makeClever();
    state.status = 404;
    const error = await rejection(district.users.get('someone'));
    expect(error).toBeInstanceOf(CleverNotFoundError);
    expect(lists).toHaveLength(1);
  });

  it('works again when the district reconnects', async () => {
    const { district, state } = makeClever();
    state.listed = undefined;
    await rejection(district.schools.get('s1'));
    state.listed = state.accepted;
    expect(await district.schools.get('s1')).toMatchObject({ id: 's1' });
  });

  it.each([
    [401, CleverAuthenticationError],
    [500, undefined],
  ])('a token list that answers %i is not a disconnected district', async (status, type) => {
    const { district, state } = makeClever();
    state.listStatus = status;
    const error = await rejection(district.schools.get('s1'));
    expect(error).not.toBeInstanceOf(CleverDistrictDisconnectedError);
    if (type !== undefined) {
      expect(error).toBeInstanceOf(type);
    }
    state.listStatus = 200;
    expect(await district.schools.get('s1')).toMatchObject({ id: 's1' });
    nobodysSecret(error);
  });

  it('an abort by one caller does not end the look-up of another', async () => {
    const { district } = makeClever();
    const controller = new AbortController();
    const reason = new Error('left');
    const [one, other] = [district.schools.get('s1', { signal: controller.signal }), district.schools.get('s2')];
    controller.abort(reason);
    expect(await rejection(one)).toBe(reason);
    expect(await other).toMatchObject({ id: 's2' });
  });

  it.each([{ districtId: '' }, { districtId: ' ' }, { districtId: 7 }, { districtId: DISTRICT, token: 't' }, {}])(
    'cannot be made from %j',
    (options) => {
      const { clever } = makeClever();
      expect(() => clever.district(options as { districtId: string })).toThrow(
        expect.objectContaining({ code: 'config' }),
      );
    },
  );

  it('requires an app’s credentials', () => {
    const clever = createCleverClient();
    expect(() => clever.district({ districtId: DISTRICT } as never)).toThrow(
      expect.objectContaining({ code: 'config' }),
    );
  });

  it('reads a whole district of the sandbox', async ({ sandbox, clever, district }) => {
    const [{ id }] = sandbox.districts;
    const byId = await clever.district({ districtId: id }).users.list().toArray({ maxItems: 500 });
    const byToken = await district.users.list().toArray({ maxItems: 500 });
    expect(byId.length).toBeGreaterThan(30);
    expect(byId).toEqual(byToken);
  });
});

describe('diffDistrictTokens', () => {
  const entry = (id: string, access_token: string) => ({
    id: `t-${id}`,
    owner: { type: 'district', id },
    access_token,
  });
  const [a, b, b2, c] = [entry('a', '1'), entry('b', '2'), entry('b', '3'), entry('c', '4')] as const;

  it.each([
    ['nothing at all', [], [], { connected: [], disconnected: [], rotated: [] }],
    ['the first run', [], [a, b], { connected: [a, b], disconnected: [], rotated: [] }],
    ['no change', [a, b], [a, b], { connected: [], disconnected: [], rotated: [] }],
    ['another order', [a, b], [b, a], { connected: [], disconnected: [], rotated: [] }],
    ['a new district', [a], [a, c], { connected: [c], disconnected: [], rotated: [] }],
    ['a vanished district', [a, b], [a], { connected: [], disconnected: [b], rotated: [] }],
    ['all of them gone', [a, b], [], { connected: [], disconnected: [a, b], rotated: [] }],
    ['a new token', [a, b], [a, b2], { connected: [], disconnected: [], rotated: [b2] }],
    ['everything at once', [a, b], [b2, c], { connected: [c], disconnected: [a], rotated: [b2] }],
  ])('%s', (_, before, after, expected) => {
    expect(diffDistrictTokens(before, after)).toEqual(expected);
  });

  it.each<[string, unknown]>([
    ['no owner', { access_token: '9' }],
    ['an owner that is null', { access_token: '9', owner: null }],
    ['an owner that is a text', { access_token: '9', owner: 'a' }],
    ['an owner without an id', { access_token: '9', owner: { type: 'district' } }],
    ['an owner whose id is null', { access_token: '9', owner: { id: null } }],
    ['nothing at all', null],
  ])('ignores an entry with %s', (_, odd) => {
    const odds = odd as typeof a;
    expect(diffDistrictTokens([odds, a, b], [b2, odds, c])).toEqual({
      connected: [c],
      disconnected: [a],
      rotated: [b2],
    });
    expect(diffDistrictTokens([odds], [odds])).toEqual({ connected: [], disconnected: [], rotated: [] });
  });

  it('needs only what an app stores, and returns the entries that it was given', () => {
    const stored = { owner: { id: 'a' }, access_token: '1', storedAt: 5 };
    const { disconnected } = diffDistrictTokens([stored], []);
    expect(disconnected[0]).toBe(stored);
    expect(disconnected[0]?.storedAt).toBe(5);
  });

  it('says that a list was stored as JSON, by a spread or as a clone, none of which has the tokens', async () => {
    const { clever } = makeClever();
    const tokens = await clever.oauth.districtTokens();
    const copies = [JSON.parse(JSON.stringify(tokens)), tokens.map((token) => ({ ...token })), structuredClone(tokens)];
    for (const stored of copies as (typeof tokens)[]) {
      for (const [before, after] of [[stored, tokens] as const, [tokens, stored] as const]) {
        const message = expect.stringContaining('store `token.access_token`') as string;
        expect(() => diffDistrictTokens(before, after)).toThrow(expect.objectContaining({ code: 'config', message }));
      }
    }
    const stored = tokens.map(({ owner, access_token }) => ({ owner, access_token }));
    expect(diffDistrictTokens(stored, tokens)).toEqual({ connected: [], disconnected: [], rotated: [] });
  });

  it('changes neither list', () => {
    const [before, after] = [Object.freeze([a, b]), Object.freeze([b2, c])];
    expect(() => diffDistrictTokens(before, after)).not.toThrow();
  });
});
