import { type Guard, known, type OpenEnum } from './known.js';
import { type Normalized, normalizer, type Variants } from './lookup.js';

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

/** Whether a value is a grade that Clever documents. */
export const isKnownGrade: Guard<KnownGrade> = /* @__PURE__ */ known(KNOWN_GRADES);

/** `9`, `Ninth`, `Freshman` → every way to write that grade. */
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
 * What {@link normalizeGrade} understands beside Clever's own spelling. Case, spaces and punctuation do not count: `Pre-K`
 * stands for `prek`, `PRE K` and `Pre.K.` too.
 *
 * Left out on purpose, because they mean different grades to different systems: `0` and `-1`, `PS` (postsecondary in CEDS,
 * preschool elsewhere), `PK3` (a class of three-year-olds, or all grades from PK to 3), `P`, `T`.
 *
 * Source: inferred from the codes of US student information systems and of CEDS; Clever documents its own spelling only.
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
 * Tells which of Clever's grades a value means: Clever's exact values first, then the well-known variants of
 * {@link GRADE_VARIANTS}, without regard to case, spaces and punctuation. Whole numbers count as their digits.
 *
 * Total and pure: any value has an answer, nothing throws. Idempotent: the `value` of an answer normalizes to itself.
 *
 * @param raw - What Clever, a district's `ext` field or another system calls the grade.
 * @returns `raw` untouched, and the grade or `undefined`. `''`, `null` and `undefined` are not known.
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
 * Places a grade among the others, for sorting and comparing.
 *
 * @param grade - A grade in any form that {@link normalizeGrade} knows.
 * @returns `-4` for `InfantToddler`, `-3` for `Preschool`, `-2` for `PreKindergarten`, `-1` for
 * `TransitionalKindergarten`, `0` for `Kindergarten`, the number itself for `1` to `13`, `14` for `PostGraduate`;
 * `undefined` for `Ungraded`, `Other` and every unknown value, which have no place. Source: inferred, the order of US schools.
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
 * Lists the grades of a school from its `low_grade` and `high_grade`, both included, youngest first.
 *
 * Clever says nothing of the grades between: the answer has all of them, so a school from `PreKindergarten` to `5` gets
 * `TransitionalKindergarten` too, whether its state has such a grade or not. Source: inferred.
 *
 * @param low - The school's `low_grade`, in any form that {@link normalizeGrade} knows.
 * @param high - The school's `high_grade`, likewise.
 * @returns The grades in Clever's spelling. Empty when either is missing or unknown, or when `low` is above `high`.
 * `Ungraded` and `Other` lie between nothing: they are in the answer only when `low` and `high` are both that value.
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

/** A grade's distance from `Kindergarten`, so that a numbered grade is its own number. */
function placeOf(grade: KnownGrade): number | undefined {
  const hasPlace = grade !== 'Ungraded' && grade !== 'Other';
  return hasPlace ? KNOWN_GRADES.indexOf(grade) - KNOWN_GRADES.indexOf('Kindergarten') : undefined;
}
