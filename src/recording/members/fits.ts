import { isObject } from '../../util/is-object.js';
import { type Members, RECORD_MEMBERS, ROLE_MEMBERS, type Treatment } from './members.js';

/** The members that Clever guarantees for people, by part of the record: a client reports one that is missing. */
const GUARANTEED: Readonly<Record<string, readonly string[]>> = {
  '': ['name', 'created', 'last_modified'],
  student: ['school', 'schools', 'enrollments', 'sis_id'],
  teacher: ['school', 'schools', 'sis_id'],
};

/** Whether a member of a person has the type that it should have. Members that no rule knows may have any. */
export function fitsIn(part: string, member: string, object: Readonly<Record<string, unknown>>): boolean {
  const treatment = (part === '' ? RECORD_MEMBERS.users : ROLE_MEMBERS[part])?.[member];
  const value = object[member];
  if (value === undefined || value === null) {
    return GUARANTEED[part]?.includes(member) !== true;
  }
  if (member === 'name' && part === '' && isObject(value) && typeof value['last'] !== 'string') {
    return false;
  }
  if (member === 'ext') {
    return isObject(value) && Object.values(value).every((field) => field === null || typeof field === 'string');
  }
  return treatment === undefined || fits(value, treatment);
}

function fits(value: unknown, treatment: Treatment): boolean {
  if (value === null) {
    return true;
  }
  if (typeof treatment === 'object' && 'members' in treatment) {
    return isObject(value) && fitsMembers(value, treatment.members);
  }
  if (typeof treatment === 'object' && 'each' in treatment) {
    return Array.isArray(value) && value.every((item) => item !== null && fits(item, treatment.each));
  }
  return typeof value === (treatment === 'flag' ? 'boolean' : 'string');
}

function fitsMembers(object: Readonly<Record<string, unknown>>, members: Members): boolean {
  return Object.entries(object).every(([name, value]) => {
    const treatment = Object.hasOwn(members, name) ? members[name] : undefined;
    return treatment === undefined || fits(value, treatment);
  });
}
