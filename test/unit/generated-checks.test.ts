import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { generateChecks } from '../../scripts/generate-checks.ts';

describe('src/checks/checks.ts', () => {
  it('matches the schemas; otherwise run `npm run generate`', () => {
    expect(readFileSync(new URL('../../src/checks/checks.ts', import.meta.url), 'utf8')).toBe(generateChecks());
  });
});

describe('the generator of checks', () => {
  const text = z.string();

  it('writes equal parts once, and names them by their titles', () => {
    const name = () => z.looseObject({ first: text }).meta({ title: 'Name' });
    const code = generateChecks({
      one: z.looseObject({ name: name() }),
      other: z.looseObject({ name: name(), id: text }),
    });
    expect(code.match(/^function \w+/gmu)).toEqual(['function isName', 'function isOne', 'function isOther']);
  });

  it.each<[string, z.ZodType]>([
    ['a refinement', text.min(1)],
    ['a refinement', z.looseObject({ id: text }).refine(() => false)],
    ['a coercion', z.coerce.number()],
    ['an object that is not loose', z.object({ id: text })],
    ['an object that is not loose', z.strictObject({ id: text })],
    ['a record with special keys', z.record(z.enum(['a']), text)],
    ['a member that may be absent but not null', z.looseObject({ id: z.exactOptional(text) })],
    ["the zod type 'enum'", z.enum(['a'])],
    ["the zod type 'pipe'", text.transform((value) => value.length)],
    ["the zod type 'default'", text.default('')],
    ["the zod type 'tuple'", z.tuple([text])],
    [
      'a union whose options no single literal distinguishes',
      z.discriminatedUnion('a', [z.looseObject({ a: z.enum(['b']) })]),
    ],
  ])('refuses %s instead of overlooking it (%#)', (what, schema) => {
    expect(() => generateChecks({ kind: schema })).toThrow(`generate-checks.ts cannot write a check for ${what}.`);
    const inside = z.looseObject({ list: z.array(z.nullable(schema)) });
    expect(() => generateChecks({ kind: inside })).toThrow(what);
  });

  it('refuses two checks with one name', () => {
    const titled = (key: string) => z.looseObject({ [key]: text }).meta({ title: 'Thing' });
    expect(() => generateChecks({ a: titled('a'), b: titled('b') })).toThrow('Two different checks');
  });
});
