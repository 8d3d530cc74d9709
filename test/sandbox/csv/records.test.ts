import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, districtFromCsv, SandboxError } from 'clever-sdk/sandbox';
import { courseSchema, districtSchema, schoolSchema, sectionSchema, termSchema, userSchema } from 'clever-sdk/schemas';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ask, idsOf, readAll } from '../support.js';
import { changed, load, SMALL, toCsv, upload } from './upload.js';

type Person = {
  readonly name: { readonly last: string };
  readonly roles: Readonly<Record<string, Record<string, unknown>>>;
};

async function people(changes: Parameters<typeof load>[0] = {}): Promise<Person[]> {
  return (await load(changes)).users as unknown as Person[];
}

describe('a CSV upload', () => {
  it('becomes records as the API shows them', async () => {
    const { schools = [], sections = [], terms = [], courses = [], users = [] } = await load();
    expect(schools).toMatchObject([{ name: 'Cedar School', sis_id: 'A', low_grade: 'Kindergarten', high_grade: '5' }]);
    expect(users.map((user) => Object.keys((user as unknown as Person).roles))).toEqual([
      ['student'],
      ['student'],
      ['teacher', 'staff'],
    ]);
    const [ada, ben, uma] = users;
    const [school] = schools;
    expect(ada).toMatchObject({ roles: { student: { grade: '3', dob: '3/7/2016', school: school?.id, sis_id: '1' } } });
    expect(ben).toMatchObject({ roles: { student: { grade: 'Kindergarten', dob: '12/31/2019' } } });
    expect(uma).toMatchObject({
      email: 'vale@example.org',
      roles: { teacher: { sis_id: 'T1' }, staff: { staff_id: 'S1', roles: ['SchoolTechLead'] } },
    });
    const members = { teacher: uma?.id, teachers: [uma?.id], students: [ada?.id, ben?.id] };
    const references = { course: courses[0]?.id, term_id: terms[0]?.id, school: school?.id };
    expect(sections).toMatchObject([{ name: 'Art - Vale - 2', subject: 'arts and music', ...members, ...references }]);
    expect(terms).toEqual([{ id: terms[0]?.id, district: expect.any(String), name: 'Fall' }]);
    expect(courses).toMatchObject([{ name: 'Art' }]);
  });

  it('is served by the sandbox, in records that parse strictly', async () => {
    const sandbox = createSandbox({ districts: [await load({}, { name: 'Exampleton ISD' })] });
    const schemas = { districts: districtSchema, schools: schoolSchema, terms: termSchema, courses: courseSchema };
    for (const [kind, schema] of Object.entries({ ...schemas, sections: sectionSchema, users: userSchema })) {
      const records = await readAll(sandbox, `/v3.1/${kind}`);
      expect(records.length).toBeGreaterThan(0);
      expect(records.map((record) => schema.parse(record))).toEqual(records);
    }
    const [section] = idsOf(await ask(sandbox, '/v3.1/sections'));
    expect(idsOf(await ask(sandbox, `/v3.1/sections/${section}/users?role=student`))).toHaveLength(2);
    expect(sandbox.districts[0].name).toBe('Exampleton ISD');
  });

  it('gives a person the same id in every upload of the district, and a different one in another district', async () => {
    const idOfBen = async (...args: Parameters<typeof load>) => (await load(...args)).users?.at(1)?.id;
    const id = await idOfBen();
    expect(await idOfBen({ 'students.csv': changed('students.csv', 1, { Last_name: 'Renamed' }) })).toBe(id);
    expect(await idOfBen({}, { name: 'Another ISD' })).not.toBe(id);
    expect(id).toMatch(/^[0-9a-f]{24}$/u);
  });

  it('has its own contacts, one for siblings, named in the last name only', async () => {
    const parent = {
      Contact_name: 'Noa Quill',
      Contact_type: 'Guardian',
      Contact_relationship: 'Mother',
      Contact_email: 'noa@example.net',
    };
    const aunt = {
      Contact_name: 'Io Quill',
      Contact_type: 'Emergency',
      Contact_relationship: 'Aunt',
      Contact_phone_type: 'Mobile',
    };
    const [ada = {}, ben = {}] = SMALL['students.csv'] ?? [];
    const { users = [] } = await load({
      'students.csv': [
        { ...ada, ...parent },
        { ...ada, ...aunt },
        { ...ben, ...parent },
      ],
    });
    const contacts = users.filter((user) => 'contact' in (user as unknown as Person).roles);
    expect(users).toHaveLength(5);
    expect(contacts).toMatchObject([
      {
        name: { last: 'Noa Quill' },
        roles: {
          contact: {
            student_relationships: [
              { student: users[0]?.id, relationship: 'Parent', type: 'Parent/Guardian' },
              { student: users[1]?.id, relationship: 'Parent', type: 'Parent/Guardian' },
            ],
          },
        },
      },
      { name: { last: 'Io Quill' }, roles: { contact: { phone_type: 'Cell' } } },
    ]);
  });

  it('lists every school of people with several rows, the first one as their own', async () => {
    const schools = [
      ...(SMALL['schools.csv'] ?? []),
      { School_id: 'B', School_name: 'Elm School', School_number: '8' },
    ];
    const [teacher = {}] = SMALL['teachers.csv'] ?? [];
    const [, , uma] = await people({
      'schools.csv': schools,
      'teachers.csv': [{ ...teacher, School_id: 'B' }, teacher],
    });
    const { schools: own, school } = uma?.roles['teacher'] ?? {};
    expect(own).toHaveLength(2);
    expect(school).toBe((own as string[])[0]);
  });

  it('treats a second teacher with the same address as a second person', async () => {
    const [teacher = {}] = SMALL['teachers.csv'] ?? [];
    const roles = (await people({ 'teachers.csv': [teacher, { ...teacher, Teacher_id: 'T2' }] })).map((user) =>
      Object.keys(user.roles),
    );
    expect(roles).toEqual([['student'], ['student'], ['teacher', 'staff'], ['teacher']]);
  });

  it('puts sensitive columns where the district must share them, and extension columns into `ext`', async () => {
    const cells = {
      IEP_status: 'yes',
      Frl_status: 'R',
      Home_language: 'spa',
      Disability_type: 'autism',
      'ext.Bus route': '12',
    };
    const rows = changed('students.csv', 0, cells);
    const [closed, open] = await Promise.all(
      [[], 'all' as const].map(async (sensitiveFields) => {
        const sandbox = createSandbox({ districts: [await load({ 'students.csv': rows }, { sensitiveFields })] });
        const students = (await readAll(sandbox, '/v3.1/users')) as unknown as Person[];
        return students.map(({ roles }) => roles['student']).find((role) => role?.['sis_id'] === '1') ?? {};
      }),
    );
    expect(open).toMatchObject({
      ...{ iep_status: 'Y', frl_status: 'Reduced', home_language: 'Spanish', home_language_code: 'spa' },
      ...{ disability: { disability_type: 'Autism' }, ext: { 'Bus route': '12' } },
    });
    expect(JSON.stringify(closed)).not.toMatch(/iep|frl|language|disability/u);
    expect(closed).toMatchObject({ ext: { 'Bus route': '12' } });
  });

  it('omits sections without students, and what only they refer to', async () => {
    const empty = {
      School_id: 'A',
      Section_id: 'Y',
      Teacher_id: 'T1',
      Course_name: 'Latin',
      Term_name: 'Spring',
      Name: 'Latin',
    };
    const { sections, courses, terms } = await load({ 'sections.csv': [...(SMALL['sections.csv'] ?? []), empty] });
    expect([sections, courses, terms].map((records) => records?.length)).toEqual([1, 1, 1]);
  });

  it.each([
    [{ Course_name: '', Name: 'Homeroom' }, 'Homeroom'],
    [{ Course_name: '' }, 'Vale - 2'],
    [{ Course_name: '', Period: '' }, 'Vale'],
    [{ Period: '' }, 'Art - Vale'],
    [{ Name: 'Own name' }, 'Art - Vale - 2'],
  ])('names a section with %j: %s', async (cells, name) => {
    const { sections } = await load({ 'sections.csv': changed('sections.csv', 0, cells) });
    expect(sections).toMatchObject([{ name }]);
  });

  it.each([
    ['W', 'Caucasian'],
    ['multiracial', 'Two or More Races'],
    ['Hawaiian or Other Pacific Islander', 'Hawaiian or Other Pacific Islander'],
  ])('reads the race %s', async (cell, race) => {
    const [ada] = await people({ 'students.csv': changed('students.csv', 0, { Race: cell }) });
    expect(ada?.roles['student']).toMatchObject({ race });
  });

  it('classifies an unknown subject as other', async () => {
    const { sections } = await load({ 'sections.csv': changed('sections.csv', 0, { Subject: 'Basket weaving' }) });
    expect(sections).toMatchObject([{ subject: 'other' }]);
  });

  it('accepts an invalid e-mail address', async () => {
    const [ada] = await people({ 'students.csv': changed('students.csv', 0, { Student_email: 'no address' }) });
    expect(ada).toMatchObject({ email: 'no address' });
  });
});

describe('the files of an upload', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it('may be text or bytes, with a byte order mark, any line ends, quotes, blank lines, and columns in any order', async () => {
    const students = toCsv(SMALL['students.csv'] ?? []);
    const expected = await load();
    const reversed = (SMALL['students.csv'] ?? []).map((row) => Object.fromEntries(Object.entries(row).reverse()));
    const forms = [
      bytes(students),
      `\u{feff}${students}`,
      bytes(`\u{feff}${students}`),
      students.replaceAll('\n', '\r\n'),
      students.replaceAll('\n', '\r'),
      students.trimEnd(),
      students.replaceAll('\n', '\n\n'),
      students.replaceAll('Quill', '" Quill "'),
      toCsv(reversed),
    ];
    for (const form of forms) {
      expect(await load({ 'students.csv': form })).toEqual(expected);
    }
  });

  it('may have headers in another case and with spaces, and names in another case', async () => {
    const students = toCsv(SMALL['students.csv'] ?? []);
    const header = students.slice(0, students.indexOf('\n'));
    const { 'students.csv': _, ...others } = upload();
    for (const other of [header.toLowerCase(), header.replaceAll('_', ' ')]) {
      const source = { ...others, 'Students.csv': students.replace(header, other) };
      expect(await districtFromCsv(source)).toEqual(await load());
    }
  });

  it('may have line breaks within quotes, names in any script, and text of any length', async () => {
    const last = `日本 ${'é'.repeat(5_000)}\n"O’Neill", Jr.`;
    const [ada] = await people({ 'students.csv': changed('students.csv', 0, { Last_name: last }) });
    expect(ada?.name.last).toBe(last);
  });

  it('may lack staff.csv, or have it under its older name', async () => {
    const [staff = {}] = SMALL['staff.csv'] ?? [];
    const { Staff_email, Role, ...rest } = staff as { Staff_email: string; Role: string };
    const old = { ...rest, Admin_email: Staff_email, Role };
    expect(await load({ 'staff.csv': undefined, 'admins.csv': [old] })).toEqual(await load());
    expect(await people({ 'staff.csv': undefined })).toHaveLength(3);
  });

  it('may have undocumented columns on request', async () => {
    const students = changed('students.csv', 0, { Locker: '12' });
    expect(await load({ 'students.csv': students }, { unknownColumns: 'ignore' })).toEqual(await load());
  });

  it('may be in a folder with other files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'upload-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    for (const [name, text] of Object.entries({ ...upload(), 'notes.csv': 'x', 'README.txt': 'x' })) {
      await writeFile(join(folder, name), text);
    }
    expect(await districtFromCsv(folder)).toEqual(await load());
    await expect(districtFromCsv(join(folder, 'absent'))).rejects.toThrow(SandboxError);
  });

  it.each([
    [{ 'student.csv': '' }, {}, /unknown name/u],
    [{ 'students.csv': 7 }, {}, /text, or bytes/u],
    [null, {}, /folder/u],
    [{}, { nam: 'x' }, /`nam`/u],
    [{}, { name: ' ' }, /`name`/u],
    [{}, { unknownColumns: 'drop' }, /unknownColumns/u],
  ])('are refused when their arguments are wrong: %j %j', async (source, options, message) => {
    await expect(districtFromCsv(source as never, options as never)).rejects.toThrow(message);
  });
});
