import { createCleverClient, isCleverError } from 'clever-sdk';
import * as values from 'clever-sdk/values';
import { describe, expect, it } from 'vitest';
import { double } from '../support/double.js';

/*
 * Texts of a million characters, made for patterns that go back at each of them. Such a pattern needs some 10^12 steps,
 * hours, for one text; the time limit of a test is the measure.
 */

const MANY = 1_000_000;
const PUMPED = [
  '.',
  ' ',
  '. ',
  '"',
  '"a',
  "'a ",
  '(',
  '!',
  'a!',
  '-',
  ' -',
  '1-',
  '&',
  'frl ',
  'frl_',
  'a',
  '<',
  '/',
  '=',
];
const texts = PUMPED.flatMap((part) => [part.repeat(MANY / part.length), `${part.repeat(MANY / part.length)}x`]);

describe('a long text from outside is read in one go', () => {
  it.each(texts.map((text) => [text.slice(0, 4), text.at(-1), text]))(
    'the message of an error: %s…%s',
    async (_, __, text) => {
      const answers = [Response.json({ message: text }, { status: 400 }), new Response(text, { status: 400 })];
      for (const answer of answers) {
        const { fetch } = double(answer);
        const district = createCleverClient({ fetch, retry: false }).district({ token: 'token' });
        const error: unknown = await district.users
          .list()
          .firstPage()
          .catch((thrown: unknown) => thrown);
        expect(isCleverError(error)).toBe(true);
        expect((error as Error).message.length).toBeLessThan(1_000);
      }
    },
  );

  const normalizers = Object.entries(values as Readonly<Record<string, unknown>>).flatMap(([name, value]) =>
    typeof value === 'function' && /^(?:normalize|parse|homeLanguage|disability)/u.test(name)
      ? [[name, value as (raw: string) => unknown] as const]
      : [],
  );

  it.each(normalizers)('a value for %s', (_, normalize) => {
    for (const text of PUMPED.map((part) => part.repeat(MANY / 5 / part.length))) {
      normalize(`${text}x`);
    }
    expect(normalizers.length).toBeGreaterThan(4);
  });
});
