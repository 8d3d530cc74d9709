import { type Grade, gradeSchema } from 'clever-sdk/schemas';
import { describe, expectTypeOf, it } from 'vitest';
import * as z from 'zod';
import { looseRecord, optional } from '../../../src/schemas/loose.js';
import type { RecordTypes } from '../../../src/schemas/record.js';

/** Never called: the calls below are only compiled. */
const unreached = (check: () => unknown): void => void check;

interface Sample {
  id: string;
  note?: string | null;
  grade: Grade;
  parts: { name?: string | null }[];
}

describe('looseRecord', () => {
  const name = looseRecord<{ name?: string | null }>()({ name: optional(z.string()) });
  const shape = { id: z.string(), note: optional(z.string()), grade: gradeSchema, parts: z.array(name) };

  it('accepts a schema that is equal to its interface', () => {
    expectTypeOf<z.output<ReturnType<typeof equal>>>().toEqualTypeOf<Sample>();
    function equal() {
      return looseRecord<Sample>()(shape);
    }
  });

  it('does not compile with any other', () => {
    unreached(() => {
      const { note: _, ...withoutNote } = shape;
      // @ts-expect-error a missing member
      looseRecord<Sample>()(withoutNote);
      // @ts-expect-error a superfluous member
      looseRecord<Sample>()({ ...shape, extra: z.string() });
      // @ts-expect-error a narrower member: not nullable
      looseRecord<Sample>()({ ...shape, note: z.exactOptional(z.string()) });
      // @ts-expect-error a narrower member: required
      looseRecord<Sample>()({ ...shape, note: z.nullable(z.string()) });
      // @ts-expect-error a wider member: undefined is not JSON
      looseRecord<Sample>()({ ...shape, note: z.optional(z.nullable(z.string())) });
      // @ts-expect-error a wider member: optional
      looseRecord<Sample>()({ ...shape, id: z.exactOptional(z.string()) });
      // @ts-expect-error a different type
      looseRecord<Sample>()({ ...shape, id: z.number() });
      // @ts-expect-error a closed enumeration
      looseRecord<Sample>()({ ...shape, grade: z.enum(['1', '2']) });
      // @ts-expect-error a plain string where the interface offers known values
      looseRecord<Sample>()({ ...shape, grade: z.string() });
      // @ts-expect-error a nested difference
      looseRecord<Sample>()({ ...shape, parts: z.array(z.object({ name: z.string() })) });
      // @ts-expect-error a default: input and output differ
      looseRecord<Sample>()({ ...shape, id: z.string().default('') });
      // @ts-expect-error a transform: input and output differ
      looseRecord<Sample>()({ ...shape, id: z.coerce.string() });
      // @ts-expect-error an untyped schema
      looseRecord<Sample>()({ ...shape, id: z.any() });
    });
  });
});

describe('the types of records', () => {
  it('are all known', () => {
    expectTypeOf<RecordTypes[keyof RecordTypes]>().not.toBeAny();
  });
});
