import { KNOWN_GRADES, type KnownGrade, normalizeGrade } from '../grade.js';
import { lookup } from '../lookup.js';

/**
 * Clever's grades with their CEDS codes.
 *
 * CEDS element: Entry Grade Level, global id 000100 (ceds.ed.gov/element/000100). CEDS uses the same option
 * set for Grade Level When Assessed (000126), Grades Offered (000131), Exit Grade Level (001210) and
 * others; OneRoster also uses it.
 *
 * Source: the elements from the published CEDS Integration Data Store. Inferred: `PostGraduate` is CEDS's
 * Postsecondary; `OT` for `Other` comes from another CEDS set of education levels with the same codes.
 * Clever has no grade for CEDS's adult education.
 */
export const CEDS_GRADES = {
  InfantToddler: 'IT',
  Preschool: 'PR',
  PreKindergarten: 'PK',
  TransitionalKindergarten: 'TK',
  Kindergarten: 'KG',
  1: '01',
  2: '02',
  3: '03',
  4: '04',
  5: '05',
  6: '06',
  7: '07',
  8: '08',
  9: '09',
  10: '10',
  11: '11',
  12: '12',
  13: '13',
  PostGraduate: 'PS',
  Ungraded: 'UG',
  Other: 'OT',
} as const satisfies Readonly<Record<KnownGrade, string>>;

/** The CEDS code of a grade: Entry Grade Level, 000100. */
export type CedsGrade = (typeof CEDS_GRADES)[KnownGrade];

const byCode = /* @__PURE__ */ lookup<KnownGrade>(() => [
  ...KNOWN_GRADES.map((grade) => [CEDS_GRADES[grade], grade] as const),
  ['Other', 'Other'], // OneRoster writes the word
]);

/**
 * Returns the CEDS code of a grade: Entry Grade Level, 000100. Source: see {@link CEDS_GRADES}.
 *
 * @param grade - A grade in any form that {@link normalizeGrade} accepts.
 * @returns The code; `undefined` for an unknown grade.
 *
 * @example
 * ```ts
 * import { toCedsGrade } from 'clever-sdk/values';
 *
 * toCedsGrade('Kindergarten'); // 'KG'
 * toCedsGrade('9'); // '09'
 * ```
 */
export function toCedsGrade(grade: unknown): CedsGrade | undefined {
  const { value } = normalizeGrade(grade);
  return value === undefined ? undefined : CEDS_GRADES[value];
}

/**
 * Returns the grade of a CEDS code, the inverse of {@link toCedsGrade}.
 *
 * @param code - A code of Entry Grade Level, 000100, in any case, or OneRoster's `Other`.
 * @returns The grade in Clever's spelling; `undefined` for a code for which Clever has no grade (`ABE`).
 */
export function fromCedsGrade(code: unknown): KnownGrade | undefined {
  return byCode(code);
}
