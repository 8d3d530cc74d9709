/**
 * The zod schemas of everything that Clever sends, with the interfaces that they are proven equal to, the known values and
 * the sensitivity of each field.
 *
 * Schemas are tolerant on purpose: members that Clever adds are kept, every enumeration is open, and what Clever does not
 * guarantee may be missing, `null` or `''`. Nothing is changed by parsing.
 *
 * @module
 */
export * from '../values/index.js';
export * from './assignment.js';
export * from './attachment.js';
export * from './attendance-record.js';
export * from './course.js';
export type { DeepPartial, Sparse } from './deep-partial.js';
export * from './district.js';
export * from './district-token.js';
export * from './envelope.js';
export {
  type CreatedEvent,
  type DeletedEvent,
  type EventCollection,
  type EventRecords,
  eventSchema,
  isKnownEvent,
  KNOWN_EVENT_TYPES,
  type RosterEvent,
  type RosterEventBase,
  type RosterEventOf,
  type RosterEventWith,
  type UnknownEvent,
  type UnknownEventData,
  type UpdatedEvent,
} from './event.js';
export { gradeSchema } from './grade.js';
export * from './library.js';
export * from './links.js';
export type { ObjectSchema } from './loose.js';
export * from './me.js';
export { type OpenEnumSchema, openEnum } from './open-enum.js';
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
export { subjectSchema } from './subject.js';
export * from './submission.js';
export * from './term.js';
export * from './token.js';
export * from './token-info.js';
export * from './user.js';
export * from './userinfo.js';
