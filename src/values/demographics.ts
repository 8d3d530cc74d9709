import { isOneOf, type OpenEnum } from './open.js';

/** Every gender that Clever documents, in Clever's spelling. */
export const KNOWN_GENDERS = ['M', 'F', 'X'] as const;

/** A gender that Clever documents. */
export type KnownGender = (typeof KNOWN_GENDERS)[number];

/** A gender: a documented one, or any other text, `''` included. */
export type Gender = OpenEnum<KnownGender>;

/** Tells whether a value is a gender that Clever documents. */
export function isKnownGender(value: unknown): value is KnownGender {
  return isOneOf(KNOWN_GENDERS, value);
}

/** Every race that Clever documents, in Clever's spelling. */
export const KNOWN_RACES = [
  'Caucasian',
  'Asian',
  'Black or African American',
  'American Indian',
  'Hawaiian or Other Pacific Islander',
  'Two or More Races',
  'Unknown',
] as const;

/** A race that Clever documents. */
export type KnownRace = (typeof KNOWN_RACES)[number];

/** A race: a documented one, or any other text, `''` included. */
export type Race = OpenEnum<KnownRace>;

/** Tells whether a value is a race that Clever documents. */
export function isKnownRace(value: unknown): value is KnownRace {
  return isOneOf(KNOWN_RACES, value);
}

/** Clever's yes and no: how it writes booleans about a student. */
export const KNOWN_YES_NO = ['Y', 'N'] as const;

/** A yes or no as Clever writes it. */
export type KnownYesNo = (typeof KNOWN_YES_NO)[number];

/** A yes or no: `Y`, `N`, or any other text, `''` included. */
export type YesNo = OpenEnum<KnownYesNo>;

/** Tells whether a value is `Y` or `N`. */
export function isKnownYesNo(value: unknown): value is KnownYesNo {
  return isOneOf(KNOWN_YES_NO, value);
}
