import type { KnownGrade } from './grade.js';
import { normalizeGrade } from './normalize-grade.js';

/** From youngest to oldest; the place of `Kindergarten` is 0, so that a numbered grade is its own number. */
const ORDERED_GRADES = [
  ...['InfantToddler', 'Preschool', 'PreKindergarten', 'TransitionalKindergarten', 'Kindergarten'],
  ...['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13'],
  ...['PostGraduate'],
] as const satisfies readonly KnownGrade[];
const KINDERGARTEN = 4;

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
  return ORDERED_GRADES.slice(KINDERGARTEN + from, KINDERGARTEN + to + 1);
}

function placeOf(grade: KnownGrade): number | undefined {
  const index = (ORDERED_GRADES as readonly KnownGrade[]).indexOf(grade);
  return index === -1 ? undefined : index - KINDERGARTEN;
}
