import { isOneOf, type OpenEnum } from './open.js';

/** Every free or reduced lunch status that Clever documents, in Clever's spelling. `Other` came with API v3.1. */
export const KNOWN_FRL_STATUSES = ['Free', 'Reduced', 'Paid', 'Other'] as const;

/** A free or reduced lunch status that Clever documents. */
export type KnownFrlStatus = (typeof KNOWN_FRL_STATUSES)[number];

/** A free or reduced lunch status: a documented one, or any other text, `''` included. */
export type FrlStatus = OpenEnum<KnownFrlStatus>;

/** Tells whether a value is a free or reduced lunch status that Clever documents. */
export function isKnownFrlStatus(value: unknown): value is KnownFrlStatus {
  return isOneOf(KNOWN_FRL_STATUSES, value);
}

/** Every disability type that Clever documents, in Clever's spelling. API v3.1. */
export const KNOWN_DISABILITY_TYPES = [
  'Autism',
  'Deaf-blindness',
  'Developmental delay',
  'Emotional disturbance',
  'Hearing impairment',
  'Intellectual Disability',
  'Multiple disabilities',
  'Orthopedic impairment',
  'Other',
  'Other health impairment',
  'Specific learning disability',
  'Speech or language impairment',
  'Traumatic brain injury',
  'Visual impairment',
] as const;

/** A disability type that Clever documents. */
export type KnownDisabilityType = (typeof KNOWN_DISABILITY_TYPES)[number];

/** A disability type: a documented one, or any other text, `''` included. */
export type DisabilityType = OpenEnum<KnownDisabilityType>;

/** Tells whether a value is a disability type that Clever documents. */
export function isKnownDisabilityType(value: unknown): value is KnownDisabilityType {
  return isOneOf(KNOWN_DISABILITY_TYPES, value);
}

/**
 * Every disability code that Clever documents, in Clever's spelling. API v3.1. The specification has them in lower
 * case, Clever's guide in upper case: compare without regard to case.
 */
export const KNOWN_DISABILITY_CODES = [
  'aut',
  'db',
  'dd',
  'emn',
  'hi',
  'id',
  'md',
  'oi',
  'other',
  'ohi',
  'sld',
  'sli',
  'tbi',
  'vi',
] as const;

/** A disability code that Clever documents. */
export type KnownDisabilityCode = (typeof KNOWN_DISABILITY_CODES)[number];

/** A disability code: a documented one, or any other text, `''` included. */
export type DisabilityCode = OpenEnum<KnownDisabilityCode>;

/**
 * Tells whether a value is a disability code that Clever documents, in lower case (the specification) or in upper case
 * (dev.clever.com/docs/api-v31).
 */
export function isKnownDisabilityCode(value: unknown): value is KnownDisabilityCode | Uppercase<KnownDisabilityCode> {
  return isOneOf(KNOWN_DISABILITY_CODES, value) || isOneOf(UPPER_CASE_DISABILITY_CODES, value);
}

const UPPER_CASE_DISABILITY_CODES = KNOWN_DISABILITY_CODES.map((code) => code.toUpperCase());
