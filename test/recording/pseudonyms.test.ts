import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Pseudonyms } from '../../src/recording/pseudonyms/pseudonyms.js';
import '../support/property-seed.js';

/** Pseudonyms that know a text of the source. */
function knowing(...texts: readonly string[]): Pseudonyms {
  const pseudonyms = new Pseudonyms();
  pseudonyms.avoid(texts);
  return pseudonyms;
}

describe('the stand-in of a text', () => {
  it.for([
    ["O'Brien", /^\p{Lu}\p{Ll}*'\p{Lu}\p{Ll}+$/u],
    ['María José', /^\p{Ll}*[áéíóúüñç]\p{Ll}* \p{Ll}*[áéíóúüñç]\p{Ll}*$/iu],
    ['Anna  Lee', /^\p{Lu}\p{Ll}+ {2}\p{Lu}\p{Ll}+$/u],
    ['Ada 🎉', /^\p{Lu}\p{Ll}{1,4} \p{Extended_Pictographic}$/u],
    ['王小明', /^\p{Script=Han}{3,5}$/u],
    ['Иванова', /^\p{Script=Cyrillic}{6,8}$/u],
    ['SMITH', /^[A-Z]{3,5}$/u],
    ['ann.lee@school.k12.ny.us', /^[a-z]+\.[a-z]+@[a-z]+\.[a-z]\w*\.[a-z]+\.example$/u],
    ['no-at-sign', /^[a-z]+-[a-z]+-[a-z]+$/u],
    ['00412', /^0\d{4}$/u],
    ['6202763c8243d2100123dae5', /^[0-9a-f]{24}$/u],
    ['1/16/2014', /^\d{1,2}\/\d{1,2}\/\d{4}$/u],
    ['(212) 736-5000', /^\(\d{3}\) 555-01\d\d$/u],
    ['https://clever.com/in/lincoln', /^https:\/\/[0-9a-f]{10}\.example\/$/u],
    [' ', /^ $/u],
    ['', /^$/u],
  ] as const)('%s keeps its form', ([text, form]) => {
    expect(knowing(text).text(text)).toMatch(form);
  });

  it('is the same for the same text, and another in another recording', () => {
    const [one, other] = [knowing('Johnson'), knowing('Johnson')];
    expect(one.text('Algebra - Johnson')).toContain(one.text('Johnson'));
    expect(new Set([one.text('Johnson Kowalski Andersen'), other.text('Johnson Kowalski Andersen')]).size).toBe(2);
  });

  it('is the same at any time, also for ids and dates of no record', () => {
    vi.useFakeTimers({ now: Date.parse('2026-01-01') });
    onTestFinished(() => void vi.useRealTimers());
    const pseudonyms = knowing('6202763c8243d2100123dae5', '2026-01-01');
    const standIns = () => ['6202763c8243d2100123dae5', '2026-01-01'].map((text) => pseudonyms.text(text));
    const before = standIns();
    vi.setSystemTime(Date.parse('2026-03-03T03:03:03Z'));
    expect(standIns()).toEqual(before);
  });

  it('is given to one number only', () => {
    const numbers = Array.from({ length: 900 }, (_, index) => String(10_000 + index));
    const pseudonyms = knowing(...numbers);
    const standIns = new Set(numbers.map((number) => pseudonyms.text(number)));
    expect(standIns.size).toBe(900);
    expect(numbers.filter((number) => standIns.has(number))).toEqual([]);
  });

  it('has no word or number of the source that says something by itself', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { minLength: 1, maxLength: 30 }),
        (texts) => {
          const pseudonyms = knowing(...texts);
          const words = (text: string): string[] =>
            (text.match(/\p{L}[\p{L}\p{M}]*|\p{Nd}+/gu) ?? [])
              .map((word) => word.toLowerCase())
              .filter((word) => [...word].length > 2);
          const source = new Set(texts.flatMap(words));
          expect(
            texts
              .map((text) => pseudonyms.text(text))
              .flatMap(words)
              .filter((word) => source.has(word)),
          ).toEqual([]);
        },
      ),
    );
  });
});

describe('the stand-in of any value', () => {
  it('has the same shape, and other names and values', () => {
    const source = { MarkedKey: ['MarkedValue', 48_213, { 'Deep Marked Key': null }], empty: '' };
    const pseudonyms = new Pseudonyms();
    pseudonyms.avoid(source);
    const [names, values] = Object.entries(pseudonyms.shape(source) as object)[0] as [string, unknown[]];
    expect(values).toEqual(
      [expect.any(String), expect.any(Number), { [expect.any(String) as never]: null }]
        .slice(0, 2)
        .concat([expect.any(Object)]),
    );
    expect(JSON.stringify([names, values])).not.toMatch(/marked|48213/iu);
    expect(String(values[1])).toHaveLength(5);
  });
});
