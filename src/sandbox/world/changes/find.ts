import { isKnownRole, type KnownRole } from '../../../values/index.js';
import { SandboxError } from '../../roster/error.js';
import type { AnyRecord, RoleRecord, SectionRecord, UserRecord } from '../../roster/records.js';
import type { Draft } from './draft.js';

const WORDS: Readonly<Record<KnownRole, string>> = {
  student: 'student',
  teacher: 'teacher',
  staff: 'staff member',
  district_admin: 'district admin',
  contact: 'contact',
};

/** Returns a section, or throws an error that says what to pass. */
export function findSection(draft: Draft, id: string): SectionRecord {
  return found(draft.get('sections', id), '`section` must be the id of a section of the district. See `/sections`.');
}

export function findSchool(draft: Draft, id: string): AnyRecord {
  return found(draft.get('schools', id), '`school` must be the id of a school of the district. See `/schools`.');
}

export function findUser(draft: Draft, id: string): UserRecord {
  return found(draft.get('users', id), '`user` must be the id of a person of the district. See `sandbox.people()`.');
}

/** Returns a person who holds a role. */
export function findPersonAs(
  draft: Draft,
  role: 'student' | 'teacher' | 'contact',
  id: string,
): { readonly user: UserRecord; readonly held: RoleRecord } {
  const where =
    role === 'contact' ? '`/users?role=contact`' : `\`sandbox.people({ role: '${role}', districtId: district.id })\``;
  const user = found(
    draft.get('users', id),
    `\`${role}\` must be the id of a ${WORDS[role]} of the district. See ${where}.`,
  );
  const held = user.roles[role];
  if (held === undefined) {
    const has = Object.keys(user.roles).map((one) => (isKnownRole(one) ? WORDS[one] : one));
    throw new SandboxError(
      `\`${role}\` must be the id of a ${WORDS[role]}; this person is ${has.length === 0 ? 'none' : `a ${has.join(' and ')}`}. See ${where}.`,
    );
  }
  return { user, held };
}

function found<Item>(record: Item | undefined, problem: string): Item {
  if (record === undefined) {
    throw new SandboxError(problem);
  }
  return record;
}
