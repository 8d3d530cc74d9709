import * as z from 'zod';
import { loose, type ObjectSchema, optional } from './loose.js';

/** A record of which only parts are there: every member, at every depth, may be missing or `null`. Lists are whole. */
export type DeepPartial<T> = T extends string | number | boolean | null | undefined | readonly unknown[]
  ? T
  : string extends keyof T
    ? T
    : { [Key in keyof T]?: DeepPartial<T[Key]> | null };

/** A record of which only the id is certain. */
export type Sparse<T extends { id: string }> = { id: string } & {
  [Key in Exclude<keyof T, 'id'>]?: DeepPartial<T[Key]> | null;
};

/** The schema of {@link DeepPartial}: the same members, none of them required. */
export function deepPartial<T extends object>(schema: ObjectSchema<T>): z.ZodType<DeepPartial<T>, DeepPartial<T>> {
  return loose(partialShape(schema)) as unknown as z.ZodType<DeepPartial<T>, DeepPartial<T>>;
}

/** The schema of {@link Sparse}: `id` required, everything else as in {@link deepPartial}. */
export function sparse<T extends { id: string }>(schema: ObjectSchema<T>): ObjectSchema<Sparse<T>> {
  return loose({ ...partialShape(schema), id: z.string() }) as unknown as ObjectSchema<Sparse<T>>;
}

function partialShape(schema: z.ZodObject): Record<string, z.ZodExactOptional<z.ZodNullable<z.core.SomeType>>> {
  return Object.fromEntries(
    Object.entries(schema.shape).map(([key, member]) => {
      const inner = unwrapped(member);
      return [key, optional(inner instanceof z.ZodObject ? loose(partialShape(inner)) : inner)];
    }),
  );
}

/** The member itself, without what already makes it optional or nullable. */
function unwrapped(schema: z.core.SomeType): z.core.SomeType {
  return schema instanceof z.ZodExactOptional || schema instanceof z.ZodNullable ? unwrapped(schema.unwrap()) : schema;
}
