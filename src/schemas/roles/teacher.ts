import * as z from 'zod';
import { looseRecord, optional } from '../loose.js';
import {
  type ExtensionFields,
  extensionFieldsSchema,
  type PartialName,
  partialNameSchema,
  type UserCredentials,
  userCredentialsSchema,
} from '../parts.js';

/**
 * The members that a teacher has below `roles.teacher`. May be combined with `staff` and `district_admin`.
 *
 * Clever guarantees `school`, `schools` and `sis_id` to Secure Sync apps; all other members may be missing,
 * `null` or `''`. Source: dev.clever.com/docs/schema-1.
 */
export interface TeacherRole {
  /** Id of the primary school. */
  school: string;
  /** Ids of all schools, including the primary one. */
  schools: string[];
  /** The id in the district's student information system; unique within the district only. */
  sis_id: string;
  state_id?: string | null;
  teacher_number?: string | null;
  title?: string | null;
  credentials?: UserCredentials | null;
  ext?: ExtensionFields | null;
  /** The id that this person had as a teacher in API v2. */
  legacy_id?: string | null;
  /** Documented, not observed: the same as the user's own. */
  district?: string | null;
  /** Documented, not observed: the same as the user's own. */
  name?: PartialName | null;
  created?: string | null;
  last_modified?: string | null;
}

/** Schema of {@link TeacherRole}. */
export const teacherRoleSchema = looseRecord<TeacherRole>()({
  school: z.string(),
  schools: z.array(z.string()),
  sis_id: z.string(),
  state_id: optional(z.string()),
  teacher_number: optional(z.string()),
  title: optional(z.string()),
  credentials: optional(userCredentialsSchema),
  ext: optional(extensionFieldsSchema),
  legacy_id: optional(z.string()),
  district: optional(z.string()),
  name: optional(partialNameSchema),
  created: optional(z.string()),
  last_modified: optional(z.string()),
}).meta({ title: 'TeacherRole', description: 'The members that a teacher has below the teacher role.' });
