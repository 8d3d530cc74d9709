import { type Guard, known, type OpenEnum } from './known.js';

/**
 * Every state of a district that Clever documents, in Clever's spelling. `pending` means that the district
 * must act, `error` that Clever must act, and `paused` that the data is frozen but readable.
 */
export const KNOWN_DISTRICT_STATES = ['running', 'pending', 'error', 'paused', 'success'] as const;

/** A state of a district that Clever documents. */
export type KnownDistrictState = (typeof KNOWN_DISTRICT_STATES)[number];

/** A state of a district: a documented one, or any other text, `''` included. */
export type DistrictState = OpenEnum<KnownDistrictState>;

/** Whether a value is a state of a district that Clever documents. */
export const isKnownDistrictState: Guard<KnownDistrictState> = /* @__PURE__ */ known(KNOWN_DISTRICT_STATES);

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

/** Whether a value is a state of a learning management system that Clever documents. */
export const isKnownLmsState: Guard<KnownLmsState> = /* @__PURE__ */ known(KNOWN_LMS_STATES);

/** Every learning management system that Clever documents, in Clever's spelling. API v3.1. */
export const KNOWN_LMS_TYPES = ['canvas', 'schoology', 'google_classroom'] as const;

/** A learning management system that Clever documents. */
export type KnownLmsType = (typeof KNOWN_LMS_TYPES)[number];

/** A learning management system: a documented one, or any other text, `''` included. */
export type LmsType = OpenEnum<KnownLmsType>;

/** Whether a value is a learning management system that Clever documents. */
export const isKnownLmsType: Guard<KnownLmsType> = /* @__PURE__ */ known(KNOWN_LMS_TYPES);

/**
 * Every login method of a district that Clever documents, in Clever's spelling. Source:
 * dev.clever.com/docs/districts.
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

/** Whether a value is a login method of a district that Clever documents. */
export const isKnownLoginMethod: Guard<KnownLoginMethod> = /* @__PURE__ */ known(KNOWN_LOGIN_METHODS);
