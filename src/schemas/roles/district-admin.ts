import * as z from 'zod';
import { looseRecord, optional } from '../loose.js';

/**
 * The members that a district admin has below `roles.district_admin`. May be combined with `teacher` and
 * `staff`. A district admin belongs to no school.
 */
export interface DistrictAdminRole {
  /** Often `''` (observed). */
  title?: string | null;
  /** The id that this person had as a district admin in API v2. */
  legacy_id?: string | null;
}

/** Schema of {@link DistrictAdminRole}. */
export const districtAdminRoleSchema = looseRecord<DistrictAdminRole>()({
  title: optional(z.string()),
  legacy_id: optional(z.string()),
}).meta({
  title: 'DistrictAdminRole',
  description: 'The members that a district admin has below the district admin role.',
});
