import * as z from 'zod';
import { looseRecord, optional } from './loose.js';

/**
 * A course. Clever derives it from section data, so it belongs to the whole district and its id is not stable.
 *
 * Clever guarantees `id` and `district`.
 */
export interface Course {
  id: string;
  /** Id of the district. */
  district: string;
  name?: string | null;
  number?: string | null;
}

/** Schema of {@link Course}. */
export const courseSchema = looseRecord<Course>()({
  id: z.string(),
  district: z.string(),
  name: optional(z.string()),
  number: optional(z.string()),
}).meta({ title: 'Course', description: 'A course of the district, built by Clever from section data.' });
