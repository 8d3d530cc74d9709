/**
 * The zod schemas of everything that Clever sends, the interfaces that they are proven equal to, their
 * enumerations, and the sensitivity of each field. Guards, normalizers and all other functions on values
 * are in `clever-sdk/values`, without zod.
 *
 * Schemas are intentionally tolerant: members that Clever adds are kept, every enumeration is open, and
 * members that Clever does not guarantee may be missing, `null` or `''`. Parsing changes nothing.
 *
 * @module
 */
export * from '../privacy/registry.js';
export { SENSITIVE_FIELDS, type SensitiveField } from '../privacy/sensitive-fields.js';
export { isKnownEvent, KNOWN_EVENT_TYPES, type KnownEventType } from '../values/events.js';
export {
  type AssigneeMode,
  type AssignmentState,
  type AttendanceStatus,
  type AttendanceType,
  type Authorizer,
  type DisabilityCode,
  type DisabilityType,
  type DistrictState,
  type FrlStatus,
  type Gender,
  type Grade,
  type GradingType,
  type HomeLanguage,
  type HomeLanguageCode,
  KNOWN_ASSIGNEE_MODES,
  KNOWN_ASSIGNMENT_STATES,
  KNOWN_ATTENDANCE_STATUSES,
  KNOWN_ATTENDANCE_TYPES,
  KNOWN_AUTHORIZERS,
  KNOWN_DISABILITY_CODES,
  KNOWN_DISABILITY_TYPES,
  KNOWN_DISTRICT_STATES,
  KNOWN_FRL_STATUSES,
  KNOWN_GENDERS,
  KNOWN_GRADES,
  KNOWN_GRADING_TYPES,
  KNOWN_HOME_LANGUAGE_CODES,
  KNOWN_HOME_LANGUAGES,
  KNOWN_LMS_STATES,
  KNOWN_LMS_TYPES,
  KNOWN_LOGIN_METHODS,
  KNOWN_PHONE_TYPES,
  KNOWN_RACES,
  KNOWN_RELATIONSHIP_TYPES,
  KNOWN_RELATIONSHIPS,
  KNOWN_ROLES,
  KNOWN_SUBJECTS,
  KNOWN_SUBMISSION_FLAGS,
  KNOWN_SUBMISSION_STATES,
  KNOWN_SUBMISSION_TYPES,
  KNOWN_USER_TYPES,
  KNOWN_YES_NO,
  type LmsState,
  type LmsType,
  type LoginMethod,
  type OpenEnum,
  type PhoneType,
  type Race,
  type Relationship,
  type RelationshipType,
  type Role,
  type Subject,
  type SubmissionFlag,
  type SubmissionState,
  type SubmissionType,
  type UserType,
  type YesNo,
} from '../values/index.js';
export * from './assignment.js';
export * from './attachment.js';
export * from './attendance-record.js';
export * from './course.js';
export type { DeepPartial, Sparse } from './deep-partial.js';
export * from './district.js';
export { gradeSchema, type OpenEnumSchema, openEnum, subjectSchema } from './enumerations.js';
export * from './envelope.js';
export {
  type CreatedEvent,
  type DeletedEvent,
  type EventCollection,
  type EventRecords,
  eventSchema,
  type RosterEvent,
  type RosterEventBase,
  type RosterEventOf,
  type RosterEventWith,
  type UnknownEvent,
  type UnknownEventData,
  type UpdatedEvent,
} from './event.js';
export * from './library.js';
export type { ObjectSchema } from './loose.js';
export * from './me.js';
export * from './parts.js';
export * from './resource.js';
export * from './roles/contact.js';
export * from './roles/district-admin.js';
export * from './roles/staff.js';
export * from './roles/student.js';
export * from './roles/teacher.js';
export * from './school.js';
export * from './section.js';
export { type Disability, disabilitySchema, type SensitiveFields, sensitiveFieldsSchema } from './sensitive-fields.js';
export * from './sensitivity.js';
export * from './submission.js';
export * from './term.js';
export * from './tokens.js';
export * from './user.js';
export * from './userinfo.js';
