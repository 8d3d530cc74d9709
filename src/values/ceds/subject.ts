import { lookup } from '../lookup.js';
import { type KnownSubject, normalizeSubject } from '../subject.js';

/**
 * Clever's subjects with the two digits of their SCED course subject area. Clever's `homeroom/advisory` and
 * `interventions/online learning` are not subject areas and have no code.
 *
 * CEDS element: School Courses for the Exchange of Data Course Subject Area, global id 001518
 * (ceds.ed.gov/element/001518), whose codes are those of SCED (nces.ed.gov/forum/SCED.asp).
 *
 * Source: the element from the published CEDS Integration Data Store, the codes from SCED. Inferred: the
 * pairing, from the areas' names.
 *
 * | Code | SCED course subject area |
 * | --- | --- |
 * | 01 | English Language and Literature |
 * | 02 | Mathematics |
 * | 03 | Life and Physical Sciences |
 * | 04 | Social Sciences and History |
 * | 05 | Visual and Performing Arts |
 * | 08 | Physical, Health, and Safety Education |
 * | 21 | Engineering and Technology |
 * | 22 | Miscellaneous |
 * | 24 | World Languages |
 */
export const CEDS_SUBJECTS = {
  'english/language arts': '01',
  math: '02',
  science: '03',
  'social studies': '04',
  'arts and music': '05',
  'PE and health': '08',
  'technology and engineering': '21',
  other: '22',
  language: '24',
} as const satisfies Readonly<Partial<Record<KnownSubject, string>>>;

/** The CEDS code of a subject: SCED Course Subject Area, 001518. */
export type CedsSubject = (typeof CEDS_SUBJECTS)[keyof typeof CEDS_SUBJECTS];

const byCode = /* @__PURE__ */ lookup<KnownSubject>(() => [
  ...(Object.keys(CEDS_SUBJECTS) as (keyof typeof CEDS_SUBJECTS)[]).map(
    (subject) => [CEDS_SUBJECTS[subject], subject] as const,
  ),
  ['06', 'language'], // Foreign Language and Literature, before SCED moved languages to 24
  ['10', 'technology and engineering'], // Information Technology, formerly Computer and Information Sciences
]);

/**
 * Returns the SCED course subject area of a subject, for CEDS element 001518. Source: see {@link CEDS_SUBJECTS}.
 *
 * @param subject - A subject in any form that {@link normalizeSubject} accepts.
 * @returns The two digits; `undefined` for an unknown subject, for `homeroom/advisory` and for
 * `interventions/online learning`.
 *
 * @example
 * ```ts
 * import { toCedsSubject } from 'clever-sdk/values';
 *
 * toCedsSubject('math'); // '02'
 * toCedsSubject('homeroom/advisory'); // undefined
 * ```
 */
export function toCedsSubject(subject: unknown): CedsSubject | undefined {
  const { value } = normalizeSubject(subject);
  return value === undefined ? undefined : (CEDS_SUBJECTS as Partial<Record<KnownSubject, CedsSubject>>)[value];
}

/**
 * Returns the subject of a SCED course subject area, the inverse of {@link toCedsSubject}.
 *
 * @param code - Two digits. `06` (languages in older SCED versions) and `10` (information technology) are
 * also accepted.
 * @returns The subject in Clever's spelling; `undefined` for an area for which Clever has no subject, such as `12`
 * (Business and Marketing). Inferred for `06` and `10`.
 */
export function fromCedsSubject(code: unknown): KnownSubject | undefined {
  return byCode(code);
}
