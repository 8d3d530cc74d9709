import { isOneOf, type OpenEnum } from './open.js';

/**
 * Every state of a district that Clever documents, in Clever's spelling. `pending` waits for the district, `error` for
 * Clever, `paused` is frozen but readable.
 */
export const KNOWN_DISTRICT_STATES = ['running', 'pending', 'error', 'paused', 'success'] as const;

/** A state of a district that Clever documents. */
export type KnownDistrictState = (typeof KNOWN_DISTRICT_STATES)[number];

/** A state of a district: a documented one, or any other text, `''` included. */
export type DistrictState = OpenEnum<KnownDistrictState>;

/** Tells whether a value is a state of a district that Clever documents. */
export function isKnownDistrictState(value: unknown): value is KnownDistrictState {
  return isOneOf(KNOWN_DISTRICT_STATES, value);
}

/** Every state of a learning management system that Clever documents, in Clever's spelling. API v3.1. */
export const KNOWN_LMS_STATES = [
  'initial_sync_processing',
  'pending_authorization',
  'matching_in_progress',
  'error',
  'disconnected',
  'success',
] as const;

/** A state of a learning management system that Clever documents. */
export type KnownLmsState = (typeof KNOWN_LMS_STATES)[number];

/** A state of a learning management system: a documented one, or any other text, `''` included. */
export type LmsState = OpenEnum<KnownLmsState>;

/** Tells whether a value is a state of a learning management system that Clever documents. */
export function isKnownLmsState(value: unknown): value is KnownLmsState {
  return isOneOf(KNOWN_LMS_STATES, value);
}

/** Every learning management system that Clever documents, in Clever's spelling. API v3.1. */
export const KNOWN_LMS_TYPES = ['canvas', 'schoology', 'google_classroom'] as const;

/** A learning management system that Clever documents. */
export type KnownLmsType = (typeof KNOWN_LMS_TYPES)[number];

/** A learning management system: a documented one, or any other text, `''` included. */
export type LmsType = OpenEnum<KnownLmsType>;

/** Tells whether a value is a learning management system that Clever documents. */
export function isKnownLmsType(value: unknown): value is KnownLmsType {
  return isOneOf(KNOWN_LMS_TYPES, value);
}

/**
 * Every login method of a district that Clever documents, in Clever's spelling. Source: dev.clever.com/docs/districts.
 */
export const KNOWN_LOGIN_METHODS = [
  'Clever Badges',
  'Canvas',
  'Clever Passwords',
  'Google',
  'LDAP',
  'SAML',
  'Other',
] as const;

/** A login method of a district that Clever documents. */
export type KnownLoginMethod = (typeof KNOWN_LOGIN_METHODS)[number];

/** A login method of a district: a documented one, or any other text, `''` included. */
export type LoginMethod = OpenEnum<KnownLoginMethod>;

/** Tells whether a value is a login method of a district that Clever documents. */
export function isKnownLoginMethod(value: unknown): value is KnownLoginMethod {
  return isOneOf(KNOWN_LOGIN_METHODS, value);
}
