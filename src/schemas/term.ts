import * as z from 'zod';
import { looseRecord, optional } from './loose.js';

/**
 * A term. Clever derives it from section data, so it belongs to the whole district, its id is not stable
 * and several terms may share a name (observed).
 *
 * Clever guarantees `id` and `district`.
 */
export interface Term {
  id: string;
  /** Id of the district. */
  district: string;
  name?: string | null;
  /** `2026-08-01` from `/terms`, `2026-08-01T00:00:00.000Z` from `/schools/{id}/terms` (observed). */
  start_date?: string | null;
  /** In the same two forms as `start_date`. */
  end_date?: string | null;
}

/** Schema of {@link Term}. */
export const termSchema = looseRecord<Term>()({
  id: z.string(),
  district: z.string(),
  name: optional(z.string()),
  start_date: optional(z.string()),
  end_date: optional(z.string()),
}).meta({ title: 'Term', description: 'A term of the district, built by Clever from section data.' });
