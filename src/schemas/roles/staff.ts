import * as z from 'zod';
import { looseRecord, optional } from '../loose.js';
import { type ExtensionFields, extensionFieldsSchema, type UserCredentials, userCredentialsSchema } from '../parts.js';

/**
 * What being school staff (`school_admin` in API v2) adds to a user, below `roles.staff`. May stand beside `teacher` and
 * `district_admin`. There is neither a primary `school` nor a `sis_id`.
 *
 * Source: the official v3.1 specification; not observed.
 */
export interface StaffRole {
  /** Ids of the schools. */
  schools?: string[] | null;
  staff_id?: string | null;
  department?: string | null;
  title?: string | null;
  /** Permissions inside Clever, such as `PortalOnly` or `SchoolTechLead`. */
  roles?: string[] | null;
  credentials?: UserCredentials | null;
  ext?: ExtensionFields | null;
  /** The id that this person had as a school admin in API v2. */
  legacy_id?: string | null;
}

/** Schema of {@link StaffRole}. */
export const staffRoleSchema = looseRecord<StaffRole>()({
  schools: optional(z.array(z.string())),
  staff_id: optional(z.string()),
  department: optional(z.string()),
  title: optional(z.string()),
  roles: optional(z.array(z.string())),
  credentials: optional(userCredentialsSchema),
  ext: optional(extensionFieldsSchema),
  legacy_id: optional(z.string()),
}).meta({ title: 'StaffRole', description: 'What being school staff adds to a user.' });
