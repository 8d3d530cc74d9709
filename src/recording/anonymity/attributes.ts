import { isObject } from '../../util/is-object.js';
import type { Json } from '../../util/types.js';
import { ROLE_MEMBERS } from '../members/members.js';
import { readDate } from '../pseudonyms/dates.js';
import { type Cell, type CellValue, readCell } from './cells.js';

/** A cell whose values stay, so that a person could be found by it. */
export interface Attribute extends Cell {
  /** What the people of a group have in common: the values, or for a date its form alone. */
  category(user: Json): string;
  /** The form of the values, which say nothing about the person, such as that one is missing. */
  form(user: Json): string;
}

/** The members that stay, by role, in the order in which they are kept: the first one is replaced last. */
const KEPT: Readonly<Record<string, readonly (readonly string[])[]>> = {
  student: [
    ['school', 'schools'],
    ['grade'],
    ['gender'],
    ['frl_status'],
    ['iep_status'],
    ['ell_status'],
    ['race'],
    ['hispanic_ethnicity'],
    ['gifted_status'],
    ['section_504_status'],
    ['disability'],
    ['home_language', 'home_language_code'],
    ['dob'],
    ['enrollments'],
    ['graduation_year'],
  ],
  teacher: [['school', 'schools']],
  staff: [['schools'], ['roles']],
  contact: [['phone_type'], ['student_relationships']],
};

/** Members by which people of a role are distributed over classes. */
export const STRATUM_MEMBERS: readonly string[] = ['school', 'schools', 'grade'];

/** The attributes of people with these roles. */
export function attributesOf(roles: readonly string[]): Attribute[] {
  const cells = roles.flatMap((part): Cell[] => (KEPT[part] ?? []).map((members) => ({ part, members })));
  return [...cells, { part: '', members: ['lms_status'] }].map(attribute);
}

function attribute(cell: Cell): Attribute {
  return {
    ...cell,
    category: (user) => {
      const value = readCell(user, cell);
      return isDob(cell) ? formOf(cell, value) : JSON.stringify(withoutPeople(value));
    },
    form: (user) => formOf(cell, readCell(user, cell)),
  };
}

/** Whether a cell is the date of birth, of which a group shares one that is near to theirs. */
export function isDob({ members }: Cell): boolean {
  return members[0] === 'dob';
}

/** The form of the values of a cell: their types, and whether they are among those that are known. */
function formOf({ part, members }: Cell, value: CellValue): string {
  return members.map((member) => formOfValue(value[member], ROLE_MEMBERS[part]?.[member])).join('+');
}

function formOfValue(value: unknown, treatment: unknown): string {
  if (typeof value !== 'string') {
    return value === null ? 'null' : Array.isArray(value) ? formOfList(value) : typeof value;
  }
  if (value === '') {
    return 'empty';
  }
  const isUnusual =
    (Array.isArray(treatment) && !treatment.includes(value)) ||
    (treatment === 'birthday' && readDate(value) === undefined);
  return isUnusual ? 'unusual' : 'usual';
}

/** A list is unusual when its items have different types. */
function formOfList(list: readonly unknown[]): string {
  return `list of ${[...new Set(list.map((item) => (item === null ? 'null' : typeof item)))].sort().join(' and ')}`;
}

/** A copy without the ids of the people whom a contact is for. */
function withoutPeople(value: CellValue): unknown {
  const relationships = value['student_relationships'];
  return Array.isArray(relationships)
    ? { ...value, student_relationships: relationships.map((one) => (isObject(one) ? { ...one, student: '' } : one)) }
    : value;
}
