import type { Cells, InspectedRow } from '../../../oneroster-files/index.js';
import { fromCedsGrade, parseDob } from '../../../values/index.js';
import type { UploadFamily } from '../csv/upload-ids.js';
import type { RoleRecord, UserRecord } from '../records.js';
import { TIMES } from '../uploaded-district.js';
import { extensionMembers, lmsMembers, sensitiveMembers } from './metadata.js';
import type { Places } from './orgs.js';
import { cellOf, listOf, type OneRosterRows } from './rows.js';

/** A role of Clever's. */
type Role = 'student' | 'teacher' | 'staff' | 'district_admin' | 'contact';

/** The people of a set of files. */
export interface People {
  readonly records: readonly UserRecord[];
  /** Ids of students and of teachers, by `sourcedId`. */
  readonly students: ReadonlyMap<string, string>;
  readonly teachers: ReadonlyMap<string, string>;
}

/** A person before there is a record: the row, and the roles with their schools. */
interface Person {
  readonly row: InspectedRow;
  readonly id: string;
  readonly roles: ReadonlyMap<Role, { readonly schools: readonly string[]; readonly word: string }>;
}

/** How OneRoster's words for roles become Clever's roles. That all who manage a school become staff is inferred. */
const ROLE_OF_WORD: Readonly<Record<string, Role>> = {
  student: 'student',
  teacher: 'teacher',
  administrator: 'staff',
  siteAdministrator: 'staff',
  principal: 'staff',
  counselor: 'staff',
  aide: 'staff',
  proctor: 'staff',
  districtAdministrator: 'district_admin',
  systemAdministrator: 'district_admin',
  parent: 'contact',
  guardian: 'contact',
  relative: 'contact',
};

/** The family of ids of each role, the first one of a person counts. */
const FAMILIES: Readonly<Record<Role, UploadFamily>> = {
  student: 'student',
  teacher: 'teacher',
  staff: 'staff',
  district_admin: 'staff',
  contact: 'contact',
};

/** Reads users with their roles and demographics. People without a school that their role needs are left out. */
export function readPeople(rows: OneRosterRows, places: Places): People {
  const demographics = new Map(rows.of('demographics').map(({ cells }) => [cellOf(cells, 'sourcedId'), cells]));
  const people = readRoles(rows, places);
  const relationships = relationshipsOf(rows, people);
  const [students, teachers] = [new Map<string, string>(), new Map<string, string>()];
  const records = [...people].map(([sourcedId, person]) => {
    if (person.roles.has('student')) {
      students.set(sourcedId, person.id);
    }
    if (person.roles.has('teacher')) {
      teachers.set(sourcedId, person.id);
    }
    return recordOf(rows, person, {
      demographics: demographics.get(sourcedId) ?? {},
      relationships: relationships.get(sourcedId) ?? [],
      primary: places.schoolIds.get(cellOf(person.row.cells, 'primaryOrgSourcedId')),
    });
  });
  return { records, students, teachers };
}

/** The words that say what a user is, and where. */
function readRoles(rows: OneRosterRows, { schoolIds }: Places): ReadonlyMap<string, Person> {
  const held = new Map<string, [string, string][]>();
  for (const { cells } of rows.of('roles')) {
    const user = cellOf(cells, 'userSourcedId');
    held.set(user, [...(held.get(user) ?? []), [cellOf(cells, 'role'), cellOf(cells, 'orgSourcedId')]]);
  }
  const people = new Map<string, Person>();
  for (const row of rows.of('users')) {
    const sourcedId = cellOf(row.cells, 'sourcedId');
    const words =
      rows.version === '1.2'
        ? (held.get(sourcedId) ?? [])
        : listOf(row.cells, 'orgSourcedIds').map((org): [string, string] => [cellOf(row.cells, 'role'), org]);
    const roles = rolesOf(words, schoolIds);
    const [first] = roles.keys();
    const withoutSchool = (['student', 'teacher'] as const).some((role) => roles.get(role)?.schools.length === 0);
    if (first === undefined) {
      rows.leaveOut(row, 'no-role', 'has no role that Clever knows.');
    } else if (withoutSchool) {
      rows.leaveOut(row, 'no-school', 'has no school, which students and teachers need.');
    } else {
      people.set(sourcedId, { row, id: rows.id(FAMILIES[first], sourcedId), roles });
    }
  }
  return people;
}

function rolesOf(
  words: readonly (readonly [string, string])[],
  schoolIds: ReadonlyMap<string, string>,
): Map<Role, { schools: string[]; word: string }> {
  const roles = new Map<Role, { schools: string[]; word: string }>();
  for (const [word, org] of words) {
    const school = schoolIds.get(org);
    // In 1.1, an administrator of no school is one of the district.
    const isOfDistrict = word === 'administrator' && words.every(([, other]) => !schoolIds.has(other));
    const role = isOfDistrict ? 'district_admin' : ROLE_OF_WORD[word];
    if (role !== undefined) {
      const known = roles.get(role) ?? { schools: [], word };
      roles.set(role, known);
      if (school !== undefined && !known.schools.includes(school)) {
        known.schools.push(school);
      }
    }
  }
  return roles;
}

interface Relationship {
  readonly student: string;
  readonly relationship: string;
  readonly type: string;
}

/** Clever's words for a relationship. That they are these is our reading: OneRoster has three words. */
const RELATIONSHIPS: Readonly<Record<string, Omit<Relationship, 'student'>>> = {
  parent: { relationship: 'Parent', type: 'Parent/Guardian' },
  guardian: { relationship: 'Other', type: 'Parent/Guardian' },
  relative: { relationship: 'Other', type: 'Family' },
};

/** The students of each contact, by the contact's `sourcedId`: either of the two rows may name the other. */
function relationshipsOf(
  rows: OneRosterRows,
  people: ReadonlyMap<string, Person>,
): ReadonlyMap<string, readonly Relationship[]> {
  const found = new Map<string, Relationship[]>();
  const add = (studentId: string, contactId: string): void => {
    const [student, contact] = [people.get(studentId), people.get(contactId)];
    const word = contact?.roles.get('contact')?.word;
    const known = found.get(contactId) ?? [];
    const isNew = !known.some((one) => one.student === student?.id);
    if (student?.roles.has('student') === true && word !== undefined && isNew) {
      const words = RELATIONSHIPS[word] ?? { relationship: 'Other', type: 'Other' };
      found.set(contactId, [...known, { ...words, student: student.id }]);
    }
  };
  for (const { cells } of rows.of('users')) {
    const sourcedId = cellOf(cells, 'sourcedId');
    for (const agent of listOf(cells, 'agentSourcedIds')) {
      add(sourcedId, agent);
      add(agent, sourcedId);
    }
  }
  return found;
}

interface Beside {
  readonly demographics: Cells;
  readonly relationships: readonly Relationship[];
  /** Id of the primary school. */
  readonly primary: string | undefined;
}

function recordOf({ district }: OneRosterRows, { row, id, roles }: Person, beside: Beside): UserRecord {
  const { cells } = row;
  const email = cellOf(cells, 'email');
  const members: Record<string, RoleRecord> = {};
  for (const [role, { schools }] of roles) {
    members[role] = MEMBERS[role](cells, schools, beside, roles);
  }
  return {
    id,
    district,
    ...(email === '' ? {} : { email }),
    ...lmsMembers(cells),
    name: nameOf(cells, roles.has('contact')),
    roles: members,
    ...TIMES,
  };
}

/** Clever has the whole name of a contact in `name.last` (observed). */
function nameOf(cells: Cells, isContact: boolean): UserRecord['name'] {
  const [first, last] = [cellOf(cells, 'givenName'), cellOf(cells, 'familyName')];
  return isContact
    ? { last: first === last ? last : `${first} ${last}` }
    : { first, last, middle: cellOf(cells, 'middleName') };
}

/** An id of `userIds`, which is a list of `{type:id}`. */
function userId(cells: Cells, type: string): string {
  const prefix = `{${type}:`;
  return (
    listOf(cells, 'userIds')
      .find((entry) => entry.startsWith(prefix) && entry.endsWith('}'))
      ?.slice(prefix.length, -1) ?? ''
  );
}

type MakeRole = (
  cells: Cells,
  schools: readonly string[],
  beside: Beside,
  roles: Person['roles'],
) => RoleRecord & Readonly<Record<string, unknown>>;

const MEMBERS: Readonly<Record<Role, MakeRole>> = {
  student: (cells, schools, { demographics, primary }) => ({
    ...inDistrict(cells),
    ...demographicsMembers(demographics),
    ...extensionMembers(cells),
    ...preferredName(cells),
    ...sensitiveMembers(cells),
    enrollments: [],
    grade: fromCedsGrade(listOf(cells, 'grades')[0]) ?? '',
    school: primaryOf(schools, primary),
    schools,
    student_number: cellOf(cells, 'identifier'),
  }),
  teacher: (cells, schools, { primary }, roles) => ({
    ...inDistrict(cells),
    ...extensionMembers(cells),
    school: primaryOf(schools, primary),
    schools,
    // The one identifier of a person who also is staff may be the number of that role.
    teacher_number:
      roles.has('staff') && cellOf(cells, 'identifier') === userId(cells, 'Staff') ? '' : cellOf(cells, 'identifier'),
  }),
  staff: (cells, schools, _, roles) => ({
    credentials: { district_username: cellOf(cells, 'username') },
    ...extensionMembers(cells),
    schools,
    staff_id: userId(cells, 'Staff') || (roles.has('teacher') ? '' : cellOf(cells, 'identifier')),
  }),
  district_admin: () => ({}),
  contact: (cells, _, { relationships }) => ({
    phone: cellOf(cells, 'phone') || cellOf(cells, 'sms'),
    phone_type: cellOf(cells, 'sms') === '' ? '' : 'Cell',
    sis_id: userId(cells, 'SIS'),
    student_relationships: relationships,
  }),
};

function primaryOf(schools: readonly string[], primary: string | undefined): string {
  return primary !== undefined && schools.includes(primary) ? primary : (schools[0] ?? '');
}

/** The members that say who a person is in the district's own systems. Without an SIS id, the `sourcedId` is one. */
function inDistrict(cells: Cells): Readonly<Record<string, unknown>> {
  return {
    credentials: { district_username: cellOf(cells, 'username') },
    sis_id: userId(cells, 'SIS') || cellOf(cells, 'sourcedId'),
    state_id: userId(cells, 'State'),
  };
}

function preferredName(cells: Cells): { readonly preferred_name?: Readonly<Record<string, string>> } {
  const names = {
    first: cellOf(cells, 'preferredGivenName'),
    middle: cellOf(cells, 'preferredMiddleName'),
    last: cellOf(cells, 'preferredFamilyName'),
  };
  return Object.values(names).every((name) => name === '') ? {} : { preferred_name: names };
}

const RACES: readonly (readonly [string, string])[] = [
  ['demographicRaceTwoOrMoreRaces', 'Two or More Races'],
  ['americanIndianOrAlaskaNative', 'American Indian'],
  ['asian', 'Asian'],
  ['blackOrAfricanAmerican', 'Black or African American'],
  ['nativeHawaiianOrOtherPacificIslander', 'Hawaiian or Other Pacific Islander'],
  ['white', 'Caucasian'],
];
const GENDERS: Readonly<Record<string, string>> = { male: 'M', female: 'F', other: 'X' };
const ETHNICITIES: Readonly<Record<string, string>> = { true: 'Y', false: 'N' };

/** Several flags without that of several races are several races (inferred). */
function demographicsMembers(cells: Cells): Readonly<Record<string, string>> {
  const date = parseDob(cellOf(cells, 'birthDate'));
  const races = RACES.filter(([column]) => cellOf(cells, column) === 'true').map(([, race]) => race);
  return {
    ...(date === undefined ? {} : { dob: `${date.month}/${date.day}/${date.year}` }),
    gender: GENDERS[cellOf(cells, 'sex')] ?? '',
    hispanic_ethnicity: ETHNICITIES[cellOf(cells, 'hispanicOrLatinoEthnicity')] ?? '',
    race: races.length > 1 ? 'Two or More Races' : (races[0] ?? ''),
  };
}
