import * as z from 'zod';
import {
  type AttendanceStatus,
  type AttendanceType,
  KNOWN_ATTENDANCE_STATUSES,
  KNOWN_ATTENDANCE_TYPES,
} from '../values/attendance.js';
import { openEnum } from './enumerations.js';
import { looseRecord, optional } from './loose.js';

/**
 * The attendance of one student, on one day or in one section on that day. A preview by Clever that may
 * change. API v3.1 only.
 *
 * Source: the official v3.1 specification; dev.clever.com/docs/attendance-data-overview; not observed.
 */
export interface AttendanceRecord {
  /** `YYYY-MM-DD`. */
  attendance_date: string;
  attendance_status: AttendanceStatus;
  /** `daily` for the whole day, `section` for one section. */
  attendance_type: AttendanceType;
  /** Clever's id of the student. */
  student_id: string;
  /** Id of the school. */
  school_id: string;
  /** Id of the district. */
  district_id: string;
  /** Id of the section, if attendance was taken by section. */
  section_id?: string | null;
  /** The record's id in the district's student information system. */
  sis_id?: string | null;
  /** Why the student was absent, in the district's own codes. */
  excuse_code?: string | null;
  /** Appears in Clever's guide, but neither in its table of fields nor in the specification. */
  clever_id?: string | null;
  /** ISO timestamp. */
  created?: string | null;
  /** ISO timestamp. */
  last_modified?: string | null;
}

/** Schema of {@link AttendanceRecord}. */
export const attendanceRecordSchema = looseRecord<AttendanceRecord>()({
  attendance_date: z.string(),
  attendance_status: openEnum(KNOWN_ATTENDANCE_STATUSES),
  attendance_type: openEnum(KNOWN_ATTENDANCE_TYPES),
  student_id: z.string(),
  school_id: z.string(),
  district_id: z.string(),
  section_id: optional(z.string()),
  sis_id: optional(z.string()),
  excuse_code: optional(z.string()),
  clever_id: optional(z.string()),
  created: optional(z.string()),
  last_modified: optional(z.string()),
}).meta({
  title: 'AttendanceRecord',
  description: 'The attendance of one student, on one day or in one section on that day.',
});
