import { type FrlStatus, KNOWN_FRL_STATUSES, KNOWN_YES_NO, type YesNo } from '../values/demographics.js';
import {
  type DisabilityCode,
  type DisabilityType,
  KNOWN_DISABILITY_CODES,
  KNOWN_DISABILITY_TYPES,
} from '../values/disability.js';
import {
  type HomeLanguage,
  type HomeLanguageCode,
  KNOWN_HOME_LANGUAGE_CODES,
  KNOWN_HOME_LANGUAGES,
} from '../values/languages.js';
import { openEnum } from './enumerations.js';
import { looseRecord, optional } from './loose.js';

/** A student's disability. API v3.1 only. */
export interface Disability {
  disability_status?: YesNo | null;
  disability_type?: DisabilityType | null;
  /** Compare without regard to case: Clever's specification and guide differ. */
  disability_code?: DisabilityCode | null;
}

/** Schema of {@link Disability}. */
export const disabilitySchema = looseRecord<Disability>()({
  disability_status: optional(openEnum(KNOWN_YES_NO)),
  disability_type: optional(openEnum(KNOWN_DISABILITY_TYPES)),
  disability_code: optional(openEnum(KNOWN_DISABILITY_CODES)),
}).meta({ title: 'Disability', description: 'The disability of a student.' });

/**
 * The sensitive fields of a student. An app needs Secure Sync, an extra grant from Clever and the
 * district's consent for each; without these, the members are missing.
 *
 * Source: dev.clever.com/docs/classroom-vs-district.
 */
export interface SensitiveFields {
  /** English language learner. */
  ell_status?: YesNo | null;
  /** Free or reduced-price lunch. */
  frl_status?: FrlStatus | null;
  /** Individualised education programme. */
  iep_status?: YesNo | null;
  /** A language's English name. API v3.0 documents 46 of them, v3.1 all. */
  home_language?: HomeLanguage | null;
  /** The language's code, mostly ISO 639-3. API v3.1 only. */
  home_language_code?: HomeLanguageCode | null;
  /** Takes part in a programme for gifted students. API v3.1 only. */
  gifted_status?: YesNo | null;
  /** Has a plan under section 504 of the Rehabilitation Act. API v3.1 only. */
  section_504_status?: YesNo | null;
  /** API v3.1 only. */
  disability?: Disability | null;
}

/** The members of {@link sensitiveFieldsSchema}, for the student role. */
export const sensitiveFieldsShape = {
  ell_status: optional(openEnum(KNOWN_YES_NO)),
  frl_status: optional(openEnum(KNOWN_FRL_STATUSES)),
  iep_status: optional(openEnum(KNOWN_YES_NO)),
  home_language: optional(openEnum(KNOWN_HOME_LANGUAGES)),
  home_language_code: optional(openEnum(KNOWN_HOME_LANGUAGE_CODES)),
  gifted_status: optional(openEnum(KNOWN_YES_NO)),
  section_504_status: optional(openEnum(KNOWN_YES_NO)),
  disability: optional(disabilitySchema),
};

/** Schema of {@link SensitiveFields}. */
export const sensitiveFieldsSchema = looseRecord<SensitiveFields>()(sensitiveFieldsShape).meta({
  title: 'SensitiveFields',
  description: 'The fields of a student that Clever shares only with an extra grant.',
});
