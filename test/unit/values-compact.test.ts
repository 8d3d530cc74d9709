import { compact } from 'clever-sdk';
import { describe, expect, it } from 'vitest';

describe('compact', () => {
  it('omits empty members, at every depth', () => {
    const record = {
      id: '1',
      email: '',
      title: null,
      phone: undefined,
      name: { first: 'Ada', middle: '', last: 'Byron' },
      roles: { student: { grade: '', location: { city: 'Springfield', zip: null } } },
      enrollments: [{ school: 's1', start_date: '' }, { school: 's2' }],
    };
    expect(compact(record)).toStrictEqual({
      id: '1',
      name: { first: 'Ada', last: 'Byron' },
      roles: { student: { location: { city: 'Springfield' } } },
      enrollments: [{ school: 's1' }, { school: 's2' }],
    });
  });

  it('keeps every other value', () => {
    const record = { zero: 0, no: false, space: ' ', empty: {}, none: [], list: ['', null, 'a', ['']] };
    expect(compact(record)).toStrictEqual(record);
    expect(compact({ location: { city: '' } })).toStrictEqual({ location: {} });
  });

  it.each(['', 'text', 0, true, null, undefined])('returns %j unchanged', (value) => {
    expect(compact(value)).toBe(value);
  });

  it('makes a copy, and does not change the record or instances of classes', () => {
    const date = new Date(0);
    const record = Object.freeze({
      list: Object.freeze([Object.freeze({ note: '' })]),
      date,
      bare: Object.create(null),
    });
    const copy = compact(record);
    expect(record.list).toEqual([{ note: '' }]);
    expect(copy.list).toEqual([{}]);
    expect(copy.date).toBe(date);
  });

  it('keeps a member named __proto__ as a member', () => {
    const copy = compact(JSON.parse('{"__proto__":{"polluted":"yes","note":""},"id":""}'));
    expect(Object.keys(copy)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"polluted":"yes"}}');
  });

  it('copies a value that contains itself, with the same shape', () => {
    const record: Record<string, unknown> = { id: '1', note: '', list: [null] };
    record['self'] = record;
    (record['list'] as unknown[]).push(record);
    const copy = compact(record) as Record<string, unknown>;
    expect(copy).not.toBe(record);
    expect(Object.keys(copy)).toEqual(['id', 'list', 'self']);
    expect(copy['self']).toBe(copy);
    expect(copy['list']).toEqual([null, copy]);
  });

  it('copies 30,000 levels', () => {
    const deep = JSON.parse(`${'{"note":"","a":['.repeat(30_000)}${']}'.repeat(30_000)}`) as object;
    let inside: unknown = compact(deep);
    let levels = 0;
    while (inside !== undefined) {
      expect(Object.keys(inside as object)).toEqual(['a']);
      inside = (inside as { a: unknown[] }).a[0];
      levels += 1;
    }
    expect(levels).toBe(30_000);
  });
});
