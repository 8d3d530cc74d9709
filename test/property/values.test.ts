import { compact, normalizeGrade, normalizeSubject, parseDob } from 'clever-sdk';
import {
  disabilityCode,
  fromCedsGrade,
  fromCedsLanguage,
  fromCedsRace,
  fromCedsSex,
  fromCedsSubject,
  gradeOrder,
  gradesBetween,
  homeLanguageCode,
  KNOWN_GRADES,
  KNOWN_SUBJECTS,
  parseTermDate,
  parseTimestamp,
  plainDateToString,
  toCedsGrade,
  toCedsLanguage,
  toCedsRace,
  toCedsSex,
  toCedsSubject,
} from 'clever-sdk/values';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** Any value, biased towards near misses of grades, subjects and dates. */
const anything = fc.oneof(
  fc.anything(),
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^(?:Grade |Gr)?[ -]?\d{0,2}(?:th|st|nd|-)?\d?$/u),
  fc.stringMatching(/^\d{1,4}[-/]\d{1,2}[-/]\d{1,4}(?:T\d\d:\d\d(?:Z)?)?$/u),
  fc.constantFrom<string>(...KNOWN_GRADES, ...KNOWN_SUBJECTS, 'toString', '__proto__', '\uD800'),
);

/** A text with changed case and spacing. */
const disguised = (text: string) =>
  fc
    .tuple(fc.constantFrom('', ' ', '\t'), fc.func(fc.boolean()), fc.constantFrom('', ' ', '.'))
    .map(([before, isUpper, after]) => {
      const letters = [...text].map((letter, index) => (isUpper(index) ? letter.toUpperCase() : letter.toLowerCase()));
      return before + letters.join('') + after;
    });

const dates = fc
  .date({ min: new Date('0001-01-01T00:00:00.000Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => ({ date, year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }));

describe('normalizers', () => {
  it.each([
    ['normalizeGrade', normalizeGrade, KNOWN_GRADES],
    ['normalizeSubject', normalizeSubject, KNOWN_SUBJECTS],
  ] as const)('%s is total, honest and idempotent', (_, normalize, known) => {
    fc.assert(
      fc.property(anything, (raw) => {
        const answer = normalize(raw);
        expect(Object.is(answer.raw, raw)).toBe(true);
        expect(answer.isKnown).toBe(answer.value !== undefined);
        if (answer.value !== undefined) {
          expect(known).toContain(answer.value);
        }
        expect(normalize(answer.value).value).toBe(answer.value);
        expect(normalize(raw)).toStrictEqual(answer);
      }),
    );
  });

  it('ignore case, spaces and punctuation', () => {
    const values = fc.constantFrom(...KNOWN_GRADES);
    const pairs = values.chain((value) => fc.tuple(fc.constant(value), disguised(value)));
    fc.assert(
      fc.property(pairs, ([value, raw]) => {
        expect(normalizeGrade(raw).value).toBe(value);
      }),
    );
  });
});

describe('all other functions', () => {
  it.each(
    Object.entries({
      disabilityCode,
      fromCedsGrade,
      fromCedsLanguage,
      fromCedsRace,
      fromCedsSex,
      fromCedsSubject,
      gradeOrder,
      homeLanguageCode,
      parseDob,
      parseTermDate,
      parseTimestamp,
      toCedsGrade,
      toCedsLanguage,
      toCedsRace,
      toCedsSex,
      toCedsSubject,
    }),
  )('%s is total and deterministic', (_, translate) => {
    fc.assert(
      fc.property(anything, (raw) => {
        expect(translate(raw)).toStrictEqual(translate(raw));
      }),
    );
  });

  it('gradesBetween is in order, without gaps, and from low to high', () => {
    fc.assert(
      fc.property(anything, anything, (low, high) => {
        const grades = gradesBetween(low, high);
        if (grades.length < 2) {
          return;
        }
        expect(grades[0]).toBe(normalizeGrade(low).value);
        expect(grades.at(-1)).toBe(normalizeGrade(high).value);
        const first = gradeOrder(low) ?? Number.NaN;
        expect(grades.map(gradeOrder)).toEqual(grades.map((_grade, index) => first + index));
      }),
    );
  });
});

describe('dates', () => {
  it('are parsed from every form', () => {
    fc.assert(
      fc.property(dates, ({ date, ...plain }) => {
        const text = plainDateToString(plain);
        expect(text).toBe(date.toISOString().slice(0, 10));
        expect(parseDob(`${plain.month}/${plain.day}/${String(plain.year).padStart(4, '0')}`)).toStrictEqual(plain);
        for (const form of [text, date.toISOString(), `${text} 00:00:00.000000`]) {
          expect(parseDob(form)).toStrictEqual(plain);
          expect(parseTermDate(form)).toStrictEqual(plain);
        }
        expect(parseTimestamp(date.toISOString())).toStrictEqual(date);
      }),
    );
  });

  it('are calendar days, or undefined', () => {
    const part = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(part, part, fc.integer({ min: 1000, max: 9999 }), (month, day, year) => {
        const date = new Date(Date.UTC(year, month - 1, day));
        const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
        expect(parseDob(`${month}/${day}/${year}`)).toStrictEqual(isReal ? { year, month, day } : undefined);
      }),
    );
  });
});

describe('compact', () => {
  const json: fc.Arbitrary<unknown> = fc.jsonValue({ maxDepth: 5 });

  it('is idempotent, does not change its argument, and leaves no empty member', () => {
    fc.assert(
      fc.property(json, (value) => {
        const before = structuredClone(value);
        const once = compact(value);
        expect(compact(once)).toStrictEqual(once);
        expect(value).toStrictEqual(before);
        expect(emptyMembers(once)).toEqual([]);
      }),
    );
  });

  it('keeps everything else', () => {
    fc.assert(
      fc.property(json, (value) => {
        const full = compact(value);
        expect(compact(withEmptyMembers(full))).toStrictEqual(full);
      }),
      { examples: [[{ a: [{ b: {} }] }]] },
    );
  });

  function emptyMembers(value: unknown): unknown[] {
    if (typeof value !== 'object' || value === null) {
      return [];
    }
    const members = Object.values(value);
    const own = Array.isArray(value) ? [] : members.filter((member) => member === '' || member === null);
    return [...own, ...members.flatMap(emptyMembers)];
  }

  function withEmptyMembers(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map(withEmptyMembers);
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const members = Object.entries(value).map(([key, member]) => [key, withEmptyMembers(member)] as const);
    return Object.fromEntries([...members, ['\0empty', ''], ['\0null', null], ['\0missing', undefined]]);
  }
});
