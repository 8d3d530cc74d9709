import { type Guard, known, type OpenEnum } from './known.js';

/** Every attendance status that Clever documents, in Clever's spelling. Attendance is a preview in API v3.1. */
export const KNOWN_ATTENDANCE_STATUSES = ['present', 'absent', 'tardy'] as const;

/** An attendance status that Clever documents. */
export type KnownAttendanceStatus = (typeof KNOWN_ATTENDANCE_STATUSES)[number];

/** An attendance status: a documented one, or any other text, `''` included. */
export type AttendanceStatus = OpenEnum<KnownAttendanceStatus>;

/** Whether a value is an attendance status that Clever documents. */
export const isKnownAttendanceStatus: Guard<KnownAttendanceStatus> = /* @__PURE__ */ known(KNOWN_ATTENDANCE_STATUSES);

/**
 * Every type of attendance that Clever documents: for a school day, or for one section. Attendance is a
 * preview in API v3.1.
 */
export const KNOWN_ATTENDANCE_TYPES = ['daily', 'section'] as const;

/** A type of attendance that Clever documents. */
export type KnownAttendanceType = (typeof KNOWN_ATTENDANCE_TYPES)[number];

/** A type of attendance: a documented one, or any other text, `''` included. */
export type AttendanceType = OpenEnum<KnownAttendanceType>;

/** Whether a value is a type of attendance that Clever documents. */
export const isKnownAttendanceType: Guard<KnownAttendanceType> = /* @__PURE__ */ known(KNOWN_ATTENDANCE_TYPES);
