import type { RoleRecord, UserRecord } from '../records.js';
import { COLUMNS, type ColumnOf } from './columns.js';
import type { Table } from './read-table.js';
import { assertAgree, type Group, groupRows, schoolsOfRows, TIMES, type Upload } from './upload.js';

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
 * and that addresses are compared without case, is inferred. A second teacher with the same address is a
 * separate person, because a person holds a role only once.
 *
 * Several rows of one person, each for another school, are one person at several schools
 * (support.clever.com 203114867).
 */
export function readEmployees(upload: Upload, schools: ReadonlyMap<string, string>): Employees {
  const people = new Map<string, UserRecord>();
  const byEmail = new Map<string, string>();
  const teachers = new Map<string, Teacher>();
  for (const { key, person, email } of readFile(upload, 'teachers.csv', schools, teacherOf)) {
    people.set(person.id, person);
    teachers.set(key, { id: person.id, lastName: person.name.last ?? '' });
    if (email !== '' && !byEmail.has(email)) {
      byEmail.set(email, person.id);
    }
  }
  for (const { person, email } of readFile(upload, 'staff.csv', schools, staffOf)) {
    const teacher = people.get(byEmail.get(email) ?? '');
    const isOne = teacher !== undefined && teacher.roles.staff === undefined;
    people.set(
      isOne ? teacher.id : person.id,
      isOne ? { ...teacher, roles: { ...teacher.roles, ...person.roles } } : person,
    );
  }
  return { records: [...people.values()], teachers };
}

interface Employee {
  readonly key: string;
  readonly person: UserRecord;
  /** In lower case, for comparison; `''` without an address. */
  readonly email: string;
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
  const column = (file === 'teachers.csv' ? 'Teacher_id' : 'Staff_id') as ColumnOf<File>;
  const columns = (Object.keys(COLUMNS[file]) as ColumnOf<File>[]).filter((name) => name !== 'School_id');
  return [...groupRows(table, column).values()].map((group) => {
    if (group.rows.length > 1) {
      assertAgree(upload, table, group, columns);
      reportRepeated(upload, table, group, column);
    }
    const own = schoolsOfRows(upload, table, group, schools);
    const legacyId = upload.ids.id('legacy', JSON.stringify([file, group.key]));
    const person = toPerson(upload, { table, group, schools: own, legacyId });
    return { key: group.key, person, email: person.email?.toLowerCase() ?? '' };
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

/**
 * By default Clever gives staff access to the portal only; the upload can say otherwise (support.clever.com
 * 229253547).
 */
function staffOf({ ids, district }: Upload, { table, group, schools, legacyId }: Work<'staff.csv'>): UserRecord {
  const cell = (column: ColumnOf<'staff.csv'>): string => table.cell(group.first, column);
  const isTechLead = /tech\s*lead/iu.test(cell('Role'));
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
