import { type Guard, isOneOf, known, type OpenEnum } from './known.js';
import { lookup } from './lookup.js';

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

/** Whether a value is a disability type that Clever documents. */
export const isKnownDisabilityType: Guard<KnownDisabilityType> = /* @__PURE__ */ known(KNOWN_DISABILITY_TYPES);

/**
 * Every disability code that Clever documents, in Clever's spelling. API v3.1. The specification has them
 * in lower case, but Clever's guide in upper case, so ignore case in comparisons.
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
 * Checks whether a value is a disability code that Clever documents, in lower case (the specification) or
 * in upper case (dev.clever.com/docs/api-v31).
 */
export function isKnownDisabilityCode(value: unknown): value is KnownDisabilityCode | Uppercase<KnownDisabilityCode> {
  return isOneOf(KNOWN_DISABILITY_CODES, value) || isOneOf(UPPER_CASE_DISABILITY_CODES, value);
}

const UPPER_CASE_DISABILITY_CODES = /* @__PURE__ */ KNOWN_DISABILITY_CODES.map((code) => code.toUpperCase());

/**
 * Clever's disability types with their codes. API v3.1.
 *
 * Source: the official v3.1 specification for both lists; the pairing is inferred from the abbreviations
 * common in US special education (IDEA), and from the identical order of Clever's two lists.
 */
export const DISABILITY_CODES = {
  Autism: 'aut',
  'Deaf-blindness': 'db',
  'Developmental delay': 'dd',
  'Emotional disturbance': 'emn',
  'Hearing impairment': 'hi',
  'Intellectual Disability': 'id',
  'Multiple disabilities': 'md',
  'Orthopedic impairment': 'oi',
  Other: 'other',
  'Other health impairment': 'ohi',
  'Specific learning disability': 'sld',
  'Speech or language impairment': 'sli',
  'Traumatic brain injury': 'tbi',
  'Visual impairment': 'vi',
} as const satisfies Readonly<Record<KnownDisabilityType, KnownDisabilityCode>>;

const byType = /* @__PURE__ */ lookup(() => KNOWN_DISABILITY_TYPES.map((type) => [type, type] as const));
const byCode = /* @__PURE__ */ lookup(() =>
  KNOWN_DISABILITY_TYPES.map((type) => [DISABILITY_CODES[type], type] as const),
);

/**
 * Returns the code of a disability, which API v3.1 sends as `disability_code` with `disability_type`. For a
 * code it returns the same code in lower case, because Clever's specification and guide differ in case.
 *
 * Source: the official v3.1 specification and dev.clever.com/docs/api-v31; the pairing is inferred.
 *
 * @param typeOrCode - A `disability_type` or `disability_code`, ignoring case, spaces and punctuation.
 * @returns The code in lower case; `undefined` for any other value.
 *
 * @example
 * ```ts
 * import { disabilityCode } from 'clever-sdk/values';
 *
 * disabilityCode('Intellectual disability'); // 'id'
 * disabilityCode('SLD'); // 'sld'
 * ```
 */
export function disabilityCode(typeOrCode: unknown): KnownDisabilityCode | undefined {
  const type = disabilityType(typeOrCode);
  return type === undefined ? undefined : DISABILITY_CODES[type];
}

/**
 * Returns the type of a disability from its code, in Clever's spelling; the inverse of
 * {@link disabilityCode}. Source: the same.
 *
 * @param codeOrType - A `disability_code` or `disability_type`, ignoring case, spaces and punctuation.
 * @returns The type; `undefined` for any other value.
 */
export function disabilityType(codeOrType: unknown): KnownDisabilityType | undefined {
  return byCode(codeOrType) ?? byType(codeOrType);
}
