import { parseDob } from 'clever-sdk';
import { parseTermDate, parseTimestamp, plainDateToString } from 'clever-sdk/values';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const day = (year: number, month: number, date: number) => ({ year, month, day: date });

const noDates = [
  ...[
    '',
    ' ',
    'yesterday',
    '2014',
    '1/16/14',
    '16/1/2014',
    '0/1/2014',
    '1/0/2014',
    '13/1/2014',
    '2/30/2014',
    '2/29/2015',
  ],
  ...['4/31/2014', '2/29/1900', '1/16/0000', '2014-02-30', '2014-13-01', '2014-00-10', '2014-01-00', '0000-01-01'],
  ...['2014-1-16', '14-01-16', '2014-01-16T', '2014-01-16T25:00:00Z', '2014-01-16T10:60:00Z', '2014-01-16T10:00:61Z'],
  ...['2014-01-16T00:00:00.000Z trailing', '2014/01/16', '1-16-2014', '１/16/2014'],
  ...[null, undefined, 0, 1389830400000, Number.NaN, true, {}, [], ['1/16/2014'], new Date(0)],
];

/** Time zones in which midnight UTC is another day, in both directions. */
describe.each(['Pacific/Kiritimati', 'America/Los_Angeles', 'UTC'])('in the time zone %s', (zone) => {
  beforeEach(() => vi.stubEnv('TZ', zone));
  afterEach(() => vi.unstubAllEnvs());

  it.each([
    ['1/16/2014', day(2014, 1, 16)],
    ['01/06/2014', day(2014, 1, 6)],
    ['12/31/1999', day(1999, 12, 31)],
    ['2/29/2012', day(2012, 2, 29)],
    ['2/29/2000', day(2000, 2, 29)],
    [' 1/16/2014 ', day(2014, 1, 16)],
    ['2014-01-16', day(2014, 1, 16)],
    ['2014-01-16T00:00:00.000Z', day(2014, 1, 16)],
    ['2014-01-16T23:59:59+14:00', day(2014, 1, 16)],
  ])('parseDob(%j)', (raw, expected) => {
    expect(parseDob(raw)).toStrictEqual(expected);
  });

  it.each([
    '2015-08-25',
    '2015-08-25T00:00:00.000Z',
    '2015-08-25 00:00:00.000000',
    '2015-08-25T00:00',
    '2015-08-25t00:00:00z',
  ])('parseTermDate(%j)', (raw) => {
    expect(parseTermDate(raw)).toStrictEqual(day(2015, 8, 25));
  });

  it.each([
    ['2015-08-25T13:45:01.123Z', '2015-08-25T13:45:01.123Z'],
    ['2015-08-25T13:45:01Z', '2015-08-25T13:45:01.000Z'],
    ['2015-08-25T13:45:01.9Z', '2015-08-25T13:45:01.900Z'],
    ['2015-08-25T13:45:01.123999Z', '2015-08-25T13:45:01.123Z'],
    ['2015-08-25 13:45:01+00:00', '2015-08-25T13:45:01.000Z'],
    ['2015-12-31T23:30:00.000-01:00', '2016-01-01T00:30:00.000Z'],
    ['2016-01-01T00:30:00+0530', '2015-12-31T19:00:00.000Z'],
    ['0014-01-16T00:00:00.000Z', '0014-01-16T00:00:00.000Z'],
  ])('parseTimestamp(%j)', (raw, expected) => {
    expect(parseTimestamp(raw)?.toISOString()).toBe(expected);
  });
});

describe('a value that is not a date', () => {
  it.each(noDates)('%j', (raw) => {
    expect(parseDob(raw)).toBeUndefined();
    expect(parseTermDate(raw)).toBeUndefined();
    expect(parseTimestamp(raw)).toBeUndefined();
  });

  it('includes an American date where Clever sends ISO', () => {
    expect(parseTermDate('1/16/2014')).toBeUndefined();
  });

  it.each(['2015-08-25', '2015-08-25T13:45:01', '2015-08-25 00:00:00.000000', '2015-08-25T13:45:01+25:00'])(
    'includes %j as a time without a time zone',
    (raw) => {
      expect(parseTimestamp(raw)).toBeUndefined();
    },
  );
});

describe('plainDateToString', () => {
  it('pads', () => {
    expect(plainDateToString(day(2014, 1, 6))).toBe('2014-01-06');
    expect(plainDateToString(day(33, 12, 31))).toBe('0033-12-31');
  });
});
