import { KNOWN_RACES, type KnownRace } from '../demographics.js';
import { lookup } from '../lookup.js';

/**
 * Clever's races with their CEDS codes.
 *
 * CEDS element: Race, global id 001943 (ceds.ed.gov/element/001943). Both CEDS and Clever record separately
 * whether a student is Hispanic (`hispanic_ethnicity`).
 *
 * Source: the option set of the CEDS Data Warehouse, CEDS versions 10 to 12. Inferred: the pairing, from
 * the names, and `Unknown`, whose CEDS code means both race and ethnicity.
 */
export const CEDS_RACES = {
  Caucasian: 'White',
  Asian: 'Asian',
  'Black or African American': 'BlackOrAfricanAmerican',
  'American Indian': 'AmericanIndianOrAlaskaNative',
  'Hawaiian or Other Pacific Islander': 'NativeHawaiianOrOtherPacificIslander',
  'Two or More Races': 'DemographicRaceTwoOrMoreRaces',
  Unknown: 'RaceAndEthnicityUnknown',
} as const satisfies Readonly<Record<KnownRace, string>>;

/** The CEDS code of a race: Race, 001943. */
export type CedsRace = (typeof CEDS_RACES)[KnownRace];

const byRace = /* @__PURE__ */ lookup(() => KNOWN_RACES.map((race) => [race, race] as const));
const byCode = /* @__PURE__ */ lookup<KnownRace>(() => [
  ...KNOWN_RACES.map((race) => [CEDS_RACES[race], race] as const),
  ['NativeHawaiianOrPacificIslander', 'Hawaiian or Other Pacific Islander'],
]);

/**
 * Returns the CEDS code of a race: Race, 001943. Source: see {@link CEDS_RACES}.
 *
 * @param race - A student's `race`, ignoring case, spaces and punctuation.
 * @returns The code; `undefined` for any other value.
 *
 * @example
 * ```ts
 * import { toCedsRace } from 'clever-sdk/values';
 *
 * toCedsRace('Caucasian'); // 'White'
 * ```
 */
export function toCedsRace(race: unknown): CedsRace | undefined {
  const known = byRace(race);
  return known === undefined ? undefined : CEDS_RACES[known];
}

/**
 * Returns the race of a CEDS code, the inverse of {@link toCedsRace}.
 *
 * @param code - A code of Race, 001943, in any case, or `NativeHawaiianOrPacificIslander`, the spelling in
 * the newer element Race and Ethnicity.
 * @returns The race in Clever's spelling; `undefined` for a code for which Clever has no race, such as
 * `HispanicOrLatinoEthnicity` and `MiddleEasternOrNorthAfrican`.
 */
export function fromCedsRace(code: unknown): KnownRace | undefined {
  return byCode(code);
}
