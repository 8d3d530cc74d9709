import { SandboxError } from '../../roster/error.js';
import type { RoleRecord, UserRecord } from '../../roster/records.js';
import type { ContactReplacement, Renaming, Transfer } from './district-changes.js';
import type { Draft } from './draft.js';
import { relatedIds } from './everything.js';
import { findPersonAs, findSchool } from './find.js';
import { enroll, renameSections } from './section-changes.js';

interface SchoolEnrollment {
  readonly school: string;
  readonly start_date?: string;
  readonly end_date?: string;
}

/** See {@link DistrictChanges.transfer}. */
export function transfer(draft: Draft, { student, school, sections = [] }: Transfer): void {
  const { user, held } = findPersonAs(draft, 'student', student);
  findSchool(draft, school);
  if (held.school === school) {
    throw new SandboxError('The student is already at this school: `school` must be another one. See `/schools`.');
  }
  if (!Array.isArray(sections)) {
    throw new SandboxError('`sections` must be a list of ids of sections that the student joins.');
  }
  const schools = [school, ...(held.schools ?? []).filter((one) => one !== school && one !== held.school)];
  const role = { ...held, school, schools, enrollments: enrollmentsAfter(held, school, draft.now) };
  draft.put('users', { ...user, roles: { ...user.roles, student: role } });
  for (const id of relatedIds(draft.roster, 'users.sections', student)) {
    const section = draft.get('sections', id);
    if (section !== undefined && !sections.includes(id) && !schools.includes(section.school ?? '')) {
      draft.putStudents(
        section,
        (section.students ?? []).filter((one) => one !== student),
      );
    }
  }
  for (const section of sections) {
    enroll(draft, { student, section });
  }
}

/** See {@link DistrictChanges.rename}. */
export function renamePerson(draft: Draft, user: UserRecord, name: Renaming['name']): void {
  const renamed = { ...user, name: { ...user.name, ...name } };
  draft.put('users', renamed);
  renameSections(draft, user, renamed);
}

/** Whether every change gives the person another id, as for contacts without an id of the district's. */
export function isRecreatedByChanges({ roles }: UserRecord): boolean {
  return roles.contact !== undefined && (roles.contact['sis_id'] ?? '') === '';
}

/** What changes about a contact that is recreated. */
export interface Recreation {
  readonly name?: Renaming['name'];
  /** Members of `roles.contact`. */
  readonly changes?: object;
}

/** Returns a contact with a new id. See {@link DistrictChanges.recreateContact}. */
export function recreated(contact: UserRecord, id: string, now: string, { changes, name }: Recreation): UserRecord {
  const { legacy_id: _, ...role } = contact.roles.contact ?? {};
  return {
    ...contact,
    id,
    name: { ...contact.name, ...name },
    roles: { contact: { ...role, ...structuredClone(changes) } },
    created: now,
    last_modified: now,
  };
}

/** Returns the contact that will get a new id. */
export function findRecreatable(draft: Draft, { contact: id, changes = {} }: ContactReplacement): UserRecord {
  const { user } = findPersonAs(draft, 'contact', id);
  if (!isRecreatedByChanges(user)) {
    throw new SandboxError(
      'This contact has a `sis_id`, so its id is stable: change the contact with `users.update()`.',
    );
  }
  if (typeof changes !== 'object' || changes === null || 'sis_id' in changes) {
    throw new SandboxError('`changes` must be members of `roles.contact` other than `sis_id`, in Clever’s spelling.');
  }
  return user;
}

/** Returns the parts of a name that change. */
export function readName(name: Renaming['name'] | undefined): Renaming['name'] {
  const { first, middle, last, ...unknown } = name ?? {};
  const given = Object.entries({ first, middle, last }).filter(([, part]) => part !== undefined);
  if (given.length === 0 || Object.keys(unknown).length > 0 || given.some(([, part]) => typeof part !== 'string')) {
    throw new SandboxError(
      '`name` must be an object with at least one of `first`, `middle` and `last`, each of which is text.',
    );
  }
  return Object.fromEntries(given);
}

/** Ends the enrollment at the old school today, and begins one at the new school. Dates are timestamps (specified). */
function enrollmentsAfter(held: RoleRecord, school: string, now: string): SchoolEnrollment[] {
  const today = `${now.slice(0, 10)}T00:00:00.000Z`;
  const { enrollments = [] } = held as { readonly enrollments?: readonly SchoolEnrollment[] };
  const isLast = (one: SchoolEnrollment): boolean => one.school === held.school;
  const end = enrollments.find(isLast)?.end_date;
  return [
    ...enrollments.map((one) => (isLast(one) ? { ...one, end_date: today } : one)),
    { school, start_date: today, ...(end === undefined ? {} : { end_date: end }) },
  ];
}
