import * as z from 'zod';
import type { Grade } from '../values/grade.js';
import { gradeSchema } from './enumerations.js';
import { looseRecord, optional } from './loose.js';
import { type ExtensionFields, extensionFieldsSchema, type PostalAddress, postalAddressSchema } from './parts.js';

/** The principal of a school. */
export interface Principal {
  name?: string | null;
  email?: string | null;
}

/** Schema of {@link Principal}. */
export const principalSchema = looseRecord<Principal>()({
  name: optional(z.string()),
  email: optional(z.string()),
}).meta({ title: 'Principal', description: 'The principal of a school.' });

/**
 * A school.
 *
 * Clever guarantees `id`, `district`, `name`, `sis_id`, `school_number`, `created` and `last_modified`; all
 * other members may be missing, `null` or `''`. Source: dev.clever.com/docs/schools.
 */
export interface School {
  id: string;
  /** Id of the district. */
  district: string;
  name: string;
  /** The id in the district's student information system; unique within the district only. */
  sis_id: string;
  school_number: string;
  low_grade?: Grade | null;
  high_grade?: Grade | null;
  location?: PostalAddress | null;
  principal?: Principal | null;
  phone?: string | null;
  /** The id of the National Center for Education Statistics. */
  nces_id?: string | null;
  mdr_number?: string | null;
  state_id?: string | null;
  ext?: ExtensionFields | null;
  /** ISO timestamp. */
  created: string;
  /** ISO timestamp. */
  last_modified: string;
}

/** Schema of {@link School}. */
export const schoolSchema = looseRecord<School>()({
  id: z.string(),
  district: z.string(),
  name: z.string(),
  sis_id: z.string(),
  school_number: z.string(),
  low_grade: optional(gradeSchema),
  high_grade: optional(gradeSchema),
  location: optional(postalAddressSchema),
  principal: optional(principalSchema),
  phone: optional(z.string()),
  nces_id: optional(z.string()),
  mdr_number: optional(z.string()),
  state_id: optional(z.string()),
  ext: optional(extensionFieldsSchema),
  created: z.string(),
  last_modified: z.string(),
}).meta({ title: 'School', description: 'A school of the district.' });
