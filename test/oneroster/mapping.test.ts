import { join } from 'node:path';
import { createCleverClient } from 'clever-sdk';
import { type OneRosterReport, validateOneRoster } from 'clever-sdk/oneroster';
import { createSandbox, type DistrictRecords } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { exported, it, type Row, type Tables } from './support.js';

const DISTRICT = 'd00000000000000000000001';
const STAMPS = { created: '2026-09-01T00:00:00.000Z', last_modified: '2026-09-01T00:00:00.000Z' };
const id = (family: string, n: number): string => `${family}${String(n).padStart(24 - family.length, '0')}`;
const [A, B] = [id('5c', 1), id('5c', 2)];
const school = (n: number, more: object = {}) => ({
  id: id('5c', n),
  district: DISTRICT,
  name: `School ${n}`,
  sis_id: String(n),
  school_number: `N${n}`,
  ...STAMPS,
  ...more,
});
const user = (n: number, roles: object, more: object = {}) => ({
  id: id('a', n),
  district: DISTRICT,
  name: { first: 'Ada', middle: '', last: 'Quill' },
  roles,
  ...STAMPS,
  ...more,
});
const student = (more: object = {}) => ({
  student: { school: A, schools: [A], sis_id: 'S1', enrollments: [], ...more },
});
const section = (n: number, more: object = {}) => ({
  id: id('5e', n),
  district: DISTRICT,
  school: A,
  name: 'Algebra',
  sis_id: String(n),
  subject: 'math',
  teacher: id('a', 2),
  teachers: [id('a', 2)],
  students: [id('a', 1)],
  ...STAMPS,
  ...more,
});
const TEACHER = user(2, { teacher: { school: A, schools: [A], sis_id: 'T1', teacher_number: '7' } });

/** Exports a district that is given as records. */
async function exportOf(
  records: Partial<DistrictRecords>,
  folder: string,
  options: Parameters<typeof exported>[2] = {},
  client: object = {},
): Promise<{ readonly tables: Tables; readonly report: OneRosterReport }> {
  const sandbox = createSandbox({
    districts: [
      { district: { id: DISTRICT, name: 'Tiny' }, schools: [school(1), school(2)], sensitiveFields: 'all', ...records },
    ],
  });
  const district = createCleverClient({ ...sandbox.clientOptions(), validation: 'off' }).district({
    token: sandbox.districts[0].token,
    ...client,
  });
  const out = join(folder, 'roster');
  const found = await exported(district, out, { now: new Date('2027-02-01'), ...options });
  const { problems } = await validateOneRoster(out, { now: new Date('2027-02-01') });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  await sandbox.close();
  return found;
}

function rowOf(tables: Tables, file: string, sourcedId: string): Row {
  return tables[file]?.find((row) => row['sourcedId'] === sourcedId) ?? {};
}

/** The losses as `kind what (column)`: count. */
function lossesOf({ losses }: OneRosterReport): Record<string, number> {
  return Object.fromEntries(losses.map(({ kind, what, count }) => [`${kind} ${what}`, count]));
}

describe('orgs and sessions', () => {
  it('are the district and its schools', async ({ folder }) => {
    const district = { id: DISTRICT, name: 'Tiny', nces_id: '0612', mdr_number: 'M9' };
    const { tables, report } = await exportOf({ district }, folder);
    expect(tables['orgs']).toMatchObject([
      { sourcedId: DISTRICT, type: 'district', name: 'Tiny', identifier: '0612', parentSourcedId: '' },
      { sourcedId: A, type: 'school', name: 'School 1', identifier: 'N1', parentSourcedId: DISTRICT },
      { sourcedId: B, type: 'school' },
    ]);
    expect(lossesOf(report)).toMatchObject({
      'no_place mdr_number of a district with an nces_id': 1,
      'no_place sis_id': 2,
    });
  });

  it('have the district’s mdr_number where it has no nces_id', async ({ folder }) => {
    const { tables, report } = await exportOf({ district: { id: DISTRICT, name: 'Tiny', mdr_number: 'M9' } }, folder);
    expect(rowOf(tables, 'orgs', DISTRICT)).toMatchObject({ identifier: 'M9' });
    expect(report.losses).toContainEqual({
      ...{ kind: 'choice', what: 'mdr_number as identifier of a district without an nces_id' },
      ...{ file: 'orgs.csv', column: 'identifier', count: 1 },
    });
  });

  it.for<[string, object, object]>([
    [
      'plain dates',
      { start_date: '2026-08-20', end_date: '2027-01-15' },
      { startDate: '2026-08-20', endDate: '2027-01-15', schoolYear: '2027' },
    ],
    [
      'date-times',
      { start_date: '2026-08-20T00:00:00.000Z', end_date: '2027-01-15T00:00:00.000Z' },
      { startDate: '2026-08-20', endDate: '2027-01-15' },
    ],
    [
      'dates of older versions',
      { start_date: '2026-08-20 00:00:00.000000', end_date: '2027-01-15 00:00:00.000000' },
      { startDate: '2026-08-20' },
    ],
    [
      'only a beginning',
      { start_date: '2027-01-20' },
      { startDate: '2027-01-20', endDate: '2027-06-30', schoolYear: '2027' },
    ],
    [
      'only an end',
      { end_date: '2026-12-20', start_date: '' },
      { startDate: '2026-07-01', endDate: '2026-12-20', schoolYear: '2027' },
    ],
    [
      'an end before the beginning',
      { start_date: '2027-01-20', end_date: '2026-01-01' },
      { startDate: '2027-01-20', endDate: '2027-06-30' },
    ],
    [
      'a summer term',
      { start_date: '2027-06-15', end_date: '2027-07-30' },
      { startDate: '2027-06-15', endDate: '2027-07-30', schoolYear: '2027' },
    ],
    [
      'dates that are none',
      { start_date: 'soon', end_date: '2027-02-30' },
      { startDate: '2023-07-01', endDate: '2024-06-30', schoolYear: '2024' },
    ],
  ])('have terms with %s', async ([, dates, expected], { folder }) => {
    // The time in the id is in May 2024.
    const term = { id: '6650000000000000000000a1', district: DISTRICT, name: 'Spring', ...dates };
    const { tables } = await exportOf({ terms: [term] }, folder);
    const row = rowOf(tables, 'academicSessions', term.id);
    expect(row).toMatchObject({ type: 'term', title: 'Spring', ...expected });
    const year = rowOf(tables, 'academicSessions', String(row['parentSourcedId']));
    expect(year).toMatchObject({
      type: 'schoolYear',
      schoolYear: row['schoolYear'],
      sourcedId: `${DISTRICT}-schoolYear-${row['schoolYear']}`,
    });
    expect(String(year['startDate']) <= String(row['startDate'])).toBe(true);
    expect(String(year['endDate']) >= String(row['endDate'])).toBe(true);
  });
});

describe('classes and courses', () => {
  it('are sections with their course, term and period', async ({ folder }) => {
    const [term, course] = [id('7e', 1), id('c0', 1)];
    const { tables } = await exportOf(
      {
        terms: [{ id: term, district: DISTRICT, name: 'Y', start_date: '2026-08-20', end_date: '2027-06-01' }],
        courses: [{ id: course, district: DISTRICT, name: '', number: 'ALG1' }],
        users: [user(1, student({ grade: '9' })), TEACHER],
        sections: [
          section(1, { term_id: term, course, period: ' 1 , 3,', section_number: '12', grade: '9', subject: 'math' }),
        ],
      },
      folder,
    );
    expect(tables['classes']).toMatchObject([
      {
        ...{ title: 'Algebra', grades: '09', courseSourcedId: course, classCode: '12', classType: 'scheduled' },
        ...{ schoolSourcedId: A, termSourcedIds: term, subjects: 'math', subjectCodes: '02', periods: '1,3' },
      },
    ]);
    expect(tables['courses']).toMatchObject([{ title: 'ALG1', courseCode: 'ALG1', orgSourcedId: DISTRICT }]);
    expect(tables['enrollments']).toMatchObject([
      {
        sourcedId: `${id('5e', 1)}-${id('a', 2)}`,
        role: 'teacher',
        primary: 'true',
        schoolSourcedId: A,
        beginDate: '',
      },
      { sourcedId: `${id('5e', 1)}-${id('a', 1)}`, role: 'student', primary: '' },
    ]);
  });

  it('are made for sections without a course and a term', async ({ folder }) => {
    const { tables, report } = await exportOf(
      {
        users: [user(1, student()), TEACHER],
        sections: [section(1, { subject: 'homeroom/advisory', course: 'c0ffee' })],
      },
      folder,
    );
    const course = `${id('5e', 1)}-course`;
    expect(tables['courses']).toMatchObject([{ sourcedId: course, title: 'Algebra' }]);
    expect(tables['classes']).toMatchObject([
      {
        courseSourcedId: course,
        termSourcedIds: `${DISTRICT}-schoolYear-2027`,
        classType: 'homeroom',
        subjects: '',
        subjectCodes: '',
      },
    ]);
    expect(lossesOf(report)).toMatchObject({
      'invented a course for a section without one': 1,
      'invented the school year of a section without a term': 1,
      'left_out courses of sections that are not shared': 1,
    });
  });

  it('leave out what refers to nothing, and say so', async ({ folder }) => {
    const { tables, report } = await exportOf(
      {
        users: [user(1, student()), TEACHER],
        sections: [
          section(1, { school: id('5c', 9) }),
          section(2, { students: [id('a', 1), id('a', 1), id('a', 8)], teachers: [id('a', 2), id('a', 9)] }),
          section(3, { students: [id('a', 2), id('a', 1)] }),
          section(4, { subject: 'interventions/online learning', grade: '14' }),
        ],
      },
      folder,
    );
    expect(tables['classes']?.map(({ sourcedId }) => sourcedId)).toEqual([id('5e', 2), id('5e', 3), id('5e', 4)]);
    expect(tables['enrollments']).toHaveLength(6);
    expect(lossesOf(report)).toMatchObject({
      'left_out sections whose school is not shared': 1,
      'left_out enrollments of sections whose school is not shared': 2,
      'left_out enrollments of people who are not exported: students': 1,
      'left_out enrollments of people who are not exported: teachers': 1,
      'choice teacher, for a person who is student of the section as well': 1,
      'no_place subjects without a code of SCED': 1,
      'left_out grades that are not known': 1,
    });
  });

  it('have one teacher who is the primary one, also where the list lacks that person', async ({ folder }) => {
    const other = user(3, { teacher: { school: A, schools: [A], sis_id: 'T2' } });
    const { tables } = await exportOf(
      { users: [user(1, student()), TEACHER, other], sections: [section(1, { teachers: [other.id] })] },
      folder,
    );
    const teachers = tables['enrollments']?.filter(({ role }) => role === 'teacher');
    expect(teachers).toMatchObject([
      { userSourcedId: TEACHER.id, primary: 'true' },
      { userSourcedId: other.id, primary: 'false' },
    ]);
  });
});

describe('people', () => {
  it('have their ids, numbers and names', async ({ folder }) => {
    const one = user(
      1,
      student({
        ...{ school: B, schools: [A, B], sis_id: 'S-1', state_id: 'ST', student_number: '42', grade: 'Kindergarten' },
        ...{ credentials: { district_username: 'ada.q' }, preferred_name: { first: 'Addie', middle: '', last: '' } },
      }),
      { email: 'ada@example.com', name: { first: 'Ada "Ace", Jr.', middle: 'M.', last: 'O’Neil\n\u0007Quill ' } },
    );
    const { tables } = await exportOf({ users: [one] }, folder);
    expect(rowOf(tables, 'users', one.id)).toMatchObject({
      ...{
        enabledUser: 'true',
        username: 'ada.q',
        userIds: `{Clever:${one.id}},{SIS:S-1},{State:ST}`,
        identifier: '42',
      },
      ...{ givenName: 'Ada "Ace", Jr.', middleName: 'M.', familyName: 'O’Neil Quill', email: 'ada@example.com' },
      ...{ grades: 'KG', preferredGivenName: 'Addie', primaryOrgSourcedId: B, password: '' },
    });
    expect(tables['roles']).toMatchObject([
      { sourcedId: `${one.id}-student-${A}`, roleType: 'primary', role: 'student', orgSourcedId: A },
      { sourcedId: `${one.id}-student-${B}`, roleType: 'primary', role: 'student', orgSourcedId: B },
    ]);
    const { tables: older } = await exportOf({ users: [one] }, join(folder, 'older'), { version: '1.1' });
    expect(rowOf(older, 'users', one.id)).toMatchObject({ role: 'student', orgSourcedIds: `${B},${A}` });
  });

  it.for<[string, object, object, string]>([
    ['the e-mail address', {}, { email: 'ada@example.com' }, 'ada@example.com'],
    ['the SIS id', {}, { email: '' }, 'S1'],
    ['the Clever id', { sis_id: '' }, {}, id('a', 1)],
  ])('without a user name have %s', async ([what, members, more, username], { folder }) => {
    const { tables, report } = await exportOf({ users: [user(1, student(members), more)] }, folder);
    expect(rowOf(tables, 'users', id('a', 1))).toMatchObject({ username });
    expect(lossesOf(report)).toMatchObject({ [`invented ${what} as user name`]: 1 });
  });

  it('keep each role at each school in 1.2, with one primary role at each', async ({ folder }) => {
    const both = user(3, {
      teacher: { school: A, schools: [A, B], sis_id: 'T9', teacher_number: '9' },
      staff: { schools: [B], staff_id: 'F9', title: 'Assistant Principal' },
      district_admin: { title: '' },
    });
    const head = user(4, { staff: { schools: [A], staff_id: 'F1', title: 'Principal' } });
    const { tables } = await exportOf({ users: [both, head] }, folder, { principalsByTitle: true });
    const roles = tables['roles']?.map(({ userSourcedId, role, orgSourcedId, roleType }) => [
      userSourcedId,
      role,
      orgSourcedId,
      roleType,
    ]);
    expect(roles).toEqual([
      [both.id, 'teacher', A, 'primary'],
      [both.id, 'teacher', B, 'primary'],
      [both.id, 'siteAdministrator', B, 'secondary'],
      [both.id, 'districtAdministrator', DISTRICT, 'primary'],
      [head.id, 'principal', A, 'primary'],
    ]);
    expect(rowOf(tables, 'users', both.id)['userIds']).toBe(`{Clever:${both.id}},{SIS:T9},{Staff:F9}`);
  });

  it('with several ids and numbers have the first of each, and it is reported', async ({ folder }) => {
    const several = user(3, {
      ...student({ sis_id: 'S3', state_id: 'ST3', student_number: '3' }),
      teacher: { school: A, schools: [A], sis_id: 'T3', state_id: 'ST4', teacher_number: '4' },
      staff: { schools: [A], staff_id: 'F3' },
    });
    const alike = user(4, {
      teacher: { school: A, schools: [A], sis_id: 'P4', teacher_number: '5' },
      contact: { sis_id: 'P4', student_relationships: [] },
    });
    const { tables, report } = await exportOf({ users: [several, alike] }, folder);
    expect(rowOf(tables, 'users', several.id)).toMatchObject({
      userIds: `{Clever:${several.id}},{SIS:S3},{State:ST3},{Staff:F3}`,
      identifier: '3',
    });
    expect(report.losses).toEqual(
      expect.arrayContaining([
        ...['SIS', 'State'].map((type) => ({
          ...{ kind: 'choice', what: `the first role's id of people with several: ${type}` },
          ...{ file: 'users.csv', column: 'userIds', count: 1 },
        })),
        {
          ...{ kind: 'left_out', what: 'the number of a second role: teacher' },
          ...{ file: 'users.csv', column: 'identifier', count: 1 },
        },
      ]),
    );
    expect(`${report}${JSON.stringify(report)}`).not.toMatch(/T3|ST4/u);
  });

  it.for<[string, boolean, string]>([
    ['teacher when they teach', true, 'teacher'],
    ['administrator when they do not', false, 'administrator'],
  ])('with two roles are %s in 1.1', async ([, teaches, role], { folder }) => {
    const both = user(3, { teacher: { school: A, schools: [A], sis_id: 'T9' }, staff: { schools: [A] } });
    const taught = section(1, teaches ? { teacher: both.id, teachers: [both.id] } : {});
    const { tables, report } = await exportOf(
      { users: [user(1, student()), TEACHER, both], sections: [taught] },
      folder,
      { version: '1.1' },
    );
    expect(rowOf(tables, 'users', both.id)).toMatchObject({ role });
    const lost = `left_out second roles of people, of whom 1.1 has one: ${teaches ? 'staff' : 'teacher'}`;
    expect(lossesOf(report)).toMatchObject({ [lost]: 1 });
    expect(tables['enrollments']).toHaveLength(2);
  });

  it('are contacts by their closest relationship, and agents of their students', async ({ folder }) => {
    const contact = (n: number, last: string, relationships: object[], more: object = {}) =>
      user(n, { contact: { phone: '5551234567', student_relationships: relationships, ...more } }, { name: { last } });
    const of = (relationship: string, type = '') => ({ student: id('a', 1), relationship, type });
    const { tables, report } = await exportOf(
      {
        users: [
          user(1, student()),
          contact(11, 'Mary Ann Quill', [of('Grandparent'), of('Parent')], { phone_type: 'Cell' }),
          contact(12, 'Cher', [of('Other', 'Parent/Guardian')], { phone_type: 'Home', sis_id: 'C1' }),
          contact(13, 'Bo Quill', [of('Sibling', 'Emergency')]),
          contact(14, 'Ne Ighbor', [of('Other', 'Emergency')]),
        ],
      },
      folder,
    );
    expect(rowOf(tables, 'users', id('a', 1))['agentSourcedIds']).toBe(
      [11, 12, 13, 14].map((n) => id('a', n)).join(','),
    );
    const people = [11, 12, 13, 14].map((n) => {
      const row = rowOf(tables, 'users', id('a', n));
      return [row['givenName'], row['familyName'], row['phone'], row['sms']];
    });
    expect(people).toEqual([
      ['Mary Ann', 'Quill', '5551234567', '5551234567'],
      ['Cher', 'Cher', '5551234567', ''],
      ['Bo', 'Quill', '5551234567', ''],
      ['Ne', 'Ighbor', '5551234567', ''],
    ]);
    expect(tables['roles']?.slice(0, 4).map(({ role, orgSourcedId }) => [role, orgSourcedId])).toEqual([
      ['parent', DISTRICT],
      ['guardian', DISTRICT],
      ['relative', DISTRICT],
      ['relative', DISTRICT],
    ]);
    expect(lossesOf(report)).toMatchObject({
      'no_place roles.contact.phone_type': 1,
      'choice relative, for a contact whose relationship OneRoster has no word for': 1,
      'invented first and last name of a contact, split at the last space': 3,
      'invented the one word of a name as both names of a contact': 1,
    });
  });

  it('with what no list or cell can have are written without it, and it is reported', async ({ folder }) => {
    const odd = user(
      1,
      student({ sis_id: 'a:b', state_id: 'x,{y}', grade: 'ninth-ish', school: B, schools: [B, id('5c', 9)] }),
    );
    const { tables, report } = await exportOf(
      {
        users: [
          odd,
          user(2, {}),
          user(3, { student: null }),
          { ...user(4, student()), id: 'no id' },
          user(5, student({ school: '', schools: [] }), { name: { first: '', last: ' ' } }),
        ],
      },
      folder,
    );
    expect(rowOf(tables, 'users', odd.id)).toMatchObject({ userIds: `{Clever:${odd.id}}`, grades: '' });
    expect(rowOf(tables, 'users', id('a', 5))).toMatchObject({
      givenName: 'Unknown',
      familyName: 'Unknown',
      primaryOrgSourcedId: DISTRICT,
    });
    expect(tables['users']).toHaveLength(2);
    expect(lossesOf(report)).toMatchObject({
      'left_out ids with a character that the list cannot have: SIS': 1,
      'left_out ids with a character that the list cannot have: State': 1,
      'left_out people without a role that OneRoster has': 2,
      'left_out records whose id has characters that OneRoster does not allow': 1,
      'left_out schools of people that are not shared: student': 1,
      'choice the district as org of people without a school: student': 1,
      'left_out grades that are not known': 1,
    });
  });
});

describe('what is sensitive', () => {
  const CANARIES = {
    ...{ ell_status: 'CANARY-ell', frl_status: 'CANARY-frl', iep_status: 'CANARY-iep', home_language: 'CANARY-lang' },
    ...{ home_language_code: 'CANARY-code', gifted_status: 'CANARY-gift', section_504_status: 'CANARY-504' },
    disability: { disability_status: 'CANARY-ds', disability_type: 'CANARY-dt', disability_code: 'CANARY-dc' },
  };
  const DEMOGRAPHICS = { dob: '2/29/2012', gender: 'F', race: 'Asian', hispanic_ethnicity: 'N' };
  const OTHERS = {
    ext: { classroom: 'CANARY-ext' },
    location: { address: 'CANARY-street' },
    weighted_gpa: 'CANARY-gpa',
  };
  const one = user(1, student({ ...CANARIES, ...DEMOGRAPHICS, ...OTHERS }));

  it('is not in an export that does not name it, whatever the client has', async ({ folder }) => {
    const { tables, report } = await exportOf({ users: [one] }, folder, {}, { sensitiveFields: 'all' });
    expect(JSON.stringify(tables)).not.toMatch(/CANARY|2012/u);
    expect(report.files).not.toContain('demographics.csv');
    expect(`${JSON.stringify(report)}${report}`).not.toContain('CANARY');
    expect(lossesOf(report)).toMatchObject({
      'left_out roles.student.frl_status, because it was not asked for by name': 1,
      'left_out roles.student.disability, because it was not asked for by name': 1,
      'left_out roles.student.dob, because demographics were not asked for': 1,
      'no_place roles.student.location': 1,
      'no_place roles.student.ext': 1,
    });
  });

  it('is in a column of its own when it is named', async ({ folder }) => {
    const options = { sensitiveFields: ['frl_status', 'disability'], metadata: ['ext.classroom'] } as const;
    const { tables } = await exportOf({ users: [one] }, folder, options, { sensitiveFields: 'all' });
    const row = rowOf(tables, 'users', one.id);
    expect(row).toMatchObject({
      'metadata.clever.frl_status': 'CANARY-frl',
      'metadata.clever.disability_type': 'CANARY-dt',
      'metadata.clever.ext.classroom': 'CANARY-ext',
    });
    expect(JSON.stringify(tables)).not.toMatch(/CANARY-(?:iep|ell|lang|code|gift|504|street|gpa)/u);
  });

  it('is reported where a column of its own has no room for it', async ({ folder }) => {
    const metadata = ['ext.room', 'ext.code', 'ext.list'] as const;
    const ext = { room: '12', code: '', list: ['CANARY-list'] };
    const both = user(3, {
      ...student({ ext }),
      teacher: { school: A, schools: [A], sis_id: 'T3', ext: { room: 'CANARY-room', code: 'c', list: '' } },
      contact: { student_relationships: [], ext: { room: 'CANARY-contact' } },
    });
    const { tables, report } = await exportOf({ users: [both] }, folder, { metadata });
    expect(rowOf(tables, 'users', both.id)).toMatchObject({
      'metadata.clever.ext.room': '12',
      'metadata.clever.ext.code': 'c',
    });
    expect(report.losses).toEqual(
      expect.arrayContaining([
        {
          ...{ kind: 'choice', what: "the first role's value of people with several" },
          ...{ file: 'users.csv', column: 'metadata.clever.ext.room', count: 1 },
        },
        {
          ...{ kind: 'left_out', what: 'values that are neither text, number, true nor false' },
          ...{ file: 'users.csv', column: 'metadata.clever.ext.list', count: 1 },
        },
        { kind: 'no_place', what: 'members that Clever does not document', file: 'users.csv', count: 1 },
      ]),
    );
    expect(`${JSON.stringify(tables)}${JSON.stringify(report)}`).not.toContain('CANARY');
  });

  it.for<[string, object, object]>([
    ['a known race', {}, { asian: 'true', white: '', hispanicOrLatinoEthnicity: 'false', sex: 'female' }],
    ['several races', { race: 'Two or More Races' }, { demographicRaceTwoOrMoreRaces: 'true', asian: '' }],
    ['an unknown race', { race: 'Unknown', hispanic_ethnicity: '' }, { asian: '', hispanicOrLatinoEthnicity: '' }],
    ['another gender', { gender: 'X' }, { sex: 'other' }],
  ])('has demographics when they are asked for: %s', async ([, members, expected], { folder }) => {
    const { tables } = await exportOf({ users: [user(1, student({ ...DEMOGRAPHICS, ...members }))] }, folder, {
      demographics: true,
    });
    expect(tables['demographics']).toMatchObject([{ sourcedId: one.id, birthDate: '2012-02-29', ...expected }]);
  });

  it('has no word for another gender in 1.1', async ({ folder }) => {
    const { tables } = await exportOf({ users: [user(1, student({ ...DEMOGRAPHICS, gender: 'X' }))] }, folder, {
      demographics: true,
      version: '1.1',
    });
    expect(tables['demographics']).toMatchObject([{ sex: '' }]);
  });
});
