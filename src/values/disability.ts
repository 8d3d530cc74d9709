import { lookup } from './fold.js';
import { KNOWN_DISABILITY_TYPES, type KnownDisabilityCode, type KnownDisabilityType } from './programs.js';

/**
 * Clever's disability types with their codes. API v3.1.
 *
 * Source: the official v3.1 specification for both lists; the pairing is inferred from the abbreviations that US special
 * education law (IDEA) made usual, and from the equal order of Clever's two lists.
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
 * Gives the code of a disability: what API v3.1 sends as `disability_code` beside `disability_type`. A code gives itself in
 * lower case, because Clever's specification and Clever's guide differ in the case.
 *
 * Source: the official v3.1 specification and dev.clever.com/docs/api-v31; the pairing is inferred.
 *
 * @param typeOrCode - A `disability_type` or `disability_code`, without regard to case, spaces and punctuation.
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
 * Gives the type of a disability, in Clever's spelling, from its code: the way back from {@link disabilityCode}. Source: as
 * there.
 *
 * @param codeOrType - A `disability_code` or `disability_type`, without regard to case, spaces and punctuation.
 * @returns The type; `undefined` for any other value.
 */
export function disabilityType(codeOrType: unknown): KnownDisabilityType | undefined {
  return byCode(codeOrType) ?? byType(codeOrType);
}
