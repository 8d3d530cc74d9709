import { type Guard, known, type OpenEnum } from './known.js';

/** Every gender that Clever documents, in Clever's spelling. */
export const KNOWN_GENDERS = ['M', 'F', 'X'] as const;

/** A gender that Clever documents. */
export type KnownGender = (typeof KNOWN_GENDERS)[number];

/** A gender: a documented one, or any other text, `''` included. */
export type Gender = OpenEnum<KnownGender>;

/** Whether a value is a gender that Clever documents. */
export const isKnownGender: Guard<KnownGender> = /* @__PURE__ */ known(KNOWN_GENDERS);

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

/** Whether a value is a race that Clever documents. */
export const isKnownRace: Guard<KnownRace> = /* @__PURE__ */ known(KNOWN_RACES);

/** The values that Clever uses for booleans about a student. */
export const KNOWN_YES_NO = ['Y', 'N'] as const;

/** A yes or no as Clever writes it. */
export type KnownYesNo = (typeof KNOWN_YES_NO)[number];

/** A yes or no: `Y`, `N`, or any other text, `''` included. */
export type YesNo = OpenEnum<KnownYesNo>;

/** Whether a value is `Y` or `N`. */
export const isKnownYesNo: Guard<KnownYesNo> = /* @__PURE__ */ known(KNOWN_YES_NO);

/** Every free or reduced lunch status that Clever documents, in Clever's spelling. `Other` was added in API v3.1. */
export const KNOWN_FRL_STATUSES = ['Free', 'Reduced', 'Paid', 'Other'] as const;

/** A free or reduced lunch status that Clever documents. */
export type KnownFrlStatus = (typeof KNOWN_FRL_STATUSES)[number];

/** A free or reduced lunch status: a documented one, or any other text, `''` included. */
export type FrlStatus = OpenEnum<KnownFrlStatus>;

/** Whether a value is a free or reduced lunch status that Clever documents. */
export const isKnownFrlStatus: Guard<KnownFrlStatus> = /* @__PURE__ */ known(KNOWN_FRL_STATUSES);
