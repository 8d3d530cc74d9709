import { isOneOf, type OpenEnum } from './open.js';

/**
 * Every grade that Clever documents, in Clever's spelling. From youngest to oldest, then `Ungraded` and `Other`. The
 * empty string, which Clever sends for no grade, is not among them.
 */
export const KNOWN_GRADES = [
  'InfantToddler',
  'Preschool',
  'PreKindergarten',
  'TransitionalKindergarten',
  'Kindergarten',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  '10',
  '11',
  '12',
  '13',
  'PostGraduate',
  'Ungraded',
  'Other',
] as const;

/** A grade that Clever documents. */
export type KnownGrade = (typeof KNOWN_GRADES)[number];

/** A grade: a documented one, or any other text, `''` included. */
export type Grade = OpenEnum<KnownGrade>;

/** Tells whether a value is a grade that Clever documents. */
export function isKnownGrade(value: unknown): value is KnownGrade {
  return isOneOf(KNOWN_GRADES, value);
}
