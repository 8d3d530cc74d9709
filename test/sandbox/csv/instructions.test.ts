import { createSandbox } from 'clever-sdk/sandbox';
import { KNOWN_SUBJECTS } from 'clever-sdk/values';
import { describe, expect, it } from 'vitest';
import { COLUMNS } from '../../../src/sandbox/roster/csv/columns.js';
import { readAll } from '../support.js';
import { type Cells, changed, load, SMALL } from './upload.js';

/** What the API says of an upload, by kind, and people by role. */
type Served = Readonly<Record<string, readonly Record<string, unknown>[]>>;

async function serve(changes: Parameters<typeof load>[0]): Promise<Served> {
  const sandbox = createSandbox({ districts: [await load(changes, { sensitiveFields: 'all' })] });
  const served = new Map<string, readonly Record<string, unknown>[]>();
  for (const kind of ['schools', 'sections', 'courses', 'terms', 'users']) {
    const records = await readAll(sandbox, `/v3.1/${kind}`);
    served.set(
      kind,
      records.sort((a, b) => keyOf(a).localeCompare(keyOf(b), 'en', { numeric: true })),
    );
  }
  for (const role of ['student', 'teacher', 'staff', 'contact']) {
    served.set(role, served.get('users')?.filter(({ roles }) => role in (roles as object)) ?? []);
  }
  return Object.fromEntries(served);
}

/** The district's own id, so that records are in the order of the files. */
function keyOf(record: Record<string, unknown>): string {
  const [role] = Object.values((record['roles'] ?? {}) as Record<string, Record<string, unknown>>);
  return String(record['sis_id'] ?? role?.['sis_id'] ?? role?.['staff_id'] ?? record['name']);
}

/** The value at a path such as `schools.0.location.city`. */
function at(served: Served, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], served);
}

const SCHOOL = 'schools.0';
const STUDENT = 'student.0.roles.student';
const CONTACT = 'contact.0.roles.contact';
const TEACHER = 'teacher.0.roles.teacher';
const STAFF = 'staff.0.roles.staff';
const SECTION = 'sections.0';

/** Every column, a value of it, where the API has it, and as what; `undefined` for what the API does not have. */
const CELLS: readonly (readonly [file: string, column: string, cell: string, path: string, value: unknown])[] = [
  ['schools.csv', 'School_name', 'Elm School', `${SCHOOL}.name`, 'Elm School'],
  ['schools.csv', 'School_number', '0071', `${SCHOOL}.school_number`, '0071'],
  ['schools.csv', 'State_id', 'S-71', `${SCHOOL}.state_id`, 'S-71'],
  ['schools.csv', 'Nces_id', '360007700592', `${SCHOOL}.nces_id`, '360007700592'],
  ['schools.csv', 'Mdr_number', '04838851', `${SCHOOL}.mdr_number`, '04838851'],
  ['schools.csv', 'Low_grade', 'Preschool', `${SCHOOL}.low_grade`, 'Preschool'],
  ['schools.csv', 'High_grade', '13', `${SCHOOL}.high_grade`, '13'],
  ['schools.csv', 'Principal', 'Ona Wren', `${SCHOOL}.principal.name`, 'Ona Wren'],
  ['schools.csv', 'Principal_email', 'wren@example.org', `${SCHOOL}.principal.email`, 'wren@example.org'],
  ['schools.csv', 'School_address', '1 Elm St, Floor 2', `${SCHOOL}.location.address`, '1 Elm St, Floor 2'],
  ['schools.csv', 'School_city', 'Exampleton', `${SCHOOL}.location.city`, 'Exampleton'],
  ['schools.csv', 'School_state', 'NY', `${SCHOOL}.location.state`, 'NY'],
  ['schools.csv', 'School_zip', '112010001', `${SCHOOL}.location.zip`, '112010001'],
  ['schools.csv', 'School_phone', '15550100100', `${SCHOOL}.phone`, '15550100100'],
  ['students.csv', 'Student_number', '0042', `${STUDENT}.student_number`, '0042'],
  ['students.csv', 'State_id', '99', `${STUDENT}.state_id`, '99'],
  ['students.csv', 'Last_name', "O'Quill", 'student.0.name.last', "O'Quill"],
  ['students.csv', 'First_name', 'Ada', 'student.0.name.first', 'Ada'],
  ['students.csv', 'Middle_name', 'M', 'student.0.name.middle', 'M'],
  ['students.csv', 'Grade', '12', `${STUDENT}.grade`, '12'],
  ['students.csv', 'Gender', 'X', `${STUDENT}.gender`, 'X'],
  ['students.csv', 'Graduation_year', '2031', `${STUDENT}.graduation_year`, '2031'],
  ['students.csv', 'DOB', '08/01/2012', `${STUDENT}.dob`, '8/1/2012'],
  ['students.csv', 'DOB', '', `${STUDENT}.dob`, undefined],
  ['students.csv', 'Race', 'A', `${STUDENT}.race`, 'Asian'],
  ['students.csv', 'Hispanic_Latino', 'Y', `${STUDENT}.hispanic_ethnicity`, 'Y'],
  ['students.csv', 'Home_language', 'Hmong', `${STUDENT}.home_language`, 'Hmong'],
  ['students.csv', 'Ell_status', 'N', `${STUDENT}.ell_status`, 'N'],
  ['students.csv', 'Frl_status', 'F', `${STUDENT}.frl_status`, 'Free'],
  ['students.csv', 'IEP_status', 'Y', `${STUDENT}.iep_status`, 'Y'],
  ['students.csv', 'Gifted_status', 'Y', `${STUDENT}.gifted_status`, 'Y'],
  ['students.csv', 'Section_504_status', 'N', `${STUDENT}.section_504_status`, 'N'],
  ['students.csv', 'Disability_status', 'Y', `${STUDENT}.disability.disability_status`, 'Y'],
  ['students.csv', 'Disability_type', 'Autism', `${STUDENT}.disability.disability_type`, 'Autism'],
  ['students.csv', 'Disability_code', 'aut', `${STUDENT}.disability.disability_code`, 'aut'],
  ['students.csv', 'Student_street', '2 Oak Ave', `${STUDENT}.location.address`, '2 Oak Ave'],
  ['students.csv', 'Student_city', 'Exampleton', `${STUDENT}.location.city`, 'Exampleton'],
  ['students.csv', 'Student_state', 'NY', `${STUDENT}.location.state`, 'NY'],
  ['students.csv', 'Student_zip', '02134', `${STUDENT}.location.zip`, '02134'],
  ['students.csv', 'Student_email', 'ada@example.org', 'student.0.email', 'ada@example.org'],
  ['students.csv', 'Contact_relationship', 'Father', `${CONTACT}.student_relationships.0.relationship`, 'Parent'],
  ['students.csv', 'Contact_type', 'emergency', `${CONTACT}.student_relationships.0.type`, 'Emergency'],
  ['students.csv', 'Contact_name', 'Noa Quill', 'contact.0.name.last', 'Noa Quill'],
  ['students.csv', 'Contact_phone', '5550100100', `${CONTACT}.phone`, '5550100100'],
  ['students.csv', 'Contact_phone_type', 'Work', `${CONTACT}.phone_type`, 'Work'],
  ['students.csv', 'Contact_email', 'noa@example.net', 'contact.0.email', 'noa@example.net'],
  ['students.csv', 'Contact_sis_id', 'C9', `${CONTACT}.sis_id`, 'C9'],
  ['students.csv', 'Username', 'aquill', `${STUDENT}.credentials.district_username`, 'aquill'],
  ['students.csv', 'Password', 'hunter2', `${STUDENT}.credentials.district_password`, undefined],
  ['students.csv', 'Unweighted_gpa', '3.2', `${STUDENT}.unweighted_gpa`, '3.2'],
  ['students.csv', 'Weighted_gpa', '4.1', `${STUDENT}.weighted_gpa`, '4.1'],
  ['students.csv', 'ext.nickname', 'Addy', `${STUDENT}.ext.nickname`, 'Addy'],
  ['schools.csv', 'ext.program_code', 'P', `${SCHOOL}.ext.program_code`, 'P'],
  ['teachers.csv', 'Teacher_number', '17', `${TEACHER}.teacher_number`, '17'],
  ['teachers.csv', 'State_teacher_id', 'ST17', `${TEACHER}.state_id`, 'ST17'],
  ['teachers.csv', 'Teacher_email', 'uv@example.org', 'teacher.0.email', 'uv@example.org'],
  ['teachers.csv', 'First_name', 'Una', 'teacher.0.name.first', 'Una'],
  ['teachers.csv', 'Middle_name', 'Q', 'teacher.0.name.middle', 'Q'],
  ['teachers.csv', 'Last_name', 'Vale-Wren', 'teacher.0.name.last', 'Vale-Wren'],
  ['teachers.csv', 'Title', 'Teacher of Art', `${TEACHER}.title`, 'Teacher of Art'],
  ['teachers.csv', 'Username', 'uvale', `${TEACHER}.credentials.district_username`, 'uvale'],
  ['teachers.csv', 'Password', 'hunter2', `${TEACHER}.credentials.district_password`, undefined],
  ['teachers.csv', 'ext.room', '7', `${TEACHER}.ext.room`, '7'],
  ['staff.csv', 'Staff_email', 'head@example.org', 'staff.0.email', 'head@example.org'],
  ['staff.csv', 'First_name', 'Uma', 'staff.0.name.first', 'Uma'],
  ['staff.csv', 'Last_name', 'Vale', 'staff.0.name.last', 'Vale'],
  ['staff.csv', 'Department', 'Office', `${STAFF}.department`, 'Office'],
  ['staff.csv', 'Title', 'Principal', `${STAFF}.title`, 'Principal'],
  ['staff.csv', 'Username', 'uvale2', `${STAFF}.credentials.district_username`, 'uvale2'],
  ['staff.csv', 'Password', 'hunter2', `${STAFF}.credentials.district_password`, undefined],
  ['staff.csv', 'Role', 'STL', `${STAFF}.roles`, ['SchoolTechLead']],
  ['staff.csv', 'ext.floor', '2', `${STAFF}.ext.floor`, '2'],
  ['sections.csv', 'Name', 'Homeroom', `${SECTION}.name`, 'Art - Vale - 2'],
  ['sections.csv', 'Section_number', '07', `${SECTION}.section_number`, '07'],
  ['sections.csv', 'Course_name', 'Algebra', 'courses.0.name', 'Algebra'],
  ['sections.csv', 'Course_number', '100', 'courses.0.number', '100'],
  ['sections.csv', 'Course_description', 'About', 'courses.0.description', undefined],
  ['sections.csv', 'Period', '1A', `${SECTION}.period`, '1A'],
  ['sections.csv', 'Subject', 'Social studies', `${SECTION}.subject`, 'social studies'],
  ['sections.csv', 'Subject', '', `${SECTION}.subject`, ''],
  ['sections.csv', 'Term_name', 'S1', 'terms.0.name', 'S1'],
  ['sections.csv', 'Term_start', '08/01/2026', 'terms.0.start_date', '2026-08-01'],
  ['sections.csv', 'Term_end', '12/18/2026', 'terms.0.end_date', '2026-12-18'],
  ['sections.csv', 'ext.room', 'B', `${SECTION}.ext.room`, 'B'],
];

/** What a column needs beside it. */
const COMPANIONS = { Contact_name: 'Noa Quill', Contact_type: 'Family' };

describe('a cell of an upload', () => {
  it.for(CELLS)('is what the API says: %s, %s, %j → %s', async ([file, column, cell, path, value]) => {
    const cells = { ...(column.startsWith('Contact_') ? COMPANIONS : {}), [column]: cell };
    expect(at(await serve({ [file]: changed(file, 0, cells) }), path)).toEqual(value);
  });

  it('was tried for every column of every file', () => {
    const tried = new Set(CELLS.map(([file, column]) => `${file} ${column}`));
    // Ids and references, which the other tests are about.
    const others = /_id$|^Staff_id$/u;
    const all = Object.entries(COLUMNS).flatMap(([file, columns]) =>
      Object.keys(columns)
        .filter((column) => !others.test(column) || ['State_id', 'Nces_id'].includes(column))
        .map((column) => `${file} ${column}`),
    );
    expect(all.filter((name) => !tried.has(name))).toEqual(['sections.csv Grade']);
  });

  it('is a reference: teachers and their order, schools, students', async () => {
    const ids = Array.from({ length: 10 }, (_, index) => `T${index + 1}`);
    const [teacher = {}] = SMALL['teachers.csv'] ?? [];
    const columns = ids.map((id, index) => [index === 0 ? 'Teacher_id' : `Teacher_${index + 1}_id`, id]);
    const served = await serve({
      'teachers.csv': ids.map((id) => ({ ...teacher, Teacher_id: id, Teacher_email: `${id}@example.org` })),
      'sections.csv': changed('sections.csv', 0, Object.fromEntries(columns)),
      'staff.csv': undefined,
    });
    const named = new Map(served['teacher']?.map((person) => [person['id'], keyOf(person)]));
    const [section] = served['sections'] ?? [];
    expect((at(served, `${SECTION}.teachers`) as string[]).map((id) => named.get(id))).toEqual(ids);
    expect(named.get(section?.['teacher'])).toBe('T1');
    expect(section?.['school']).toBe(served['schools']?.[0]?.['id']);
    expect(section?.['students']).toEqual(served['student']?.map(({ id }) => id));
    expect(section?.['sis_id']).toBe('X');
  });
});

/** The languages that the instructions name. */
const LANGUAGES =
  `English Albanian Amharic Arabic Bengali Bosnian Burmese Cantonese Chinese Dutch Farsi French German Hebrew
Hindi Hmong Ilocano Japanese Javanese Karen Khmer Korean Laotian Latvian Malay Mandarin Nepali Oromo Polish Portuguese
Punjabi Romanian Russian Samoan Serbian Somali Spanish Swahili Tagalog Tamil Telugu Thai Tigrinya Turkish Ukrainian Urdu
Vietnamese`.split(/\s+/u);

const NAMED_GRADES = [
  ...['InfantToddler', 'Preschool', 'PreKindergarten', 'TransitionalKindergarten', 'Kindergarten', 'PostGraduate'],
  ...['Ungraded', ...Array.from({ length: 13 }, (_, index) => String(index + 1))],
];

describe('a value that the instructions name', () => {
  it.for<[column: string, path: string, values: Readonly<Record<string, string>>]>([
    ['Gender', 'gender', { M: 'M', F: 'F', X: 'X' }],
    [
      'Race',
      'race',
      {
        A: 'Asian',
        B: 'Black or African American',
        I: 'American Indian',
        M: 'Two or More Races',
        P: 'Hawaiian or Other Pacific Islander',
        W: 'Caucasian',
      },
    ],
    ['Hispanic_Latino', 'hispanic_ethnicity', { Y: 'Y', N: 'N', y: 'Y' }],
    ['Ell_status', 'ell_status', { Y: 'Y', N: 'N' }],
    ['IEP_status', 'iep_status', { Y: 'Y', N: 'N' }],
    ['Frl_status', 'frl_status', { F: 'Free', R: 'Reduced', N: 'Paid' }],
    ['Home_language', 'home_language', Object.fromEntries(LANGUAGES.map((name) => [name, name]))],
    ['Grade', 'grade', Object.fromEntries(NAMED_GRADES.map((grade) => [grade, grade]))],
    ['DOB', 'dob', { '08/01/2012': '8/1/2012', '12/31/2012': '12/31/2012', '2/29/2012': '2/29/2012' }],
  ])('of a student is taken: %s', async ([column, member, values]) => {
    const [first = {}] = SMALL['students.csv'] ?? [];
    const rows = Object.keys(values).map((cell, index) => ({
      ...first,
      Student_id: `${1000 + index}`,
      [column]: cell,
    }));
    const { student = [] } = await serve({
      'students.csv': rows,
      'enrollments.csv': 'School_id,Section_id,Student_id\n',
    });
    expect(student.map((person) => at({ student: [person] }, `${STUDENT}.${member}`))).toEqual(Object.values(values));
  });

  it.for<[string, string, string]>([
    ['Contact_relationship', 'Father', 'Parent'],
    ['Contact_relationship', 'Aunt', 'Aunt/Uncle'],
    ['Contact_relationship', 'Uncle', 'Aunt/Uncle'],
    ['Contact_relationship', 'Neighbor', 'Other'],
    ['Contact_relationship', 'Parent', 'Parent'],
    ['Contact_relationship', 'Grandparent', 'Grandparent'],
    ['Contact_relationship', 'Self', 'Self'],
    ['Contact_relationship', 'Sibling', 'Sibling'],
    ['Contact_relationship', 'Case worker (county)', 'Other'],
    ['Contact_relationship', '', ''],
    ['Contact_type', 'family', 'Family'],
    ['Contact_type', 'emergency', 'Emergency'],
    ['Contact_type', 'guardian', 'Parent/Guardian'],
    ['Contact_type', 'Parent/Guardian', 'Parent/Guardian'],
    ['Contact_type', 'Primary', 'Primary'],
    ['Contact_type', 'Secondary', 'Secondary'],
    ['Contact_type', 'Lives with', 'Other'],
    ['Contact_phone_type', 'Cell', 'Cell'],
    ['Contact_phone_type', 'Home', 'Home'],
    ['Contact_phone_type', 'Work', 'Work'],
    ['Contact_phone_type', 'cell', 'Cell'],
    ['Contact_phone_type', 'Daytime', 'Other'],
  ])('or any other word of a contact is taken: %s, %j → %j', async ([column, cell, value]) => {
    const served = await serve({ 'students.csv': changed('students.csv', 0, { ...COMPANIONS, [column]: cell }) });
    const member = column.replace('Contact_', '');
    const path = member === 'phone_type' ? member : `student_relationships.0.${member}`;
    expect(at(served, `${CONTACT}.${path}`)).toBe(value);
  });

  it.for(KNOWN_SUBJECTS)('is a subject, in any case: %s', async (subject) => {
    for (const cell of [subject, subject.toUpperCase(), subject[0]?.toUpperCase() + subject.slice(1)]) {
      expect(
        at(await serve({ 'sections.csv': changed('sections.csv', 0, { Subject: cell }) }), `${SECTION}.subject`),
      ).toBe(subject);
    }
  });

  it.for<[cell: string, grade: string]>([
    ...NAMED_GRADES.map((grade): [string, string] => [grade, grade]),
    ['9-13', '9'],
    ['9-12', '9'],
    ['09-12', '9'],
    ['6 - 8', '6'],
    ['10–12', '10'],
    ['1-1', '1'],
    ['K-5', 'Kindergarten'],
    ['Kindergarten-5', 'Kindergarten'],
    ['Pre-K-5', 'PreKindergarten'],
    ['PreKindergarten-TransitionalKindergarten', 'PreKindergarten'],
    ['prekindergarten', 'PreKindergarten'],
    ['Postgraduate', 'PostGraduate'],
  ])('is a grade of a school and of a section: %s → %s', async ([cell, grade]) => {
    const [section = {}] = SMALL['sections.csv'] ?? [];
    const served = await serve({
      'schools.csv': changed('schools.csv', 0, { Low_grade: cell, High_grade: cell }),
      'sections.csv': [
        { ...section, Grade: cell },
        // Another grade, because Clever replaces the grade that all sections have.
        { ...section, Section_id: 'Y', Grade: grade === '2' ? '3' : '2' },
      ],
    });
    expect([at(served, `${SCHOOL}.low_grade`), at(served, `${SCHOOL}.high_grade`)]).toEqual([grade, grade]);
    expect(at(served, `${SECTION}.grade`)).toBe(grade);
  });

  it.for(['12-9', '9-14', 'all', '0', '-1', 'KF', 'PPK', '-', '9,10'])(
    'is not a grade of a school, nor of a section: %s',
    async (cell) => {
      const rows = { 'schools.csv': 'Low_grade', 'sections.csv': 'Grade' };
      for (const [file, column] of Object.entries(rows)) {
        const { problems } = await load({ [file]: changed(file, 0, { [column]: cell }) }, { onProblem: 'skip' });
        expect(problems).toMatchObject([{ file, line: 2, column }]);
      }
    },
  );

  it('is no range in the grade of a student', async () => {
    const rows = changed('students.csv', 0, { Grade: '9-13' });
    const { problems } = await load({ 'students.csv': rows }, { onProblem: 'skip' });
    expect(problems).toMatchObject([{ file: 'students.csv', line: 2, column: 'Grade' }]);
  });
});

describe('School Tech Lead', () => {
  const [staff = {}] = SMALL['staff.csv'] ?? [];
  const schools = ['A', 'B', 'C'].map((id) => ({ School_id: id, School_name: `School ${id}`, School_number: id }));
  const rolesOf = async (rows: readonly Cells[]) => {
    const served = await serve({ 'schools.csv': schools, 'staff.csv': rows });
    return { roles: at(served, `${STAFF}.roles`), schools: at(served, `${STAFF}.schools`), served };
  };

  it.for([
    'School Tech Lead',
    'SchoolTechLead',
    'STL',
    'school tech lead',
    'schooltechlead',
    'stl',
    'SCHOOL TECH LEAD',
    ' Stl ',
  ])('is what %j means', async (Role) => {
    expect((await rolesOf([{ ...staff, Role }])).roles).toEqual(['SchoolTechLead']);
  });

  it.for([
    '',
    'Tech Lead',
    'Former School Tech Lead',
    'School-Tech-Lead',
    'STL?',
    'Not STL',
    'District Admin',
    'Principal',
  ])('is not what %j means', async (Role) => {
    expect((await rolesOf([{ ...staff, Role }])).roles).toEqual(['PortalOnly']);
  });

  it.for([{ roles: ['STL', '', ''] }, { roles: ['', 'School Tech Lead', ''] }, { roles: ['', 'Principal', 'stl'] }])(
    'is a person at all schools when one row says so: $roles',
    async ({ roles }) => {
      const rows = roles.map((Role, index) => ({ ...staff, School_id: schools[index]?.School_id ?? '', Role }));
      const { roles: held, schools: own, served } = await rolesOf(rows);
      expect(held).toEqual(['SchoolTechLead']);
      expect(own).toEqual(served['schools']?.map(({ id }) => id));
    },
  );
});

describe('DEFAULT_DISTRICT_OFFICE', () => {
  const [staff = {}] = SMALL['staff.csv'] ?? [];

  it('files staff under a school that Clever makes, beside their other schools', async () => {
    const rows = [staff, { ...staff, School_id: 'DEFAULT_DISTRICT_OFFICE' }];
    const served = await serve({ 'staff.csv': rows });
    const office = served['schools']?.find(({ sis_id }) => sis_id === 'DEFAULT_DISTRICT_OFFICE');
    expect(office).toMatchObject({ name: 'Default District Office (Auto-generated)' });
    expect(at(served, `${STAFF}.schools`)).toEqual([served['schools']?.[0]?.['id'], office?.['id']]);
    expect(served['schools']).toHaveLength(2);
  });

  it('is a school only when someone is filed under it, and the upload may have it itself', async () => {
    expect((await serve({}))['schools']).toHaveLength(1);
    const own = { School_id: 'DEFAULT_DISTRICT_OFFICE', School_name: 'Head Office', School_number: '1' };
    const served = await serve({
      'schools.csv': [...(SMALL['schools.csv'] ?? []), own],
      'staff.csv': [{ ...staff, School_id: own.School_id }],
    });
    expect(served['schools']?.map(({ name }) => name)).toEqual(['Cedar School', 'Head Office']);
  });

  it.for(['students.csv', 'teachers.csv', 'sections.csv'])('is no school of %s', async (file) => {
    const rows = changed(file, 0, { School_id: 'DEFAULT_DISTRICT_OFFICE' });
    const { problems } = await load({ [file]: rows }, { onProblem: 'skip' });
    expect(problems).toMatchObject([{ file, line: 2, column: 'School_id' }]);
  });
});

describe('the grade of a section', () => {
  /** A section for each list of students' grades, with its own grade. */
  async function gradesOf(
    sections: readonly (readonly [own: string, students: readonly string[]])[],
  ): Promise<unknown[]> {
    const [section = {}] = SMALL['sections.csv'] ?? [];
    const [student = {}] = SMALL['students.csv'] ?? [];
    const all = sections.flatMap(([, grades], at) =>
      grades.map((grade, index) => ({ id: `${at}${index}`, at, grade })),
    );
    const served = await serve({
      'students.csv': all.map(({ id, grade }) => ({ ...student, Student_id: id, Grade: grade })),
      'sections.csv': sections.map(([Grade], index) => ({ ...section, Section_id: `${index}`, Grade })),
      'enrollments.csv': all.map(({ id, at }) => ({ School_id: 'A', Section_id: `${at}`, Student_id: id })),
    });
    return (served['sections'] ?? []).map(({ grade }) => grade);
  }

  it.for<[string, Parameters<typeof gradesOf>[0], string[]]>([
    [
      'its own',
      [
        ['9', ['3', '3']],
        ['10', ['4']],
      ],
      ['9', '10'],
    ],
    [
      'the most common one of its students without its own',
      [
        ['', ['3', '4', '4']],
        ['10', ['4']],
      ],
      ['4', '10'],
    ],
    [
      'theirs when all sections have the same one',
      [
        ['9', ['3']],
        ['9', ['4', '4', '5']],
      ],
      ['3', '4'],
    ],
    ['theirs when the upload has one section', [['9', ['3']]], ['3']],
    [
      'the youngest of several',
      [
        ['', ['10', '9', 'Kindergarten']],
        ['1', ['2']],
      ],
      ['Kindergarten', '1'],
    ],
    [
      'not counted for students without one',
      [
        ['', ['', '', '7']],
        ['1', ['2']],
      ],
      ['7', '1'],
    ],
    [
      'empty when none of them has one',
      [
        ['', ['', '']],
        ['1', ['2']],
      ],
      ['', '1'],
    ],
    [
      'its own when no student has one',
      [
        ['9', ['']],
        ['9', ['8']],
      ],
      ['9', '8'],
    ],
  ])('is %s', async ([, sections, grades]) => {
    expect(await gradesOf(sections)).toEqual(grades);
  });
});

describe('the name of a section', () => {
  it.for<[Cells, string]>([
    [{ Name: 'Own', Course_name: 'Art', Period: '2' }, 'Art - Vale - 2'],
    [{ Name: 'Own', Course_name: 'Art', Period: '' }, 'Art - Vale'],
    [{ Name: 'Own', Course_name: '', Period: '2' }, 'Own'],
    [{ Name: '', Course_name: '', Period: '2' }, 'Vale - 2'],
    [{ Name: '', Course_name: '', Period: '' }, 'Vale'],
  ])('of %j is %s', async ([cells, name]) => {
    expect(at(await serve({ 'sections.csv': changed('sections.csv', 0, cells) }), `${SECTION}.name`)).toBe(name);
  });
});

describe('extension fields', () => {
  it('are no columns of enrollments', async () => {
    const rows = (SMALL['enrollments.csv'] ?? []).map((row) => ({ ...row, 'ext.note': 'x' }));
    const { problems, sections } = await load({ 'enrollments.csv': rows }, { onProblem: 'skip' });
    expect(problems).toMatchObject([{ file: 'enrollments.csv', line: 1, column: 'column 4' }]);
    expect(sections).toMatchObject([{ students: [expect.anything(), expect.anything()] }]);
  });
});
