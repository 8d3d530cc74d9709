import * as z from 'zod';
import { looseRecord, optional } from '../loose.js';
import { type ExtensionFields, extensionFieldsSchema, type UserCredentials, userCredentialsSchema } from '../parts.js';

/**
 * The members that school staff (`school_admin` in API v2) have below `roles.staff`. May be combined with
 * `teacher` and `district_admin`. It has neither a primary `school` nor a `sis_id`.
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
}).meta({ title: 'StaffRole', description: 'The members that school staff have below the staff role.' });
