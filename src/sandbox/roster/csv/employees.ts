import { groupBy } from '../../../util/group-by.js';
import type { RoleRecord, UserRecord } from '../records.js';
import { TIMES } from '../uploaded-district.js';
import { type ColumnOf, idColumnOf } from './columns.js';
import { identifyingAddress } from './identity.js';
import type { Table } from './read-table.js';
import type { Schools } from './schools.js';
import { type Group, groupPeople, schoolsOfRows, type Upload } from './upload.js';

type EmployeeFile = 'teachers.csv' | 'staff.csv';

/** A teacher, as sections refer to one. */
export interface Teacher {
  readonly id: string;
  readonly lastName: string;
}

/** The employees of an upload, and its teachers by `Teacher_id`. */
export interface Employees {
  readonly records: UserRecord[];
  readonly teachers: ReadonlyMap<string, Teacher>;
}

/**
 * Reads teachers.csv and staff.csv. A teacher and a staff member with the same e-mail address are one
 * person with two roles (dev.clever.com/docs/api-v3-faqs). That the person has the teacher's id and name,
 * and that addresses are compared without case, is inferred, and so is which addresses identify no person: text that is
 * no address, and an address that several people share.
 *
 * Several rows of one person, each for another school, are one person at several schools
 * (support.clever.com 203114867). A person without a school in the upload is left out.
 */
export function readEmployees(upload: Upload, schools: Schools): Employees {
  const teachers = readFile(upload, 'teachers.csv', schools.ids, teacherOf);
  const staff = readFile(upload, 'staff.csv', schools.idsForStaff, staffOf);
  const people = new Map(teachers.map(({ person }) => [person.id, person]));
  const teachersAt = groupBy(teachers, ({ address }) => address);
  const staffAt = groupBy(staff, ({ address }) => address);
  for (const { person, address } of staff) {
    const sharers = address === undefined ? [] : (teachersAt.get(address) ?? []);
    const isShared = sharers.length + (staffAt.get(address)?.length ?? 0) > 2;
    const namesake = sharers
      .map(({ person: { id } }) => people.get(id))
      .find((teacher) => teacher?.roles.staff === undefined && isNamesake(teacher, person, isShared));
    people.set(
      namesake?.id ?? person.id,
      namesake === undefined ? person : { ...namesake, roles: { ...namesake.roles, ...person.roles } },
    );
  }
  return {
    records: [...people.values()],
    teachers: new Map(teachers.map(({ key, person }) => [key, { id: person.id, lastName: person.name.last ?? '' }])),
  };
}

/**
 * Whether two people with the same address are one. Their names may differ by a nickname or a marriage, so one equal
 * name is enough, unless more people have the address.
 */
function isNamesake(teacher: UserRecord | undefined, staff: UserRecord, isShared: boolean): boolean {
  const equal = (['first', 'last'] as const).map(
    (part) => teacher?.name[part]?.toLowerCase() === staff.name[part]?.toLowerCase(),
  );
  return isShared ? equal.every(Boolean) : equal.some(Boolean);
}

interface Employee {
  readonly key: string;
  readonly person: UserRecord;
  /** The address that identifies the person. */
  readonly address: string | undefined;
}

interface Work<File extends EmployeeFile> {
  readonly table: Table<File>;
  readonly group: Group;
  readonly schools: readonly string[];
  readonly legacyId: string;
}

function readFile<File extends EmployeeFile>(
  upload: Upload,
  file: File,
  schools: ReadonlyMap<string, string>,
  toPerson: (upload: Upload, work: Work<File>) => UserRecord,
): Employee[] {
  const table = upload.tables[file] as Table<File>;
  const column = idColumnOf(file);
  const groups = groupPeople(upload, table, ['School_id', 'Role']);
  return [...groups.values()].flatMap((group) => {
    reportRepeated(upload, table, group, column);
    const own = schoolsOfRows(upload, table, group, schools);
    if (own.length === 0) {
      upload.leftOut.add(file, [group.key]);
      return [];
    }
    const legacyId = upload.ids.id('legacy', JSON.stringify([file, group.key]));
    const person = toPerson(upload, { table, group, schools: own, legacyId });
    return [{ key: group.key, person, address: identifyingAddress(person.email ?? '') }];
  });
}

function reportRepeated<File extends EmployeeFile>(
  { problems }: Upload,
  table: Table<File>,
  { rows }: Group,
  column: ColumnOf<File>,
): void {
  const seen = new Map<string, number>();
  for (const row of rows) {
    const school = table.cell(row, 'School_id' as ColumnOf<File>);
    const line = seen.get(school);
    if (line !== undefined) {
      const text = `repeats the id of line ${line} for the same school; keep one of the rows.`;
      problems.add({ file: table.file, line: row.line, column }, text);
    }
    seen.set(school, row.line);
  }
}

function teacherOf({ ids, district }: Upload, { table, group, schools, legacyId }: Work<'teachers.csv'>): UserRecord {
  const cell = (column: ColumnOf<'teachers.csv'>): string => table.cell(group.first, column);
  const role: RoleRecord = {
    credentials: { district_username: cell('Username') },
    ...table.extensions(group.first),
    ...(schools[0] === undefined ? {} : { school: schools[0] }),
    schools,
    sis_id: group.key,
    state_id: cell('State_teacher_id'),
    teacher_number: cell('Teacher_number'),
    title: cell('Title'),
    legacy_id: legacyId,
  };
  const name = { first: cell('First_name'), last: cell('Last_name'), middle: cell('Middle_name') };
  return person({
    id: ids.id('teacher', group.key),
    district,
    email: cell('Teacher_email'),
    name,
    roles: { teacher: role },
  });
}

/** The spellings of the only role that Clever supports, in lower case. Source: SFTP instructions 2.1.1. */
const TECH_LEAD: readonly string[] = ['school tech lead', 'schooltechlead', 'stl'];

/**
 * By default Clever gives staff access to the portal only; one row of a person can say otherwise, for all schools of
 * the person (SFTP instructions 2.1.1).
 */
function staffOf({ ids, district }: Upload, { table, group, schools, legacyId }: Work<'staff.csv'>): UserRecord {
  const cell = (column: ColumnOf<'staff.csv'>): string => table.cell(group.first, column);
  const isTechLead = group.rows.some((row) => TECH_LEAD.includes(table.cell(row, 'Role').toLowerCase()));
  const role: RoleRecord = {
    credentials: { district_username: cell('Username') },
    department: cell('Department'),
    ...table.extensions(group.first),
    schools,
    staff_id: group.key,
    title: cell('Title'),
    roles: [isTechLead ? 'SchoolTechLead' : 'PortalOnly'],
    legacy_id: legacyId,
  };
  const name = { first: cell('First_name'), last: cell('Last_name') };
  return person({ id: ids.id('staff', group.key), district, email: cell('Staff_email'), name, roles: { staff: role } });
}

interface Employed {
  readonly id: string;
  readonly district: string;
  readonly email: string;
  readonly name: UserRecord['name'];
  readonly roles: UserRecord['roles'];
}

function person({ id, district, email, name, roles }: Employed): UserRecord {
  return { id, district, ...(email === '' ? {} : { email }), name, roles, ...TIMES };
}
