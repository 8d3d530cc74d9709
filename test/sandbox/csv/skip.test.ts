import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { type CsvDistrict, createSandbox, districtFromCsv } from 'clever-sdk/sandbox';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readAll } from '../support.js';
import { type Cells, changed, failureOf, load, SMALL, toCsv, upload } from './upload.js';

const rowsOf = (file: string): readonly Cells[] => SMALL[file] ?? [];
const skip = (changes: Parameters<typeof load>[0], options = {}): Promise<CsvDistrict> =>
  load(changes, { onProblem: 'skip', ...options });
const placesOf = ({ problems }: CsvDistrict): string[] =>
  problems.map(({ file, line = '', column = '' }) => `${file} ${line} ${column}`.trim());

/** What a district has, by the district's own ids. */
function contentOf({ schools = [], users = [], sections = [] }: CsvDistrict): Record<string, unknown> {
  const sisIds = (records: readonly unknown[]) => (records as { sis_id: string }[]).map(({ sis_id }) => sis_id);
  const of = (role: string) =>
    (users as unknown as { roles: Record<string, Record<string, unknown>> }[]).flatMap(({ roles }) =>
      roles[role] === undefined ? [] : (roles[role]['sis_id'] ?? roles[role]['staff_id']),
    );
  return {
    schools: sisIds(schools),
    students: of('student'),
    teachers: of('teacher'),
    staff: of('staff'),
    sections: (sections as unknown as { sis_id: string; students: string[] }[]).map(
      ({ sis_id, students }) => `${sis_id} (${students.length})`,
    ),
  };
}

const WHOLE = { schools: ['A'], students: ['1', '2'], teachers: ['T1'], staff: ['S1'], sections: ['X (2)'] };

describe('an upload with problems', () => {
  it.for<[string, Parameters<typeof load>[0], string[], Partial<typeof WHOLE>]>([
    ['nothing wrong', {}, [], {}],
    [
      'a student without a required value, whose enrollment goes, too',
      { 'students.csv': changed('students.csv', 1, { Last_name: ' ' }) },
      ['students.csv 3 Last_name'],
      { students: ['1'], sections: ['X (1)'] },
    ],
    [
      'a student without two required values',
      { 'students.csv': changed('students.csv', 1, { Last_name: '', First_name: '' }) },
      ['students.csv 3 First_name', 'students.csv 3 Last_name'],
      { students: ['1'], sections: ['X (1)'] },
    ],
    [
      'a row without an id',
      { 'students.csv': [...rowsOf('students.csv'), { ...rowsOf('students.csv')[0], Student_id: '' }] },
      ['students.csv 4 Student_id'],
      {},
    ],
    [
      'values that Clever does not have: the rest of the row counts',
      {
        'students.csv': changed('students.csv', 0, {
          Grade: 'x',
          DOB: 'x',
          Race: 'x',
          Gender: 'Q',
          Home_language: 'x',
        }),
      },
      [
        'students.csv 2 Grade',
        'students.csv 2 DOB',
        'students.csv 2 Race',
        'students.csv 2 Gender',
        'students.csv 2 Home_language',
      ],
      {},
    ],
    [
      'a school without a required value, and all that is in it: once',
      { 'schools.csv': changed('schools.csv', 0, { School_number: '' }) },
      ['schools.csv 2 School_number'],
      { schools: [], students: [], teachers: [], staff: [], sections: [] },
    ],
    [
      'a student of an unknown school',
      { 'students.csv': changed('students.csv', 1, { School_id: 'Z' }) },
      ['students.csv 3 School_id'],
      { students: ['1'], sections: ['X (1)'] },
    ],
    [
      'a student of an unknown school and of a known one',
      { 'students.csv': [...rowsOf('students.csv'), { ...rowsOf('students.csv')[1], School_id: 'Z' }] },
      ['students.csv 4 School_id'],
      {},
    ],
    [
      'a teacher of an unknown school, and the sections: once',
      { 'teachers.csv': changed('teachers.csv', 0, { School_id: 'Z' }) },
      ['teachers.csv 2 School_id'],
      { teachers: [], sections: [] },
    ],
    [
      'staff without an address',
      { 'staff.csv': changed('staff.csv', 0, { Staff_email: '' }) },
      ['staff.csv 2 Staff_email'],
      { staff: [] },
    ],
    [
      'a section of an unknown school, and its enrollments: once',
      { 'sections.csv': changed('sections.csv', 0, { School_id: 'Z' }) },
      ['sections.csv 2 School_id'],
      { sections: [] },
    ],
    [
      'a section of an unknown teacher',
      { 'sections.csv': changed('sections.csv', 0, { Teacher_id: 'Z' }) },
      ['sections.csv 2 Teacher_id'],
      { sections: [] },
    ],
    [
      'an unknown second teacher',
      { 'sections.csv': changed('sections.csv', 0, { Teacher_2_id: 'Z', Teacher_3_id: 'T1' }) },
      ['sections.csv 2 Teacher_2_id'],
      {},
    ],
    [
      'enrollments of unknown people, sections and schools',
      {
        'enrollments.csv': [
          ...rowsOf('enrollments.csv'),
          { School_id: 'A', Section_id: 'X', Student_id: '9' },
          { School_id: 'A', Section_id: 'Z', Student_id: '1' },
          { School_id: 'Z', Section_id: 'X', Student_id: '1' },
        ],
      },
      ['enrollments.csv 4 Student_id', 'enrollments.csv 5 Section_id', 'enrollments.csv 6 School_id'],
      {},
    ],
    [
      'rows that repeat an id: the first counts',
      Object.fromEntries(Object.entries(SMALL).map(([file, rows]) => [file, [...rows, ...rows.slice(0, 1)]])),
      [
        'schools.csv 3 School_id',
        'students.csv 4 Student_id',
        'teachers.csv 3 Teacher_id',
        'staff.csv 3 Staff_id',
        'sections.csv 3 Section_id',
        'enrollments.csv 4 Student_id',
      ],
      {},
    ],
    [
      'another person with the same id',
      { 'students.csv': [...rowsOf('students.csv'), { ...rowsOf('students.csv')[0], Student_id: '2', Grade: '9' }] },
      ['students.csv 4 Student_id'],
      {},
    ],
    [
      'a row of the wrong width, and what refers to it: once',
      { 'students.csv': toCsv(rowsOf('students.csv')).replace('Ben,Quill', 'Ben,Quill, Jr.') },
      ['students.csv 3'],
      { students: ['1'], sections: ['X (1)'] },
    ],
    [
      'a row of the wrong width beside an unknown reference',
      {
        'students.csv': toCsv(rowsOf('students.csv')).replace('Ben,Quill', 'Ben,Quill, Jr.'),
        'enrollments.csv': [...rowsOf('enrollments.csv'), { School_id: 'A', Section_id: 'X', Student_id: '9' }],
      },
      ['students.csv 3', 'enrollments.csv 4 Student_id'],
      { students: ['1'], sections: ['X (1)'] },
    ],
    [
      'a quote that is not closed',
      { 'students.csv': toCsv(rowsOf('students.csv')).replace('Ben', '"Ben') },
      ['students.csv 3'],
      { students: ['1'], sections: ['X (1)'] },
    ],
    [
      'quotes that are not closed, before rows that are right',
      {
        'students.csv':
          'School_id,Student_id,First_name,Last_name\nA,8,"Io,Wren\nA,1,"Ada",Quill\nA,9,Al "Bo",Wren\nA,7,"Al" Bo,Wren\nA,2,"Ben",Quill\n',
        'enrollments.csv': 'School_id,Section_id,Student_id\nA,X,1\nA,X,2\nA,X,7\nA,X,8\nA,X,9\n',
      },
      ['students.csv 2', 'students.csv 5'],
      { students: ['1', '9', '2'], sections: ['X (3)'] },
    ],
    [
      'text after a quote',
      { 'teachers.csv': toCsv(rowsOf('teachers.csv')).replace('Uma', '"Uma" Ann') },
      ['teachers.csv 2'],
      { teachers: [], sections: [] },
    ],
    [
      'columns that are unknown, twice there or without a name',
      { 'schools.csv': 'School_id,School_name,School_number,Mascot,school_name,\nA,Cedar School,7,Owl,Elm,x\n' },
      ['schools.csv 1 column 4', 'schools.csv 1 School_name', 'schools.csv 1 column 6'],
      {},
    ],
    [
      'a required column that is missing: no row has a value in it',
      { 'teachers.csv': 'School_id,Teacher_id,First_name\nA,T1,Uma\nA,T2,Io\n' },
      ['teachers.csv 1 Last_name'],
      { teachers: [], sections: [] },
    ],
    ['staff without a header', { 'staff.csv': 'A,S1,vale@example.org\n' }, ['staff.csv 1'], { staff: [] }],
    [
      'a term that ends before it begins',
      { 'sections.csv': changed('sections.csv', 0, { Term_start: '8/17/2026', Term_end: '1/15/2026' }) },
      ['sections.csv 2 Term_end'],
      {},
    ],
    [
      'a contact without a type: the student stays',
      { 'students.csv': changed('students.csv', 0, { Contact_name: 'Noa Quill' }) },
      ['students.csv 2 Contact_type'],
      {},
    ],
    [
      'values of a person that contradict the first row',
      {
        'students.csv': [
          ...rowsOf('students.csv'),
          { ...rowsOf('students.csv')[1], Grade: '9', DOB: '', Contact_name: 'N', Contact_type: 'Family' },
        ],
      },
      ['students.csv 4 Grade'],
      {},
    ],
    [
      'values of a person that contradict one that cannot be read',
      {
        'students.csv': [
          ...changed('students.csv', 1, { Grade: 'x' }),
          { ...rowsOf('students.csv')[1], Grade: '9', Contact_name: 'N', Contact_type: 'Family' },
        ],
      },
      ['students.csv 3 Grade'],
      {},
    ],
  ])('loads what is right, with %s', async ([, changes, places, content]) => {
    const district = await skip(changes);
    expect(placesOf(district)).toEqual(places);
    expect(contentOf(district)).toEqual({ ...WHOLE, ...content });
  });

  it('loads the rows whose characters are known, and the cells', async () => {
    const windows1252 = (text: string) => new Uint8Array([...text].map((character) => character.charCodeAt(0)));
    const rows = [
      { ...rowsOf('students.csv')[0], Student_city: 'Montréal' },
      { ...rowsOf('students.csv')[1], Last_name: 'Quíll' },
    ];
    const district = await skip({ 'students.csv': windows1252(toCsv(rows)) });
    expect(placesOf(district)).toEqual(['students.csv 2 Student_city', 'students.csv 3 Last_name']);
    expect(contentOf(district)).toEqual({ ...WHOLE, students: ['1'], sections: ['X (1)'] });
    expect(district.users?.[0]).toMatchObject({ roles: { student: { location: { city: '' } } } });
    // The character that stands for a bad one is a character like any other in a file whose bytes are right.
    const { problems } = await skip({
      'students.csv': toCsv(changed('students.csv', 0, { Student_city: '\u{fffd}' })),
    });
    expect(problems).toEqual([]);
  });

  it('loads files of any size, with cells of many lines, and wrong quotes in many rows', async () => {
    const count = 5_000;
    const header = 'School_id,Student_id,First_name,Last_name,Student_street';
    const students = Array.from({ length: count }, (_, index) =>
      index % 2 === 0
        ? `A,${index},Ada,Quill,"${'Floor\n'.repeat(index % 40)}Door"`
        : `A,${index},Ada,"Robert "Bob"",${'x'.repeat(index % 50)}`,
    );
    const { problems, users } = await skip({
      'students.csv': [header, ...students].join('\n'),
      'enrollments.csv': 'School_id,Section_id,Student_id\n',
    });
    let line = 2;
    const wrong = students.flatMap((student, index) => {
      const first = line;
      line += student.split('\n').length;
      return index % 2 === 1 ? [first] : [];
    });
    expect(problems.map((problem) => problem.line)).toEqual(wrong);
    expect(users?.length).toBe(count / 2 + 1);
  });

  it('is served without what was left out, and the sandbox ignores the list', async () => {
    const district = await skip({ 'students.csv': changed('students.csv', 1, { Last_name: '' }) });
    const sandbox = createSandbox({ districts: [{ ...district, sensitiveFields: 'all' }] });
    const [section] = await readAll(sandbox, '/v3.1/sections');
    const students = (await readAll(sandbox, '/v3.1/users')).filter(({ roles }) => 'student' in (roles as object));
    expect(section?.['students']).toEqual(students.map(({ id }) => id));
    expect(students).toHaveLength(1);
  });

  it('lists everything that was left out, however much it is', async () => {
    const students = Array.from({ length: 1_500 }, (_, index) => ({
      ...rowsOf('students.csv')[0],
      Student_id: String(index),
      Grade: 'x',
    }));
    expect((await skip({ 'students.csv': students })).problems).toHaveLength(1_500);
  });

  it.for<[string, Parameters<typeof load>[0], string[]]>([
    [
      'a missing file',
      { 'sections.csv': undefined, 'students.csv': changed('students.csv', 0, { Grade: 'x' }) },
      ['sections.csv'],
    ],
    ['missing files', { 'schools.csv': undefined, 'enrollments.csv': undefined }, ['schools.csv', 'enrollments.csv']],
    ['an empty file', { 'teachers.csv': '' }, ['teachers.csv']],
    ['a file without a header', { 'teachers.csv': 'A,T1,Uma,Vale\n' }, ['teachers.csv']],
  ])('is refused for %s alone', async ([, changes, files]) => {
    const error = await failureOf(skip(changes));
    expect(error.problems.map(({ file }) => file)).toEqual(files);
  });

  it('is refused as a whole unless problems may be skipped', async () => {
    const changes = { 'students.csv': changed('students.csv', 0, { Grade: 'x' }) };
    await expect(load(changes)).rejects.toThrow('nothing was loaded');
    await expect(load(changes, { onProblem: 'throw' })).rejects.toThrow('nothing was loaded');
    await expect(load({}, { onProblem: 'ignore' as never })).rejects.toThrow("`onProblem` must be 'throw'");
    expect((await load()).problems).toEqual([]);
  });

  it('is read from a folder as well', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'clever-sdk-csv-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const files = upload({ 'students.csv': changed('students.csv', 0, { Grade: 'x' }) });
    await Promise.all(Object.entries(files).map(([file, text]) => writeFile(join(folder, file), text)));
    const district = await districtFromCsv(folder, { onProblem: 'skip' });
    expect(placesOf(district)).toEqual(['students.csv 2 Grade']);
  });

  it('shows no value of a cell, whatever is wrong with it', async () => {
    const mark = (cells: Cells): Cells =>
      Object.fromEntries(Object.entries(cells).map(([column, cell]) => [column, `CANARY-${cell}`]));
    const contact = {
      Contact_name: 'CANARY',
      Contact_phone: 'CANARY',
      Contact_sis_id: 'CANARY',
      Contact_type: 'CANARY',
    };
    const [ada = {}, ben = {}] = rowsOf('students.csv');
    const uploads: Parameters<typeof load>[0][] = [
      Object.fromEntries(Object.entries(SMALL).map(([file, rows]) => [file, rows.map(mark)])),
      Object.fromEntries(
        Object.keys(SMALL).map((file) => [file, toCsv(rowsOf(file)).replaceAll('\n', ',CANARY,"CAN"ARY,CANARY\n')]),
      ),
      {
        'students.csv': [
          ada,
          { ...mark(ada), Student_id: '1' },
          { ...ada, ...contact },
          { ...ada, ...contact, Contact_name: 'CANARY 2' },
          ben,
        ],
        'teachers.csv': [
          ...rowsOf('teachers.csv'),
          { ...rowsOf('teachers.csv')[0], Title: 'CANARY', School_id: 'CANARY' },
        ],
        'staff.csv': 'School_id,CANARY\nCANARY,CANARY\n',
      },
      {
        'schools.csv': 'School_id,School_name,School_number,CANARY,ext.CANARY,ext.CANARY,\nA,CANARY,"7",1,2,3,CANARY\n',
      },
      {
        'students.csv': new Uint8Array([
          ...new TextEncoder().encode(toCsv([{ ...ada, Student_city: 'CANARY' }])),
          0x43,
          0xe9,
          0x0a,
        ]),
      },
    ];
    for (const changes of uploads) {
      const { problems } = await skip(changes);
      expect(problems.length).toBeGreaterThan(0);
      expect(inspect(problems, { depth: 9, maxArrayLength: null })).not.toMatch(/canary/iu);
    }
  });
});
