import { createCleverClient } from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import { double, listOf } from '../support/double.js';
import { rejection } from '../support/outcomes.js';
import { printed } from '../support/printed.js';

/** Clients whose requests are answered from a script. */
function open(...script: Parameters<typeof double>) {
  const { fetch } = double(...script);
  const clever = createCleverClient({ fetch, retry: false });
  return { ...clever.district({ token: 't' }), user: clever.user({ token: 't' }) };
}

const REFUSED = { code: 'connection', reason: 'envelope', attempts: 1, isRetryable: false };
const collect = async (items: AsyncIterable<{ id: string }>): Promise<string[]> => {
  const found: string[] = [];
  for await (const { id } of items) {
    found.push(id);
  }
  return found;
};

describe('a success that reports an error', () => {
  it.each([
    { error: 'canary', data: [] },
    { error: { message: 'canary' }, data: [] },
    { code: 91, error: 'Resource not found', data: {} },
    { code: 91, error: 'Resource not found', data: [] },
    { code: 91, data: [] },
    { message: 'canary', data: [], links: [] },
    { errors: ['canary'], data: [] },
    { error: 'canary', data: [{ data: { id: 'x' } }], links: [] },
    { error: 'canary', resources: [] },
    { error: 'canary', data: { id: 'x' } },
    { error: 'canary', count: 0, data: { id: 'x', count: 0 } },
    { error: 'invalid_token', sub: 'x' },
    { code: 91, error: 'canary', type: 'user', data: { id: 'x', district: 'd' } },
  ])('%j is none of Clever’s envelopes, in no call', async (answer) => {
    const calls = [
      (to: ReturnType<typeof open>) => collect(to.users.list()),
      (to: ReturnType<typeof open>) => to.users.list().firstPage(),
      (to: ReturnType<typeof open>) => collect(to.users.list({ parallel: 4 })),
      (to: ReturnType<typeof open>) => to.users.get('x'),
      (to: ReturnType<typeof open>) => to.users.getDistrict('x'),
      (to: ReturnType<typeof open>) => to.users.count(),
      (to: ReturnType<typeof open>) => to.user.me(),
      (to: ReturnType<typeof open>) => to.user.userinfo(),
    ];
    for (const call of calls) {
      const error = await rejection(call(open(answer)));
      expect(error).toMatchObject(REFUSED);
      expect(printed(error)).not.toContain('canary');
    }
  });

  it('is told from one that says that nothing is wrong', async () => {
    for (const nothing of [
      { error: null },
      { error: '' },
      { errors: [] },
      { code: 0 },
      { code: 200 },
      { error: false },
    ]) {
      expect(await collect(open({ ...nothing, ...listOf([{ id: 'x' }]) }).users.list())).toEqual(['x']);
    }
  });
});

describe('a single read', () => {
  it.each([
    ['another record', { data: { id: 'y', name: 'canary' } }],
    ['a record without an id', { data: { name: 'canary' } }],
    ['a record with an empty id', { data: { id: '' } }],
    ['a number as id', { data: { id: 7 } }],
    ['nothing', { data: {} }],
    ['null', { data: null }],
    ['a list', { data: [{ id: 'x' }] }],
    ['a page', listOf([{ id: 'x' }])],
    ['a record without an envelope', { id: 'x', name: 'canary' }],
    ['an event without an envelope', { id: 'x', type: 'users.created', data: { object: { id: 'x' } } }],
  ])('refuses %s', async (_, answer) => {
    for (const call of [
      (to: ReturnType<typeof open>) => to.users.get('x'),
      (to: ReturnType<typeof open>) => to.events.get('x'),
    ]) {
      const error = await rejection(call(open(answer)));
      expect(error).toMatchObject(REFUSED);
      expect(printed(error)).not.toContain('canary');
    }
  });

  it('takes an id in other letters, which is the same id', async () => {
    expect(await open({ data: { id: '5f00aa' } }).users.get('5F00AA')).toEqual({ id: '5f00aa' });
  });

  it('of a relation answers with a record that has an id of its own', async () => {
    expect(await open({ data: { id: 'd' } }).users.getDistrict('x')).toEqual({ id: 'd' });
    expect(await rejection(open({ data: {} }).users.getDistrict('x'))).toMatchObject(REFUSED);
  });

  it('of a submission answers with the student that was asked for', async () => {
    const mine = { assignment_id: 'a', user_id: 'x' };
    expect(await open({ data: mine }).submissions.get('s', 'a', 'x')).toEqual(mine);
    expect(await rejection(open({ data: mine }).submissions.get('s', 'a', 'y'))).toMatchObject(REFUSED);
    expect(await rejection(open({ data: { id: 'b' } }).assignments.get('s', 'a'))).toMatchObject(REFUSED);
  });
});

describe('an element of a list', () => {
  it.each([
    ['without data', { data: null, uri: '/v3.1/users/x' }],
    ['whose data is a text', { data: 'canary' }],
    ['whose data is a list', { data: [{ id: 'canary' }] }],
    ['that is null', null],
  ])('%s ends the listing, and the error leads on to its page', async (_, element) => {
    const next = '/v3.1/users?limit=1000&starting_after=a';
    const to = open(
      listOf([{ id: 'a' }], next),
      { data: [element, { data: { id: 'c' } }], links: [] },
      listOf([{ id: 'b' }, { id: 'c' }]),
    );
    const found: string[] = [];
    const error = (await rejection(
      (async () => {
        for await (const { id } of to.users.list({ prefetch: 0 })) {
          found.push(id);
        }
      })(),
    )) as { cursor: string };
    expect(error).toMatchObject(REFUSED);
    expect(printed(error)).not.toContain('canary');
    found.push(...(await collect(to.users.list({ from: error.cursor }))));
    expect(found).toEqual(['a', 'b', 'c']);
  });

  it('may be wrapped or not, and have other members beside its record', async () => {
    const record = { id: 'a', name: { first: 'A' } };
    for (const element of [
      record,
      { data: record },
      { data: record, uri: 'u', etag: 'e' },
      { id: 'a', data: record },
    ]) {
      expect(
        (
          await open({ data: [element], links: [] })
            .users.list()
            .firstPage()
        ).data,
      ).toEqual([record]);
    }
  });

  it('is an event itself when its `data` holds an object, and is not taken apart', async () => {
    const data = { object: { id: 'u', name: {} }, previous_attributes: {} };
    const event = { id: '64206e4431f12f05cc49076f', type: 'users.updated', created: '2023-03-26T16:09:40.000Z', data };
    const { id: _, ...nameless } = event;
    for (const [element, record] of [
      [event, event],
      [{ data: event, uri: '/v3.1/events/x' }, event],
      [nameless, nameless],
      [
        { ...event, data: null },
        { ...event, data: null },
      ],
      [
        { ...event, data: { object: null } },
        { ...event, data: { object: null } },
      ],
    ]) {
      const { events } = open({ data: [element], links: [] });
      expect((await events.list().firstPage()).data).toEqual([record]);
    }
  });
});
