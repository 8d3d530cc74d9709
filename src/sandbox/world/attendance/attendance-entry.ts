import { compareIds } from '../../roster/store/ordered.js';

/** A record of the Attendance API. */
export interface AttendanceEntry {
  readonly attendance_date: string;
  readonly attendance_status: string;
  readonly attendance_type: 'daily' | 'section';
  readonly student_id: string;
  readonly school_id: string;
  readonly district_id: string;
  readonly section_id?: string;
  readonly sis_id: string;
  readonly excuse_code?: string;
  readonly created: string;
  readonly last_modified: string;
}

/** The values that attendance is sorted by and that identify a record. */
export type AttendancePosition = readonly [date: string, student: string, section: string, school: string];

/** Returns the position of a record. */
export function positionOf(entry: AttendanceEntry): AttendancePosition {
  return [entry.attendance_date, entry.student_id, entry.section_id ?? '', entry.school_id];
}

/** Compares two positions for `sort`. */
export function comparePositions(left: AttendancePosition, right: AttendancePosition): number {
  const index = left.findIndex((part, at) => part !== right[at]);
  return index === -1 ? 0 : compareIds(left[index] ?? '', right[index] ?? '');
}
