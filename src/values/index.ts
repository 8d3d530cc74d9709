/**
 * Clever's known values and functions on them: guards, normalizers, dates, CEDS codes, records without
 * empty members, and what a token can see. Everything is a pure function or plain data; nothing is loaded
 * or sent.
 *
 * @module
 */
export * from '../privacy/registry.js';
export { SENSITIVE_FIELDS, type SensitiveField } from '../privacy/sensitive-fields.js';
export * from './attendance.js';
export * from './ceds/index.js';
export { type Compact, compact } from './compact.js';
export * from './contacts.js';
export * from './dates.js';
export * from './demographics.js';
export {
  type AccessDescription,
  describeAccess,
  type MissingAccess,
  type VisibleRecords,
} from './describe-access.js';
export * from './disability.js';
export * from './district.js';
export { isKnownEvent, type KnownEventType } from './events.js';
export * from './grade.js';
export type { Guard, OpenEnum } from './known.js';
export * from './languages.js';
export * from './lms.js';
export * from './lms-readiness.js';
export type { Normalized, Variants } from './lookup.js';
export * from './roles.js';
export type { AccessLevel, AccessSubject } from './scopes.js';
export * from './subject.js';
