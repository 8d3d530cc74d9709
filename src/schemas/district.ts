import * as z from 'zod';
import {
  type DistrictState,
  KNOWN_DISTRICT_STATES,
  KNOWN_LMS_STATES,
  KNOWN_LMS_TYPES,
  KNOWN_LOGIN_METHODS,
  type LmsState,
  type LmsType,
  type LoginMethod,
} from '../values/district.js';
import { openEnum } from './enumerations.js';
import { looseRecord, optional } from './loose.js';
import { type PartialName, partialNameSchema } from './parts.js';

/** The district's contact person. */
export interface DistrictContact {
  id?: string | null;
  /** Id of the district. */
  district?: string | null;
  name?: PartialName | null;
  email?: string | null;
  title?: string | null;
}

/** Schema of {@link DistrictContact}. */
export const districtContactSchema = looseRecord<DistrictContact>()({
  id: optional(z.string()),
  district: optional(z.string()),
  name: optional(partialNameSchema),
  email: optional(z.string()),
  title: optional(z.string()),
}).meta({ title: 'DistrictContact', description: "The district's contact person." });

/**
 * The share of the roster that Clever matched with the learning management system. API v3.1 only, in Clever's guides
 * only.
 */
export interface LmsMatchedPercentage {
  students?: number | string | null;
  teachers?: number | string | null;
  sections?: number | string | null;
}

const percentage = optional(z.union([z.number(), z.string()]));

/** Schema of {@link LmsMatchedPercentage}. */
export const lmsMatchedPercentageSchema = looseRecord<LmsMatchedPercentage>()({
  students: percentage,
  teachers: percentage,
  sections: percentage,
}).meta({
  title: 'LmsMatchedPercentage',
  description: 'The share of the roster that Clever matched with the learning management system.',
});

/**
 * A district.
 *
 * An app without Secure Sync sees only `id` and `name`. For Secure Sync apps, Clever also guarantees
 * `sis_type`, `launch_date`, `portal_url` and `login_methods`; all other members may be missing, `null` or
 * `''`. Source: dev.clever.com/docs/districts.
 */
export interface District {
  id: string;
  name: string;
  /** The student information system; `sftp` for files. */
  sis_type?: string | null;
  /** `YYYY-MM-DD`, the first day on which people may log in. */
  launch_date?: string | null;
  /** The URL where the district's people find their apps. */
  portal_url?: string | null;
  login_methods?: LoginMethod[] | null;
  /** ISO timestamp; missing before the first sync. */
  last_sync?: string | null;
  state?: DistrictState | null;
  /** Text for people. Clever asks programs not to interpret it. */
  error?: string | null;
  /** ISO timestamp. */
  pause_start?: string | null;
  /** ISO timestamp. */
  pause_end?: string | null;
  mdr_number?: string | null;
  /** The id of the National Center for Education Statistics. */
  nces_id?: string | null;
  district_contact?: DistrictContact | null;
  /** API v3.1 only. */
  lms_state?: LmsState | null;
  /** API v3.1 only. */
  lms_type?: LmsType | null;
  /** ISO timestamp. API v3.1 only, in Clever's guides only. */
  last_lms_sync?: string | null;
  /** API v3.1 only, in Clever's guides only. */
  lms_matched_percentage?: LmsMatchedPercentage | null;
  /** ISO timestamp. API v3.1 only. */
  last_attendance_sync?: string | null;
}

/**
 * A signed-in person's own district, as the person's own token sees it. All other members need Secure Sync.
 *
 * Source: the data schema at clever.com/schema.
 */
export interface OwnDistrict {
  id: string;
  name: string;
}

/** Schema of {@link District}. */
export const districtSchema = looseRecord<District>()({
  id: z.string(),
  name: z.string(),
  sis_type: optional(z.string()),
  launch_date: optional(z.string()),
  portal_url: optional(z.string()),
  login_methods: optional(z.array(openEnum(KNOWN_LOGIN_METHODS))),
  last_sync: optional(z.string()),
  state: optional(openEnum(KNOWN_DISTRICT_STATES)),
  error: optional(z.string()),
  pause_start: optional(z.string()),
  pause_end: optional(z.string()),
  mdr_number: optional(z.string()),
  nces_id: optional(z.string()),
  district_contact: optional(districtContactSchema),
  lms_state: optional(openEnum(KNOWN_LMS_STATES)),
  lms_type: optional(openEnum(KNOWN_LMS_TYPES)),
  last_lms_sync: optional(z.string()),
  lms_matched_percentage: optional(lmsMatchedPercentageSchema),
  last_attendance_sync: optional(z.string()),
}).meta({ title: 'District', description: 'A district that is connected to the app.' });
