import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyMsOf, type QuietHours, quietUntil, resolveSchedule } from '../../src/sync/schedule.js';
import { shareOf } from '../../src/util/share-of.js';

const DISTRICT = { districtId: 'd00000000000000000000001', name: 'Tiny' };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The end of the quiet hours, without what spreads districts. */
function endOf(quietHours: QuietHours, now: Date | string): string | undefined {
  return quietUntil(resolveSchedule({ quietHours, every: 1 }), DISTRICT, new Date(now))?.toISOString();
}

describe('quiet hours', () => {
  const night = { from: '22:00', to: '06:30', timeZone: 'America/Chicago' };
  const school = { from: '07:00', to: '15:00', timeZone: 'America/New_York' };

  it.each([
    // Chicago's clocks show UTC less 6 hours in winter, and less 5 in summer.
    ['before midnight', night, '2026-01-15T04:00:00Z', '2026-01-15T12:30:00.000Z'],
    ['after midnight', night, '2026-01-15T12:29:59.999Z', '2026-01-15T12:30:00.000Z'],
    ['at their end', night, '2026-01-15T12:30:00Z', undefined],
    ['just before they begin', night, '2026-01-15T03:59:59.999Z', undefined],
    ['in summer', night, '2026-07-15T03:00:00Z', '2026-07-15T11:30:00.000Z'],
    ['in the night that loses an hour', night, '2026-03-08T04:00:00Z', '2026-03-08T11:30:00.000Z'],
    ['in the night that has an hour twice', night, '2026-11-01T03:00:00Z', '2026-11-01T12:30:00.000Z'],
    ['within a day', school, '2026-01-15T12:00:00Z', '2026-01-15T20:00:00.000Z'],
    ['outside within a day', school, '2026-01-15T11:59:59Z', undefined],
    // 02:30 does not exist that night: the clocks go from 02:00 to 03:00.
    [
      'that end in the lost hour',
      { from: '22:00', to: '02:30', timeZone: 'America/Chicago' },
      '2026-03-08T07:59:00Z',
      '2026-03-08T08:00:00.000Z',
    ],
    // 01:30 comes twice: the first one ends them, and then they come once more.
    [
      'that end in the hour that comes twice',
      { from: '22:00', to: '01:30', timeZone: 'America/Chicago' },
      '2026-11-01T06:00:00Z',
      '2026-11-01T06:30:00.000Z',
    ],
    [
      'in the hour that comes a second time',
      { from: '22:00', to: '01:30', timeZone: 'America/Chicago' },
      '2026-11-01T07:10:00Z',
      '2026-11-01T07:30:00.000Z',
    ],
    [
      'where clocks are changed by half an hour',
      { from: '20:00', to: '05:00', timeZone: 'Australia/Lord_Howe' },
      '2026-04-04T12:00:00Z',
      '2026-04-04T18:30:00.000Z',
    ],
    [
      'where the offset has minutes',
      { from: '20:00', to: '05:15', timeZone: 'Asia/Kathmandu' },
      '2026-04-04T18:00:00Z',
      '2026-04-04T23:30:00.000Z',
    ],
  ])('%s', (_, quietHours, now, end) => {
    expect(endOf(quietHours, now)).toBe(end);
  });

  const ZONES = [
    ...['America/Chicago', 'America/New_York', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'],
    ...['America/St_Johns', 'Pacific/Chatham', 'Africa/Casablanca', 'Pacific/Honolulu'],
  ];
  const time = fc
    .tuple(fc.nat(23), fc.nat(59))
    .map((numbers) => numbers.map((number) => String(number).padStart(2, '0')).join(':'));
  const moment = fc.oneof(
    fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2030, 0) }),
    // The days on which clocks are changed in some of these zones.
    fc
      .tuple(
        fc.constantFrom(
          '2026-03-08',
          '2026-11-01',
          '2026-03-29',
          '2026-10-25',
          '2026-04-04',
          '2026-10-03',
          '2026-02-15',
        ),
        fc.integer({ min: -20 * 60, max: 40 * 60 }),
      )
      .map(([day, minutes]) => Date.parse(day) + minutes * MINUTE),
  );

  it('end at the first minute that is outside, in any zone and on any day', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), time, time, moment, (timeZone, from, to, at) => {
        fc.pre(from !== to);
        const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
        const isQuiet = (now: number): boolean => {
          const local = clock.format(now);
          return from < to ? from <= local && local < to : from <= local || local < to;
        };
        const now = Math.floor(at / MINUTE) * MINUTE;
        let end: number | undefined;
        for (let minute = now; isQuiet(minute); ) {
          minute += MINUTE;
          end = minute;
        }
        expect(endOf({ from, to, timeZone }, new Date(now))).toBe(
          end === undefined ? undefined : new Date(end).toISOString(),
        );
      }),
    );
  });

  it('spread districts over the time until the next run, and over no more than the hours in between', () => {
    const until = (every: number, districtId: string): number => {
      const schedule = resolveSchedule({ quietHours: night, every });
      const end = Date.parse('2026-01-15T12:30:00Z');
      return (
        (quietUntil(schedule, { ...DISTRICT, districtId }, new Date('2026-01-15T05:00:00Z'))?.getTime() ?? 0) - end
      );
    };
    const ids = Array.from({ length: 200 }, (_, n) => `5f${String(n).padStart(22, '0')}`);
    for (const [every, most] of [
      [6 * HOUR, 6 * HOUR],
      // 06:30 to 22:00.
      [48 * HOUR, 15.5 * HOUR],
    ] as const) {
      const spread = ids.map((id) => until(every, id));
      expect(Math.min(...spread)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...spread)).toBeLessThan(most);
      const quarters = [0, 1, 2, 3].map(
        (quarter) => spread.filter((ms) => Math.floor((ms / most) * 4) === quarter).length,
      );
      // Fifty each, give or take.
      expect(Math.min(...quarters)).toBeGreaterThan(30);
      expect(spread).toEqual(ids.map((id) => until(every, id)));
    }
  });

  it('may differ between districts, and be none', () => {
    const schedule = resolveSchedule({
      every: ({ name }) => (name === 'Tiny' ? 1 : '6h'),
      quietHours: ({ districtId }) => (districtId === DISTRICT.districtId ? night : undefined),
    });
    const now = new Date('2026-01-15T05:00:00Z');
    expect(quietUntil(schedule, DISTRICT, now)?.toISOString()).toBe('2026-01-15T12:30:00.000Z');
    expect(quietUntil(schedule, { ...DISTRICT, districtId: 'other' }, now)).toBeUndefined();
    expect([everyMsOf(schedule, DISTRICT), everyMsOf(schedule, { ...DISTRICT, name: undefined })]).toEqual([
      1,
      6 * HOUR,
    ]);
  });
});

describe('the share of a text', () => {
  it('is even, also over ids that differ in their last digit only', () => {
    const shares = Array.from({ length: 16 }, (_, n) => shareOf(`d0000000000000000000000${n.toString(16)}`)).sort(
      (one, other) => one - other,
    );
    const gaps = shares.map((share, at) => share - (shares[at - 1] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(0.35);
    expect(shares[0]).toBeGreaterThanOrEqual(0);
    expect(shares.at(-1)).toBeLessThan(1);
  });
});

describe('a schedule', () => {
  const quietHours = { from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' };

  it.each([
    [{ every: '6' }, '`every` must be a length of time'],
    [{ every: 0 }, '`every` must be a length of time'],
    [{ every: null }, '`every` must be a length of time'],
    [{ quietHours: 'night' }, '`quietHours` must be'],
    [{ quietHours: null }, '`quietHours` must be'],
    [{ quietHours: { ...quietHours, from: '24:00' } }, '`quietHours.from` must be a time'],
    [{ quietHours: { ...quietHours, to: '6:00' } }, '`quietHours.to` must be a time'],
    [{ quietHours: { ...quietHours, to: undefined } }, '`quietHours.to` must be a time'],
    [{ quietHours: { ...quietHours, to: '22:00' } }, 'must be different times'],
    [{ quietHours: { ...quietHours, timeZone: 'Europe/Chicago' } }, '`quietHours.timeZone` must be the name'],
    [{ quietHours: { ...quietHours, timeZone: undefined } }, '`quietHours.timeZone` must be the name'],
    [{ quietHours: { ...quietHours, zone: 'UTC' } }, '`quietHours` has no option `zone`'],
    [{ backOff: '30s' }, '`backOff` must be an object'],
    [{ backOff: { first: 'soon' } }, '`backOff.first` must be a length of time'],
    [{ backOff: { most: -1 } }, '`backOff.most` must be a length of time'],
    [{ backOff: { least: '1s' } }, '`backOff` has no option `least`'],
    [{ backOff: { first: '2m', most: '1m' } }, 'must not be shorter'],
  ])('refuses %j', (options, message) => {
    expect(() => resolveSchedule(options as never)).toThrow(expect.objectContaining({ code: 'config' }));
    expect(() => resolveSchedule(options as never)).toThrow(message);
  });

  it('checks what functions return, and keeps what they throw to itself', () => {
    const bad = resolveSchedule({ every: () => 'often' as never, quietHours: () => 'never' as never });
    expect(() => everyMsOf(bad, DISTRICT)).toThrow('`every` must be a length of time');
    expect(() => quietUntil(bad, DISTRICT, new Date())).toThrow('`quietHours` must be');
    const failing = resolveSchedule({
      every: () => {
        throw new Error('CANARY');
      },
    });
    expect(() => everyMsOf(failing, DISTRICT)).toThrow(expect.objectContaining({ code: 'config' }));
    expect(() => everyMsOf(failing, DISTRICT)).toThrow(/^(?!.*CANARY).*`every` failed for a district/u);
  });

  it('takes what is not given from another one', () => {
    const base = resolveSchedule({ every: '1h', quietHours, backOff: { first: '1m', most: '2m' } });
    expect(resolveSchedule({}, base)).toEqual(base);
    expect(resolveSchedule({ every: '2h' }, base)).toEqual({ ...base, every: '2h' });
    expect(resolveSchedule({})).toEqual({
      every: '6h',
      quietHours: undefined,
      firstBackOffMs: 30_000,
      mostBackOffMs: HOUR,
    });
    // A first back-off above the default of `most` raises that.
    expect(resolveSchedule({ backOff: { first: '2h' } })).toMatchObject({ mostBackOffMs: 2 * HOUR });
  });
});
