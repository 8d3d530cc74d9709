import * as z from 'zod';
import { loose, type ObjectSchema, optional } from './loose.js';

/** A partial record: every member, at every depth, may be missing or `null`. Lists are complete. */
export type DeepPartial<T> = T extends string | number | boolean | null | undefined | readonly unknown[]
  ? T
  : string extends keyof T
    ? T
    : { [Key in keyof T]?: DeepPartial<T[Key]> | null };

/** A record of which only the id is guaranteed. */
export type Sparse<T extends { id: string }> = { id: string } & {
  [Key in Exclude<keyof T, 'id'>]?: DeepPartial<T[Key]> | null;
};

/** Returns the schema of {@link DeepPartial}: the same members, none of them required. */
export function deepPartial<T extends object>(schema: ObjectSchema<T>): z.ZodType<DeepPartial<T>, DeepPartial<T>> {
  return loose(partialShape(schema)) as unknown as z.ZodType<DeepPartial<T>, DeepPartial<T>>;
}

/** Returns the schema of {@link Sparse}: `id` is required, everything else is as in {@link deepPartial}. */
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

/** Returns a member's schema without its optional and nullable wrappers. */
function unwrapped(schema: z.core.SomeType): z.core.SomeType {
  return schema instanceof z.ZodExactOptional || schema instanceof z.ZodNullable ? unwrapped(schema.unwrap()) : schema;
}
