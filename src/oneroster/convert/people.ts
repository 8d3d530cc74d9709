import { isId, isUserId, plainText } from '../../oneroster-files/index.js';
import { isObject } from '../../util/is-object.js';
import { parseDob, plainDateToString, toCedsSex } from '../../values/index.js';
import type { CleverRecord } from '../source/source.js';
import { gradeCell } from './classes.js';
import type { ConvertContext, NeutralRow } from './context.js';
import { addMembersWithoutPlace, idsOf, memberOf, textOf } from './members.js';
import { metadataCells } from './metadata.js';

/** A role of Clever's that OneRoster has. */
export type ExportedRole = 'student' | 'teacher' | 'staff' | 'district_admin' | 'contact';

/** The one that counts most for a person comes first. */
const ROLES: readonly ExportedRole[] = ['student', 'teacher', 'staff', 'district_admin', 'contact'];

/** A role of a person at an org. */
interface Held {
  readonly role: ExportedRole;
  /** The word of 1.2. */
  readonly word: string;
  readonly org: string;
}

/** The roles of a person that OneRoster has. */
export function rolesOf(record: CleverRecord): ExportedRole[] {
  return ROLES.filter((role) => isObject(memberOf(record, 'roles', role)));
}

/** The students of a contact, each once: a contact may have several relationships to one. */
export function studentsOf(contact: CleverRecord): string[] {
  const relationships = memberOf(contact, 'roles', 'contact', 'student_relationships');
  const items: readonly unknown[] = Array.isArray(relationships) ? relationships : [];
  return [...new Set(items.map((item) => textOf(item, 'student')).filter((id) => id !== ''))];
}

/** Whether the one role of a person in 1.1 depends on whether the person teaches a section. */
export function dependsOnTeaching(record: CleverRecord): boolean {
  const roles = rolesOf(record);
  return roles.includes('teacher') && roles.length > 1;
}

/**
 * A person as a user, with the person's roles, and demographics where they were asked for. Nothing for a person
 * without a role, because OneRoster requires one.
 *
 * @param teaches - Whether the person teaches a section, as far as {@link dependsOnTeaching}.
 */
export function userRows(record: CleverRecord, context: ConvertContext, teaches = true): NeutralRow[] {
  const { version, losses } = context;
  const roles = rolesOf(record);
  if (roles.length === 0) {
    losses.add('left_out', 'people without a role that OneRoster has', 'users');
    return [];
  }
  addMembersWithoutPlace('users', record, context, losses);
  const held = heldRoles(record, roles, context);
  const user: NeutralRow = {
    file: 'users',
    cells: {
      sourcedId: record.id,
      enabledUser: 'true',
      orgSourcedIds: [...new Set(held.map(({ org }) => org))].join(','),
      ...(version === '1.1' ? { role: singleRole(held, teaches, context) } : {}),
      username: usernameOf(record, roles, context),
      userIds: userIdsOf(record, roles, context),
      ...nameCells(record, roles, context),
      identifier: identifierOf(record, context),
      email: textOf(record, 'email'),
      ...phoneCells(record, context),
      agentSourcedIds: agentsOf(record, roles, context),
      grades: gradeCell(textOf(record, 'roles', 'student', 'grade'), 'users', context),
      primaryOrgSourcedId: primaryOrgOf(record, held),
      ...metadataCells('users', record, context),
    },
  };
  return [user, ...roleRows(record, held, context), ...demographicsRows(record, context)];
}

/** Every role of a person at every school where the person has it. */
function heldRoles(record: CleverRecord, roles: readonly ExportedRole[], context: ConvertContext): Held[] {
  return roles.flatMap((role) => {
    const word = wordOf(record, role, context);
    return orgsOf(record, role, context).map((org) => ({ role, word, org }));
  });
}

function orgsOf(
  record: CleverRecord,
  role: ExportedRole,
  { version, district, knowledge, losses }: ConvertContext,
): string[] {
  if (role === 'district_admin') {
    return [district];
  }
  if (role === 'contact') {
    losses.add('choice', 'the district as org of a contact, for whom Clever has no school', 'users');
    return [district];
  }
  const [primary, all] = [textOf(record, 'roles', role, 'school'), idsOf(record, 'roles', role, 'schools')];
  // In 1.1, the first org is the primary one; 1.2 has a column for it, so that the order of the others is kept.
  const named = [...new Set(version === '1.1' ? [primary, ...all] : [...all, primary])].filter((id) => id !== '');
  const schools = named.filter((id) => knowledge.hasSchool(id));
  if (schools.length < named.length) {
    losses.add('left_out', `schools of people that are not shared: ${role}`, 'users');
  }
  if (schools.length === 0) {
    losses.add('choice', `the district as org of people without a school: ${role}`, 'users');
    return [district];
  }
  return schools;
}

const PRINCIPAL = /\bprincipal\b/iu;
const NOT_THE_PRINCIPAL = /\b(?:assistant|vice|deputy|associate|asst)\b|\bto the\b|secretary/iu;

function wordOf(record: CleverRecord, role: ExportedRole, { principalsByTitle, losses }: ConvertContext): string {
  switch (role) {
    case 'staff': {
      const title = textOf(record, 'roles', 'staff', 'title');
      return principalsByTitle && PRINCIPAL.test(title) && !NOT_THE_PRINCIPAL.test(title)
        ? 'principal'
        : 'siteAdministrator';
    }
    case 'district_admin':
      return 'districtAdministrator';
    case 'contact': {
      const { word, isGuess } = relationOf(memberOf(record, 'roles', 'contact', 'student_relationships'));
      if (isGuess) {
        losses.add('choice', 'relative, for a contact whose relationship OneRoster has no word for', 'users', 'role');
      }
      return word;
    }
    default:
      return role;
  }
}

/** The closest relation of a contact to any student. */
function relationOf(relationships: unknown): { readonly word: string; readonly isGuess: boolean } {
  const items: readonly unknown[] = Array.isArray(relationships) ? relationships : [];
  const words = items.map((item) => {
    const [relationship, type] = [textOf(item, 'relationship'), textOf(item, 'type')];
    if (relationship === 'Parent') {
      return 'parent';
    }
    if (['Grandparent', 'Aunt/Uncle', 'Sibling'].includes(relationship)) {
      return 'relative';
    }
    return type === 'Parent/Guardian' ? 'guardian' : undefined;
  });
  const word = (['parent', 'guardian', 'relative'] as const).find((candidate) => words.includes(candidate));
  return { word: word ?? 'relative', isGuess: word === undefined };
}

/** In 1.1 a person has one role. A teacher who also is staff is a teacher when teaching a section. */
function singleRole(held: readonly Held[], teaches: boolean, { losses }: ConvertContext): string {
  const roles = [...new Set(held.map(({ role }) => role))];
  const chosen =
    roles.length > 1 && roles.includes('teacher') && !teaches ? roles.find((role) => role !== 'teacher') : roles[0];
  for (const role of roles) {
    if (role !== chosen) {
      losses.add('left_out', `second roles of people, of whom 1.1 has one: ${role}`, 'users', 'role');
    }
  }
  const word = held.find(({ role }) => role === chosen)?.word ?? 'student';
  return ['siteAdministrator', 'districtAdministrator', 'principal'].includes(word) ? 'administrator' : word;
}

/** One row for each role and org. The first role of a person at an org is the primary one. */
function roleRows({ id }: CleverRecord, held: readonly Held[], { version, losses }: ConvertContext): NeutralRow[] {
  if (version === '1.1') {
    return [];
  }
  const orgs = new Set<string>();
  return held.flatMap(({ role, word, org }) => {
    const sourcedId = `${id}-${role}-${org}`;
    if (!isId(sourcedId)) {
      losses.add('left_out', 'roles whose id is too long', 'roles');
      return [];
    }
    const roleType = orgs.has(org) ? 'secondary' : 'primary';
    orgs.add(org);
    return [{ file: 'roles', cells: { sourcedId, userSourcedId: id, roleType, role: word, orgSourcedId: org } }];
  });
}

function primaryOrgOf(record: CleverRecord, held: readonly Held[]): string {
  const primary = textOf(record, 'roles', 'student', 'school') || textOf(record, 'roles', 'teacher', 'school');
  const orgs = [...new Set(held.map(({ org }) => org))];
  return orgs.includes(primary) ? primary : orgs.length === 1 ? (orgs[0] ?? '') : '';
}

const LOGGING_IN = ['student', 'teacher', 'staff'] as const;

function usernameOf(record: CleverRecord, roles: readonly ExportedRole[], { losses }: ConvertContext): string {
  const own = LOGGING_IN.map((role) => textOf(record, 'roles', role, 'credentials', 'district_username'));
  const others: readonly (readonly [string, string])[] = [
    ['the e-mail address', textOf(record, 'email')],
    ['the SIS id', roles.map((role) => textOf(record, 'roles', role, 'sis_id')).find((id) => id !== '') ?? ''],
    ['the Clever id', record.id],
  ];
  const known = [...new Set(own.map(plainText).filter((name) => name !== ''))];
  if (known.length > 1) {
    losses.add('choice', "the first role's user name of people with several", 'users', 'username');
  }
  if (known[0] !== undefined) {
    return known[0];
  }
  const [what, name] = others.find(([, candidate]) => plainText(candidate) !== '') ?? ['the Clever id', record.id];
  losses.add('invented', `${what} as user name`, 'users', 'username');
  return name;
}

/** Entries that would break the form of the list are left out. */
function userIdsOf(record: CleverRecord, roles: readonly ExportedRole[], { losses }: ConvertContext): string {
  const first = (type: string, name: string): string => {
    const ids = new Set(roles.map((role) => textOf(record, 'roles', role, name)).filter((id) => id !== ''));
    if (ids.size > 1) {
      losses.add('choice', `the first role's id of people with several: ${type}`, 'users', 'userIds');
    }
    return [...ids][0] ?? '';
  };
  const staffId = textOf(record, 'roles', 'staff', 'staff_id');
  const entries = [
    ['Clever', record.id],
    ['SIS', first('SIS', 'sis_id')],
    ['State', first('State', 'state_id')],
    // The one column for a number has that of the other role.
    ['Staff', roles.length > 1 ? staffId : ''],
  ] as const;
  return entries
    .filter(([, id]) => id !== '')
    .map(([type, id]) => ({ type, entry: `{${type}:${plainText(id)}}` }))
    .filter(({ type, entry }) => {
      if (!isUserId(entry)) {
        losses.add('left_out', `ids with a character that the list cannot have: ${type}`, 'users', 'userIds');
      }
      return isUserId(entry);
    })
    .map(({ entry }) => entry)
    .join(',');
}

function identifiersOf(record: CleverRecord): { readonly role: ExportedRole; readonly value: string }[] {
  return (
    [
      ['student', 'student_number'],
      ['teacher', 'teacher_number'],
      ['staff', 'staff_id'],
    ] as const
  )
    .map(([role, name]) => ({ role, value: textOf(record, 'roles', role, name) }))
    .filter(({ value }) => value !== '');
}

function identifierOf(record: CleverRecord, { losses }: ConvertContext): string {
  const [number, ...others] = identifiersOf(record);
  // The number of staff with another role is in `userIds`.
  for (const { role } of others.filter((other) => other.role !== 'staff')) {
    losses.add('left_out', `the number of a second role: ${role}`, 'users', 'identifier');
  }
  if (number !== undefined) {
    return number.value;
  }
  const sisId = ROLES.map((role) => textOf(record, 'roles', role, 'sis_id')).find((id) => id !== '') ?? '';
  if (sisId !== '') {
    losses.add('choice', 'the SIS id as identifier of people without a number', 'users', 'identifier');
  }
  return sisId;
}

function nameCells(
  record: CleverRecord,
  roles: readonly ExportedRole[],
  { losses, version }: ConvertContext,
): Record<string, string> {
  let [given, family] = [plainText(textOf(record, 'name', 'first')), plainText(textOf(record, 'name', 'last'))];
  if (given === '' && roles.includes('contact') && family !== '') {
    // Clever has the whole name of a contact in `name.last`.
    const at = family.lastIndexOf(' ');
    losses.add(
      'invented',
      at === -1
        ? 'the one word of a name as both names of a contact'
        : 'first and last name of a contact, split at the last space',
      'users',
      'givenName',
    );
    [given, family] = at === -1 ? [family, family] : [family.slice(0, at).trim(), family.slice(at + 1)];
  }
  if (given === '' || family === '') {
    losses.add('invented', 'a missing first or last name', 'users', given === '' ? 'givenName' : 'familyName');
  }
  const preferred = ['first', 'middle', 'last'].map((name) =>
    textOf(record, 'roles', 'student', 'preferred_name', name),
  );
  if (version === '1.1' && preferred.some((name) => name !== '')) {
    losses.add('no_place', 'roles.student.preferred_name', 'users');
  }
  return {
    givenName: given || family || UNKNOWN_NAME,
    familyName: family || given || UNKNOWN_NAME,
    middleName: textOf(record, 'name', 'middle'),
    preferredGivenName: preferred[0] ?? '',
    preferredMiddleName: preferred[1] ?? '',
    preferredFamilyName: preferred[2] ?? '',
  };
}

/** The name of a person of whom Clever shares none. */
const UNKNOWN_NAME = 'Unknown';

function phoneCells(record: CleverRecord, { losses }: ConvertContext): { phone: string; sms: string } {
  const phone = textOf(record, 'roles', 'contact', 'phone');
  const isCell = textOf(record, 'roles', 'contact', 'phone_type') === 'Cell';
  const relationships = memberOf(record, 'roles', 'contact', 'student_relationships');
  if (Array.isArray(relationships) && relationships.length > 0) {
    losses.add('no_place', 'the words of a relationship: relationship, type', 'users');
  }
  return { phone, sms: isCell ? phone : '' };
}

function agentsOf({ id }: CleverRecord, roles: readonly ExportedRole[], { knowledge }: ConvertContext): string {
  return roles.includes('student') ? knowledge.agentsOf(id).join(',') : '';
}

/** The columns of races. `Two or More Races` is a flag of its own, and says nothing of the others. */
const RACES: Readonly<Record<string, string>> = {
  'American Indian': 'americanIndianOrAlaskaNative',
  Asian: 'asian',
  'Black or African American': 'blackOrAfricanAmerican',
  'Hawaiian or Other Pacific Islander': 'nativeHawaiianOrOtherPacificIslander',
  Caucasian: 'white',
  'Two or More Races': 'demographicRaceTwoOrMoreRaces',
};

function demographicsRows(record: CleverRecord, context: ConvertContext): NeutralRow[] {
  const student = memberOf(record, 'roles', 'student');
  if (!context.demographics || !isObject(student)) {
    return [];
  }
  const cells = demographicsCells(student, context);
  return Object.values(cells).every((cell) => cell === '')
    ? []
    : [{ file: 'demographics', cells: { sourcedId: record.id, ...cells } }];
}

function demographicsCells(student: object, { version, losses }: ConvertContext): Record<string, string> {
  const [dob, gender, race, ethnicity] = ['dob', 'gender', 'race', 'hispanic_ethnicity'].map((name) =>
    textOf(student, name),
  );
  const birthDate = parseDob(dob);
  if (dob !== '' && birthDate === undefined) {
    losses.add('left_out', 'dates of birth that are no dates', 'demographics', 'birthDate');
  }
  const sex = gender === 'X' ? (version === '1.2' ? 'other' : '') : (toCedsSex(gender)?.toLowerCase() ?? '');
  if (gender !== '' && sex === '') {
    losses.add('left_out', 'genders that OneRoster has no word for', 'demographics', 'sex');
  }
  const flag = RACES[race ?? ''];
  if (race !== '' && flag === undefined) {
    losses.add('left_out', 'races that OneRoster has no column for, Unknown included', 'demographics');
  }
  return {
    birthDate: birthDate === undefined ? '' : plainDateToString(birthDate),
    sex,
    ...(flag === undefined ? {} : { [flag]: 'true' }),
    hispanicOrLatinoEthnicity: ethnicity === 'Y' ? 'true' : ethnicity === 'N' ? 'false' : '',
  };
}
