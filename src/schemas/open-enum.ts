import * as z from 'zod';
import type { OpenEnum } from '../values/known.js';

/** The schema of an open enumeration. */
export type OpenEnumSchema<Known extends string> = z.ZodType<OpenEnum<Known>, OpenEnum<Known>>;

/**
 * A string with known values: any string parses, `''` included, and the type offers the known ones. `z.enum` would refuse
 * the value that Clever adds tomorrow.
 *
 * @param known - The known values; they become the `examples` of the JSON Schema.
 */
export function openEnum<const Known extends string>(known: readonly Known[]): OpenEnumSchema<Known> {
  return z.string().meta({ examples: [...known] }) as unknown as OpenEnumSchema<Known>;
}
