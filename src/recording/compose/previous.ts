import { isObject } from '../../util/is-object.js';
import type { Json } from '../../util/types.js';
import { type RawRecord, rolesOf } from '../capture/kinds.js';
import { readDate, writeDate } from '../pseudonyms/dates.js';
import type { Draws } from '../pseudonyms/draws.js';
import type { DateSort } from '../pseudonyms/pseudonyms.js';
import type { Rewriting } from './rewrite.js';

const DAY_MS = 86_400_000;
/** The days by which a previous date of a person differs at most from a moved one. */
const PREVIOUS_DATE_DAYS = 45;

/** What the previous values of people are drawn from: values of the whole recording. */
export interface Crowd {
  readonly schools: readonly string[];
  readonly students: readonly string[];
  /** Dates of birth, each that of a group of people. */
  readonly birthdays: readonly number[];
}

/** What the previous values of people are drawn from. */
export function crowdOf(schools: Iterable<string>, people: readonly RawRecord[]): Crowd {
  const students = people.filter((user) => rolesOf(user)['student'] !== undefined);
  return {
    schools: [...new Set([...schools, ...people.flatMap(schoolsIn)])],
    students: students.map(({ id }) => id),
    birthdays: students.flatMap((user) => {
      const dob = rolesOf(user)['student']?.['dob'];
      return (typeof dob === 'string' ? readDate(dob) : undefined) ?? [];
    }),
  };
}

/**
 * How the previous values in an event about a person are treated. Whom the event is about is no secret to someone who
 * knows when the district changed what, so that no value may be that person's: each is drawn from those that many have.
 *
 * @param others - How ids are treated that are of no school and of no student of a contact.
 */
export function drawnFor(previous: Json, crowd: Crowd, draws: Draws, scope: string, others: Rewriting): Rewriting {
  const { pseudonyms } = others;
  const drawn = new Map<string, string>([
    ...exchanged(schoolsIn(previous), crowd.schools, draws),
    ...exchanged(studentsOfContactIn(previous), crowd.students, draws),
  ]);
  return {
    pseudonyms,
    id: (id) => (drawn.has(id) ? pseudonyms.id(drawn.get(id) ?? id) : others.id(id)),
    known: (_, values) => draws.pick(values),
    flag: () => draws.below(2) === 0,
    // In a scope of its own, so that it does not say what the same word becomes in the records.
    text: (text) => pseudonyms.text(text, scope),
    date: (text, sort) => {
      const ms = readDate(text);
      return ms === undefined ? undefined : writeDate(drawnDate(ms, sort, crowd, draws, others), text);
    },
  };
}

function drawnDate(ms: number, sort: DateSort, { birthdays }: Crowd, draws: Draws, { pseudonyms }: Rewriting): number {
  const shift = pseudonyms.shifts[sort];
  if (sort === 'birthday' && birthdays.length > 0) {
    return shift.moment(draws.pick(birthdays));
  }
  return shift.moment(ms) + draws.between(-PREVIOUS_DATE_DAYS, PREVIOUS_DATE_DAYS) * DAY_MS;
}

/** Gives each id another one, drawn from a list: different ones, as long as there are enough. */
function exchanged(ids: readonly string[], list: readonly string[], draws: Draws): [string, string][] {
  const order = draws.shuffled(list);
  return order.length === 0 ? [] : [...new Set(ids)].map((id, index) => [id, order[index % order.length] as string]);
}

/** The schools that the roles of a person name. */
function schoolsIn(user: Json): string[] {
  return Object.values(rolesOf(user))
    .flatMap(({ school, schools, enrollments }) => [school, schools, ...membersOf(enrollments, 'school')].flat())
    .filter(isId);
}

function studentsOfContactIn(user: Json): string[] {
  return membersOf(rolesOf(user)['contact']?.['student_relationships'], 'student').filter(isId);
}

function membersOf(list: unknown, member: string): unknown[] {
  return Array.isArray(list) ? list.map((item: unknown) => (isObject(item) ? item[member] : undefined)) : [];
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
