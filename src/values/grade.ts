import { type Guard, known, type OpenEnum } from './known.js';
import { type Normalized, normalizer, type Variants } from './lookup.js';

/**
 * Every grade that Clever documents, in Clever's spelling. Ordered from youngest to oldest, then `Ungraded`
 * and `Other`. The empty string, which Clever sends for a missing grade, is not included.
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

/** Whether a value is a grade that Clever documents. */
export const isKnownGrade: Guard<KnownGrade> = /* @__PURE__ */ known(KNOWN_GRADES);

/** Returns every way to write a numbered grade, from `9`, `Ninth` and `Freshman`. */
function numbered(number: string, ordinal: string, word: string, ...names: string[]): readonly string[] {
  const suffix = { 1: 'st', 2: 'nd', 3: 'rd' }[number] ?? 'th';
  const padded = number.padStart(2, '0');
  const digits = padded === number ? [number] : [number, padded];
  return [
    ...digits.slice(1),
    ...digits.flatMap((form) => [`Grade ${form}`, `Gr ${form}`, `G${form}`]),
    ...digits.flatMap((form) => [`${form}${suffix}`, `${form}${suffix} Grade`]),
    ordinal,
    `${ordinal} Grade`,
    `Grade ${word}`,
    ...names,
  ];
}

/**
 * The spellings that {@link normalizeGrade} accepts in addition to Clever's own. Case, spaces and
 * punctuation are ignored: `Pre-K` also matches `prek`, `PRE K` and `Pre.K.`.
 *
 * Intentionally omitted, because they mean different grades in different systems: `0` and `-1`, `PS`
 * (postsecondary in CEDS, preschool elsewhere), `PK3` (a class of three-year-olds, or all grades from PK to
 * 3), `P`, `T`.
 *
 * Source: inferred from the codes of US student information systems and of CEDS; Clever documents only its
 * own spelling.
 */
export const GRADE_VARIANTS: Variants<KnownGrade> = /* @__PURE__ */ (() => ({
  InfantToddler: ['IT', 'Infant', 'Infants', 'Toddler', 'Toddlers', 'Infant and Toddler', 'Infants and Toddlers'],
  Preschool: ['PR', 'Pre-S', 'Nursery', 'Nursery School'],
  PreKindergarten: ['PK', 'Pre-K', 'PKG', 'Pre-KG', 'Pre-Kinder', 'Pre-K 4', 'Pre-Kindergarten 4', 'VPK'],
  TransitionalKindergarten: ['TK', 'TKG', 'Transitional K', 'Transitional Kinder', 'Transition Kindergarten'],
  Kindergarten: ['K', 'KG', 'KDG', 'Kinder', 'Grade K', 'Full-day Kindergarten', 'Half-day Kindergarten'],
  1: numbered('1', 'First', 'One'),
  2: numbered('2', 'Second', 'Two'),
  3: numbered('3', 'Third', 'Three'),
  4: numbered('4', 'Fourth', 'Four'),
  5: numbered('5', 'Fifth', 'Five'),
  6: numbered('6', 'Sixth', 'Six'),
  7: numbered('7', 'Seventh', 'Seven'),
  8: numbered('8', 'Eighth', 'Eight'),
  9: numbered('9', 'Ninth', 'Nine', 'Freshman'),
  10: numbered('10', 'Tenth', 'Ten', 'Sophomore'),
  11: numbered('11', 'Eleventh', 'Eleven', 'Junior'),
  12: numbered('12', 'Twelfth', 'Twelve', 'Senior'),
  13: numbered('13', 'Thirteenth', 'Thirteen'),
  PostGraduate: ['PG', 'Post-Grad', 'Postsecondary'],
  Ungraded: ['UG', 'NG', 'Non-graded'],
  Other: ['OT', 'OTH', 'Other Grade'],
}))();

const normalize = /* @__PURE__ */ normalizer(KNOWN_GRADES, GRADE_VARIANTS);

/**
 * Returns the Clever grade that a value means: one of Clever's exact values, or one of the well-known
 * variants in {@link GRADE_VARIANTS}, ignoring case, spaces and punctuation. Whole numbers are read as
 * their digits.
 *
 * Total and pure: it accepts any value and never throws. Idempotent: the `value` of a result normalizes to itself.
 *
 * @param raw - The grade as named by Clever, a district's `ext` field or another system.
 * @returns `raw` unchanged, and the grade or `undefined`. `''`, `null` and `undefined` are unknown values.
 *
 * @example
 * ```ts
 * import { normalizeGrade } from 'clever-sdk';
 *
 * normalizeGrade('9'); // { raw: '9', value: '9', isKnown: true }
 * normalizeGrade('kindergarten'); // { raw: 'kindergarten', value: 'Kindergarten', isKnown: true }
 * normalizeGrade('14'); // { raw: '14', value: undefined, isKnown: false }
 * ```
 */
export function normalizeGrade(raw: unknown): Normalized<KnownGrade> {
  return normalize(raw);
}

/**
 * Returns the position of a grade among the others, for sorting and comparing.
 *
 * @param grade - A grade in any form that {@link normalizeGrade} accepts.
 * @returns `-4` for `InfantToddler`, `-3` for `Preschool`, `-2` for `PreKindergarten`, `-1` for
 * `TransitionalKindergarten`, `0` for `Kindergarten`, the number itself for `1` to `13`, `14` for
 * `PostGraduate`; `undefined` for `Ungraded`, `Other` and unknown values, which have no position. Source:
 * inferred from the order of US grades.
 *
 * @example
 * ```ts
 * import { gradeOrder } from 'clever-sdk/values';
 *
 * const grades = ['Other', '10', 'Kindergarten', '9'];
 * grades.sort((a, b) => (gradeOrder(a) ?? 99) - (gradeOrder(b) ?? 99)); // ['Kindergarten', '9', '10', 'Other']
 * ```
 */
export function gradeOrder(grade: unknown): number | undefined {
  const { value } = normalizeGrade(grade);
  return value === undefined ? undefined : placeOf(value);
}

/**
 * Lists the grades of a school from its `low_grade` to its `high_grade`, both included, youngest first.
 *
 * Clever does not list the grades in between, so the result has all of them: a school from
 * `PreKindergarten` to `5` also gets `TransitionalKindergarten`, whether or not its state has that grade.
 * Source: inferred.
 *
 * @param low - The school's `low_grade`, in any form that {@link normalizeGrade} accepts.
 * @param high - The school's `high_grade`, in the same forms.
 * @returns The grades in Clever's spelling. Empty when either is missing or unknown, or when `low` is above `high`.
 * `Ungraded` and `Other` have no position: they are in the result only when `low` and `high` both have that value.
 *
 * @example
 * ```ts
 * import { gradesBetween } from 'clever-sdk/values';
 *
 * gradesBetween('Kindergarten', '3'); // ['Kindergarten', '1', '2', '3']
 * gradesBetween('', '3'); // []
 * ```
 */
export function gradesBetween(low: unknown, high: unknown): KnownGrade[] {
  const { value: first } = normalizeGrade(low);
  const { value: last } = normalizeGrade(high);
  if (first === undefined || last === undefined) {
    return [];
  }
  if (first === last) {
    return [first];
  }
  const from = placeOf(first);
  const to = placeOf(last);
  if (from === undefined || to === undefined) {
    return [];
  }
  const start = KNOWN_GRADES.indexOf('Kindergarten');
  return KNOWN_GRADES.slice(start + from, start + to + 1);
}

/** Returns a grade's distance from `Kindergarten`, so that the position of a numbered grade is its number. */
function placeOf(grade: KnownGrade): number | undefined {
  const hasPlace = grade !== 'Ungraded' && grade !== 'Other';
  return hasPlace ? KNOWN_GRADES.indexOf(grade) - KNOWN_GRADES.indexOf('Kindergarten') : undefined;
}
