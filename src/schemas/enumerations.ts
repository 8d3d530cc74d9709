import * as z from 'zod';
import { KNOWN_GRADES } from '../values/grade.js';
import type { OpenEnum } from '../values/known.js';
import { KNOWN_SUBJECTS } from '../values/subject.js';

/** The schema of an open enumeration. */
export type OpenEnumSchema<Known extends string> = z.ZodType<OpenEnum<Known>, OpenEnum<Known>>;

/**
 * Returns the schema of a string with known values: any string parses, including `''`, and the type
 * suggests the known ones. `z.enum` would refuse values that Clever adds later.
 *
 * @param known - The known values; they become the `examples` of the JSON Schema.
 */
export function openEnum<const Known extends string>(known: readonly Known[]): OpenEnumSchema<Known> {
  return z.string().meta({ examples: [...known] }) as unknown as OpenEnumSchema<Known>;
}

/** Schema of a grade: any string parses, and the type suggests Clever's values. */
export const gradeSchema = openEnum(KNOWN_GRADES).meta({
  title: 'Grade',
  description: "A grade in Clever's spelling, or any other text.",
});

/** Schema of a section's subject: any string parses, and the type suggests Clever's values. */
export const subjectSchema = openEnum(KNOWN_SUBJECTS).meta({
  title: 'Subject',
  description: "A subject in Clever's spelling, or any other text.",
});
