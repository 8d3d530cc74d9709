import { inspect } from 'node:util';
import {
  CleverConfigError,
  CleverCursorExpiredError,
  CleverNotFoundError,
  type ClientEvent,
  createCleverClient,
  type EventListParams,
  hasCode,
  type RosterEvent,
} from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import { eventIdAt, timeOfEventId } from '../../src/resources/event-cursor.js';
import { fixtures } from '../fixtures/records.js';
import { type Answer, double, listOf } from '../support/double.js';
import { collect, thrownBy } from '../support/outcomes.js';

const DAY_MS = 86_400_000;
const NOW_MS = Date.parse('2026-10-01T12:00:00.000Z');

/** An event id of some days ago; `mark` distinguishes two ids of the same second. */
const idAt = (daysAgo: number, mark = '0'): string =>
  `${eventIdAt(NOW_MS - daysAgo * DAY_MS).slice(0, 8)}${mark.padEnd(16, '0')}`;
const deletion = (id: string): RosterEvent => ({ id, type: 'terms.deleted', data: { object: { id: 'term' } } });
const page = (ids: readonly string[], next?: string): object => listOf(ids.map(deletion), next, '/v3.1/events');

function district(...script: Answer[]) {
  const { fetch, seen } = double(...script);
  const clock = { nowMs: NOW_MS };
  const observed: ClientEvent[] = [];
  const clever = createCleverClient({
    fetch,
    retry: false,
    now: () => clock.nowMs,
    onEvent: (event) => observed.push(event),
  });
  const { events } = clever.district({ token: 'token' });
  return { events, seen, clock, observed, asked: () => seen.map(({ url }) => url.pathname + url.search) };
}

describe('events.list()', () => {
  it('sends its filters under Clever’s names, repeats the record type per value, and follows the links', async () => {
    const next = `/v3.1/events?limit=2&school=s1&starting_after=${idAt(1)}`;
    const { events, asked } = district(page([idAt(2), idAt(1)], next), page([idAt(0)]));
    const listing = events.list({ school: 's1', record_type: ['users', 'sections'], pageSize: 2, after: idAt(3) });
    expect((await collect(listing)).map(({ id }) => id)).toEqual([idAt(2), idAt(1), idAt(0)]);
    expect(asked()).toEqual([
      `/v3.1/events?limit=2&school=s1&record_type=users&record_type=sections&starting_after=${idAt(3)}`,
      next,
    ]);
  });

  it('takes one record type and 1000 events per page, and begins at the oldest event without a cursor', async () => {
    const { events, asked } = district(page([]));
    expect(await collect(events.list({ record_type: 'users', after: undefined }))).toEqual([]);
    expect(asked()).toEqual(['/v3.1/events?limit=1000&record_type=users']);
  });

  it('also works with API v3.0', async () => {
    const { fetch, seen } = double(page([]));
    const client = createCleverClient({ fetch, apiVersion: 'v3.0' }).district({ token: 'token' });
    await collect(client.events.list());
    expect(seen[0]?.url.pathname).toBe('/v3.0/events');
  });

  it('resumes after a page, and after an event by its id', async () => {
    const { events, asked } = district(page([idAt(2), idAt(1)]), page([]), page([]));
    const { cursor } = await events.list({ pageSize: 2, record_type: ['users', 'terms'] }).firstPage();
    await collect(events.list({ pageSize: 2, record_type: ['users', 'terms'], from: cursor }));
    await collect(events.list({ pageSize: 2, after: idAt(1) }));
    expect(asked().slice(1)).toEqual([
      `/v3.1/events?limit=2&record_type=users&record_type=terms&starting_after=${idAt(1)}`,
      `/v3.1/events?limit=2&starting_after=${idAt(1)}`,
    ]);
  });

  it('resumes from a link that repeats its filters in another order, and with no other filters', async () => {
    const link = `/v3.1/events?record_type=terms&starting_after=${idAt(1)}&limit=2&record_type=users`;
    const { events, asked } = district(listOf([{ id: idAt(2) }, { id: idAt(1) }], link), page([]));
    const record_type = ['users', 'terms'];
    const { cursor } = await events.list({ pageSize: 2, record_type }).firstPage();
    await collect(events.list({ record_type, from: cursor }));
    expect(asked()[1]).toBe(link);
    expect(() => events.list({ record_type: ['users'], from: cursor })).toThrow(/different `record_type` filter/);
    expect(() => events.list({ record_type, school: 's', from: cursor })).toThrow(/different `school` filter/);
    expect(() => events.list({ from: cursor })).toThrow(/different `record_type` filter/);
  });

  it('delivers an event of an unknown type completely and without a validation event', async () => {
    const { unknownEvent } = fixtures();
    const { events, observed } = district(listOf([unknownEvent]));
    expect(await collect(events.list())).toEqual([unknownEvent]);
    expect(observed.filter(({ kind }) => kind === 'validation')).toEqual([]);
  });

  it.each<[string, EventListParams, RegExp]>([
    ['both kinds of cursor', { after: idAt(1), from: '/v3.1/events' }, /`after`.*or `from`/],
    ["a page's cursor as `after`", { after: '/v3.1/events?starting_after=x' }, /as `from`/],
    ['an id whose age cannot be read', { after: 'canary-event' }, /24 hex digits/],
    ['an empty id', { after: '' }, /24 hex digits/],
    ['an empty record type', { record_type: '' }, /`record_type` must not be empty/],
    ['no record type at all', { record_type: [] }, /`record_type` must not be empty/],
    ['an empty school', { school: '' }, /`school` must not be empty/],
    ['a margin beyond the retention', { retentionMarginMs: 31 * DAY_MS }, /`retentionMarginMs`/],
    ['a negative margin', { retentionMarginMs: -1 }, /`retentionMarginMs`/],
    ['a misspelt option', { recordType: 'users' } as EventListParams, /no option `recordType`.*record_type/],
    ['the cursor of another listing', { from: '/v3.1/users?starting_after=1' }, /not a cursor of this listing/],
  ])('refuses %s without sending anything', async (_, params, message) => {
    const { events, seen } = district();
    const error = (await thrownBy(() => events.list(params))) as Error;
    expect(error.message).toMatch(message);
    expect(inspect(error)).not.toContain('canary');
    expect(seen).toHaveLength(0);
  });

  it('says what a 404 and a 413 mean here', async () => {
    const { events } = district(new Response('', { status: 404 }), new Response('', { status: 413 }));
    await expect(collect(events.list())).rejects.toThrow(/Enable events/);
    await expect(collect(events.list())).rejects.toThrow(/smaller `pageSize`/);
  });
});

describe('events that are switched off', () => {
  it('do not look like a disconnected district', async () => {
    const listed = { id: 't', owner: { type: 'district', id: 'd' }, access_token: 'district-token', scopes: [] };
    const { fetch } = double({ data: [listed] }, new Response('', { status: 404 }));
    const clever = createCleverClient({ clientId: 'id', clientSecret: 'secret', fetch, retry: false });
    await expect(collect(clever.district({ districtId: 'd' }).events.list())).rejects.toThrow(CleverNotFoundError);
  });
});

describe('previous_attributes', () => {
  it('stays inside `data`, where Clever sends it, untouched', async () => {
    const { userUpdated } = fixtures();
    const { events } = district(listOf([userUpdated]));
    expect(await collect(events.list())).toEqual([fixtures().userUpdated]);
  });

  it('is also found inside `data` when it is sent beside it, where the specification puts it, and stays there', async () => {
    const { sectionUpdated } = fixtures();
    const { events } = district(listOf([sectionUpdated]), { data: sectionUpdated });
    const expected = {
      ...sectionUpdated,
      data: { ...sectionUpdated.data, previous_attributes: { students: expect.any(Array), term_id: '' } },
    };
    const [listed] = await collect(events.list());
    expect(listed).toEqual(expected);
    expect(await events.get(sectionUpdated.id)).toEqual(expected);
    expect(listed).toHaveProperty('previous_attributes');
  });

  it.each([
    [
      'the inner one, when there are two',
      { data: { object: { id: 't' }, previous_attributes: { name: 'inner' } }, previous_attributes: { name: 'outer' } },
      { name: 'inner' },
    ],
    [
      'the outer one, when the inner is null',
      { data: { object: { id: 't' }, previous_attributes: null }, previous_attributes: { name: 'outer' } },
      { name: 'outer' },
    ],
    ['nothing, when neither exists', { data: { object: { id: 't' } } }, undefined],
  ])('is %s', async (_, event, expected) => {
    const { events } = district({ data: { id: idAt(1), type: 'terms.updated', ...event } });
    const { data } = await events.get(idAt(1));
    expect((data as { previous_attributes?: unknown }).previous_attributes).toEqual(expected);
  });

  it('does not trip over an event without `data`', async () => {
    const odd = { id: idAt(1), type: 'terms.updated', previous_attributes: {} };
    const { events, observed } = district({ data: odd });
    expect(await events.get(idAt(1))).toEqual(odd);
    expect(observed.filter(({ kind }) => kind === 'validation')).toHaveLength(1);
  });
});

describe('a cursor older than the retention', () => {
  it.each<[string, EventListParams]>([
    ['after', { after: idAt(30) }],
    ['from', { from: `/v3.1/events?limit=1000&starting_after=${idAt(30)}` }],
  ])('throws from `%s` before anything is sent, and says what to do', async (_, params) => {
    const { events, seen } = district();
    const error = await thrownBy(() => events.list(params));
    expect(error).toBeInstanceOf(CleverCursorExpiredError);
    expect(hasCode(error, 'cursor_expired') && error.cursor).toBe(params.after ?? params.from);
    expect(error).toMatchObject({
      code: 'cursor_expired',
      isRetryable: false,
      pathTemplate: '/v3.1/events',
      maxAgeMs: 29 * DAY_MS,
      cursorCreatedAt: new Date(NOW_MS - 30 * DAY_MS),
    });
    expect((error as Error).message).toMatch(/30 days old.*full sync.*latestCursor\(\)/s);
    expect(seen).toHaveLength(0);
  });

  it('never prints the event that it names', async () => {
    const { events } = district();
    const error = (await thrownBy(() => events.list({ after: idAt(40, 'facade') }))) as CleverCursorExpiredError;
    for (const shown of [
      inspect(error, { showHidden: true, depth: 9 }),
      JSON.stringify(error),
      error.message,
      error.stack,
    ]) {
      expect(shown).not.toContain('facade');
    }
    expect(error.cursor).toContain('facade');
  });

  it.each([
    [29, undefined, false],
    [29 + 1 / 86_400, undefined, true],
    [29.5, 0, false],
    [30, 0, false],
    [30 + 1 / 86_400, 0, true],
    [20, 11 * DAY_MS, true],
    [0, 30 * DAY_MS, false],
    [-1, undefined, false],
  ])('of %d days with a margin of %s ms: expired is %s', (daysAgo, retentionMarginMs, isExpired) => {
    const { events } = district();
    const list = () =>
      events.list({ after: idAt(daysAgo), ...(retentionMarginMs === undefined ? {} : { retentionMarginMs }) });
    if (isExpired) {
      expect(list).toThrow(CleverCursorExpiredError);
    } else {
      expect(list).not.toThrow();
    }
  });

  it('is also noticed when a listing that was made in time is read too late', async () => {
    const { events, clock, seen } = district(page([]));
    const listing = events.list({ after: idAt(28) });
    await collect(listing);
    clock.nowMs += 2 * DAY_MS;
    await expect(collect(listing)).rejects.toThrow(CleverCursorExpiredError);
    await expect(listing.firstPage()).rejects.toThrow(CleverCursorExpiredError);
    await expect(listing.toArray({ maxItems: 1 })).rejects.toThrow(CleverCursorExpiredError);
    expect(seen).toHaveLength(1);
  });

  const dated = (aheadMs: number, body: object): Response =>
    Response.json(body, { headers: { date: new Date(NOW_MS + aheadMs).toUTCString() } });

  it('is measured by the clock of the service: an answer that shows it ends the listing before any event', async () => {
    const { events, seen } = district(dated(27 * DAY_MS, page([idAt(-26)])), dated(27 * DAY_MS, page([idAt(-26)])));
    const listing = events.list({ after: idAt(5) });
    const delivered: string[] = [];
    const error: unknown = await (async () => {
      for await (const { id } of listing) {
        delivered.push(id);
      }
    })().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CleverCursorExpiredError);
    expect(error).toMatchObject({ cursor: idAt(5), maxAgeMs: 29 * DAY_MS });
    expect((error as Error).message).toMatch(/32 days old.*no event was delivered/u);
    expect(delivered).toEqual([]);
    expect(seen).toHaveLength(1);
    // From now on the clock of the service is known, so nothing is sent.
    expect(() => events.list({ after: idAt(5) })).toThrow(CleverCursorExpiredError);
    await expect(collect(listing)).rejects.toThrow(CleverCursorExpiredError);
    expect(seen).toHaveLength(1);
  });

  it('is also noticed by an empty answer, by a page, and with `from`', async () => {
    const from = `/v3.1/events?limit=1000&starting_after=${idAt(5)}`;
    for (const read of [
      (events: ReturnType<typeof district>['events']) => events.list({ after: idAt(5) }).firstPage(),
      (events: ReturnType<typeof district>['events']) => events.list({ from }).toArray({ maxItems: 10 }),
      (events: ReturnType<typeof district>['events']) => collect(events.list({ from })),
    ]) {
      const { events } = district(dated(27 * DAY_MS, page([])));
      await expect(read(events)).rejects.toThrow(CleverCursorExpiredError);
    }
  });

  it('goes by the answer of any other call, too', async () => {
    const { events, seen } = district(dated(27 * DAY_MS, { data: deletion(idAt(0)) }));
    await events.get(idAt(0));
    expect(() => events.list({ after: idAt(5) })).toThrow(CleverCursorExpiredError);
    expect(seen).toHaveLength(1);
  });

  it('is not one where the clock of this machine is wrong, once the service has answered', async () => {
    const { events, clock } = district(dated(0, page([])), dated(0, page([idAt(0)])));
    clock.nowMs += 40 * DAY_MS;
    await collect(events.list());
    expect((await collect(events.list({ after: idAt(5) }))).map(({ id }) => id)).toEqual([idAt(0)]);
  });

  it('does not expire while it is read', async () => {
    const next = `/v3.1/events?limit=1000&starting_after=${idAt(20)}`;
    const { events, clock } = district(page([idAt(20)], next), page([idAt(0)]));
    const read: string[] = [];
    for await (const { id } of events.list({ after: idAt(28), prefetch: 0 })) {
      read.push(id);
      clock.nowMs += 2 * DAY_MS;
    }
    expect(read).toEqual([idAt(20), idAt(0)]);
  });

  it.each(['yesterday', '', 'Thu, 99 Xxx 9999 99:99:99 GMT'])('is not measured by the Date %j', async (date) => {
    const { events } = district(Response.json(page([idAt(0)]), { headers: { date } }));
    expect(await collect(events.list({ after: idAt(5) }))).toHaveLength(1);
  });

  it('is measured by the machine’s clock unless the client has its own', () => {
    const { events } = createCleverClient().district({ token: 'token' });
    const id = (ms: number): string => eventIdAt(ms);
    expect(() => events.list({ after: id(Date.now() - 28 * DAY_MS) })).not.toThrow();
    expect(() => events.list({ after: id(Date.now() - 30 * DAY_MS) })).toThrow(CleverCursorExpiredError);
    expect(() => createCleverClient({ now: 5 as never })).toThrow(CleverConfigError);
  });
});

describe('events.latestCursor()', () => {
  const recent = (daysAgo: number): string =>
    `/v3.1/events?limit=1000&starting_after=${eventIdAt(NOW_MS - daysAgo * DAY_MS)}`;

  it('reads the recent events to the end and returns the last id', async () => {
    const next = `/v3.1/events?limit=1000&starting_after=${idAt(1, 'b')}`;
    const { events, asked } = district(page([idAt(1, 'a'), idAt(1, 'b')], next), page([idAt(0)]));
    expect(await events.latestCursor()).toBe(idAt(0));
    expect(asked()).toEqual([recent(2), next]);
  });

  it('looks further back until it finds an event, finally from the oldest one', async () => {
    const { events, asked } = district(page([]), page([]), page([idAt(25)]));
    expect(await events.latestCursor()).toBe(idAt(25));
    expect(asked()).toEqual([recent(2), recent(8), '/v3.1/events?limit=1000']);
  });

  it('makes a position from the time when no event exists, a moment before the call', async () => {
    const { events, asked } = district(page([]), page([]), page([]), page([]));
    const cursor = await events.latestCursor();
    expect(cursor).toMatch(/^[\da-f]{8}0{16}$/u);
    const behindMs = NOW_MS - (timeOfEventId(cursor) ?? 0);
    expect(behindMs).toBeGreaterThan(0);
    expect(behindMs).toBeLessThanOrEqual(60_000);
    await collect(events.list({ after: cursor }));
    expect(asked().at(-1)).toBe(`/v3.1/events?limit=1000&starting_after=${cursor}`);
  });

  it('makes that position by the clock of the service', async () => {
    const date = new Date(NOW_MS + 40 * DAY_MS).toUTCString();
    const { events } = district(...[1, 2, 3].map(() => Response.json(page([]), { headers: { date } })));
    const behindMs = Date.parse(date) - (timeOfEventId(await events.latestCursor()) ?? 0);
    expect(behindMs).toBeGreaterThan(0);
    expect(behindMs).toBeLessThanOrEqual(60_000);
  });

  it.each(['Thu, 01 Jan 1970 00:00:00 GMT', 'Sun, 01 Jan 2200 00:00:00 GMT', 'Fri, 31 Dec 9999 23:59:59 GMT'])(
    'does not believe a clock that says %s: after it, no event would ever come',
    async (date) => {
      const { events } = district(...[1, 2, 3].map(() => Response.json(page([]), { headers: { date } })));
      const behindMs = NOW_MS - (timeOfEventId(await events.latestCursor()) ?? 0);
      expect(behindMs).toBeGreaterThan(0);
      expect(behindMs).toBeLessThanOrEqual(60_000);
    },
  );

  it('keeps the last id when the last page is empty', async () => {
    const { events } = district(page([idAt(1)], `/v3.1/events?starting_after=${idAt(1)}`), page([]));
    expect(await events.latestCursor()).toBe(idAt(1));
  });

  it('begins at the oldest event when Clever refuses a position between events', async () => {
    const { events, asked } = district(new Response('{}', { status: 400 }), page([idAt(3)]));
    expect(await events.latestCursor()).toBe(idAt(3));
    expect(asked()).toEqual([recent(2), '/v3.1/events?limit=1000']);
  });

  it('throws errors that are not about the position', async () => {
    const off = () => new Response('', { status: 404 });
    const { events, seen } = district(new Response('', { status: 401 }), off(), off());
    await expect(events.latestCursor()).rejects.toMatchObject({ code: 'authentication' });
    expect(seen).toHaveLength(1);
    await expect(events.latestCursor()).rejects.toThrow(CleverNotFoundError);
  });

  it('takes only the options of a request', async () => {
    const { events } = district();
    await expect(events.latestCursor({ signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow('stop');
    await expect(events.latestCursor({ school: 's' } as object)).rejects.toThrow(/no option `school`/);
  });
});

describe('the time in an event id', () => {
  it('matches that of a captured event, and is undefined for anything else', () => {
    expect(timeOfEventId('64206e4431f12f05cc49076f')).toBe(Date.parse('2023-03-26T16:09:40.000Z'));
    expect(timeOfEventId('64206e44')).toBeUndefined();
    expect(timeOfEventId('zz206e4431f12f05cc49076f')).toBeUndefined();
    expect(timeOfEventId(eventIdAt(NOW_MS))).toBe(NOW_MS);
  });
});
