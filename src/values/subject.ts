import { isOneOf, type OpenEnum } from './open.js';

/**
 * Every subject that Clever documents, in Clever's spelling. Lower case except `PE and health`. The empty string,
 * which Clever sends for no subject, is not among them.
 */
export const KNOWN_SUBJECTS = [
  'english/language arts',
  'math',
  'science',
  'social studies',
  'language',
  'homeroom/advisory',
  'interventions/online learning',
  'technology and engineering',
  'PE and health',
  'arts and music',
  'other',
] as const;

/** A subject that Clever documents. */
export type KnownSubject = (typeof KNOWN_SUBJECTS)[number];

/** A subject: a documented one, or any other text, `''` included. */
export type Subject = OpenEnum<KnownSubject>;

/** Tells whether a value is a subject that Clever documents. */
export function isKnownSubject(value: unknown): value is KnownSubject {
  return isOneOf(KNOWN_SUBJECTS, value);
}
