import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { districtFromCsv, SandboxError } from 'clever-sdk/sandbox';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Cells, changed, failureOf, load, placesOf, SMALL, toCsv } from './upload.js';

const rowsOf = (file: string): readonly Cells[] => SMALL[file] ?? [];
const without = (file: string, column: string): readonly Cells[] =>
  rowsOf(file).map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== column)));

/** Names that every object has from its prototype. */
const INHERITED = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'];

describe('a name that objects inherit', () => {
  it.each(INHERITED)('is no file: %s', async (name) => {
    const upload = Object.fromEntries([
      ...Object.entries(SMALL).map(([file, rows]): [string, string] => [file, toCsv(rows)]),
      [name, 'x'] as const,
    ]);
    await expect(districtFromCsv(upload)).rejects.toThrow(/unknown name/u);
    const folder = await mkdtemp(join(tmpdir(), 'clever-sdk-csv-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await Promise.all(Object.entries(upload).map(([file, text]) => writeFile(join(folder, file), text)));
    await expect(districtFromCsv(folder)).resolves.toBeDefined();
  });

  it.each(INHERITED)('is no column: %s', async (name) => {
    for (const file of ['staff.csv', 'schools.csv']) {
      const places = await placesOf(load({ [file]: toCsv(rowsOf(file)).replace('\n', `,${name}\n`) }));
      expect(places[0]).toMatch(new RegExp(`^${file} 1 column \\d+$`, 'u'));
    }
  });

  it.each(INHERITED)('is an extension field like any other: %s', async (name) => {
    const rows = toCsv(rowsOf('schools.csv')).trimEnd().split('\n');
    const text = rows.map((row, index) => `${row},${index === 0 ? `ext.${name}` : 'value'}\n`).join('');
    const { schools = [] } = await load({ 'schools.csv': text });
    const { ext } = schools[0] as unknown as { ext: object };
    expect(Object.entries(ext)).toEqual([[name, 'value']]);
  });
});

describe('a folder', () => {
  it.each([
    ['a named pipe', (path: string) => execFileSync('mkfifo', [path])],
    ['a link to a device', (path: string) => symlinkSync('/dev/zero', path)],
    ['a folder', (path: string) => mkdirSync(path)],
    ['a socket', (path: string) => listenAt(path)],
  ])('with %s in place of a file is refused', async (_, put) => {
    const folder = await mkdtemp(join(tmpdir(), 'clever-sdk-csv-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    for (const [file, rows] of Object.entries(SMALL)) {
      await writeFile(join(folder, file), toCsv(rows));
    }
    await rm(join(folder, 'staff.csv'));
    await put(join(folder, 'staff.csv'));
    await expect(districtFromCsv(folder)).rejects.toThrow(
      'staff.csv in the folder with the CSV upload is not a regular file',
    );
  });
});

/** Listens on a Unix socket until the test is over. */
async function listenAt(path: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
}

describe('a problem in a CSV upload', () => {
  it.each<[string, Parameters<typeof load>[0], string[]]>([
    [
      'files that are missing',
      { 'schools.csv': undefined, 'sections.csv': undefined },
      ['schools.csv', 'sections.csv'],
    ],
    ['a file that appears twice', { 'admins.csv': rowsOf('staff.csv') }, ['staff.csv']],
    ['an empty file', { 'teachers.csv': '' }, ['teachers.csv 1']],
    ['a file without a header', { 'teachers.csv': 'A,T1,Uma,Vale\n' }, ['teachers.csv 1']],
    ['semicolons', { 'teachers.csv': toCsv(rowsOf('teachers.csv')).replaceAll(',', ';') }, ['teachers.csv 1']],
    [
      'a required column that is missing',
      { 'students.csv': without('students.csv', 'Last_name') },
      ['students.csv 1 Last_name'],
    ],
    [
      'a column that Clever does not have',
      { 'schools.csv': changed('schools.csv', 0, { Mascot: 'Owl' }) },
      ['schools.csv 1 column 6'],
    ],
    [
      'a column that appears twice',
      { 'schools.csv': 'School_id,School_name,School_number,school id\nA,B,7,A\n' },
      ['schools.csv 1 School_id'],
    ],
    [
      'an extension column that appears twice',
      { 'schools.csv': 'School_id,School_name,School_number,ext.a,ext.a\nA,B,7,1,2\n' },
      ['schools.csv 1 column 5'],
    ],
    [
      'a required value that is missing',
      { 'students.csv': changed('students.csv', 1, { First_name: ' ' }) },
      ['students.csv 3 First_name'],
    ],
    ['too few cells', { 'schools.csv': 'School_id,School_name,School_number\nA,Cedar,7\nB\n' }, ['schools.csv 3']],
    [
      'too many cells',
      { 'schools.csv': 'School_id,School_name,School_number\nA,Cedar,7\nB,Elm,8,9\n' },
      ['schools.csv 3'],
    ],
    [
      'a quote that is not closed',
      { 'schools.csv': 'School_id,School_name,School_number\nA,Cedar,7\nB,"Elm,8\nC,Oak,9\n' },
      ['schools.csv 3'],
    ],
    [
      'text after a quote',
      { 'schools.csv': 'School_id,School_name,School_number\nA,Cedar,7\nB,"Elm" School,8\nC,Oak,9\n' },
      ['schools.csv 3'],
    ],
    [
      'a school with the id of another',
      { 'schools.csv': [...rowsOf('schools.csv'), ...rowsOf('schools.csv')] },
      ['schools.csv 3 School_id'],
    ],
    [
      'a student who appears twice',
      { 'students.csv': [...rowsOf('students.csv'), ...rowsOf('students.csv').slice(1)] },
      ['students.csv 4 Student_id'],
    ],
    [
      'a teacher who appears twice',
      { 'teachers.csv': [...rowsOf('teachers.csv'), ...rowsOf('teachers.csv')] },
      ['teachers.csv 3 Teacher_id'],
    ],
    [
      'staff who appear twice',
      { 'staff.csv': [...rowsOf('staff.csv'), ...rowsOf('staff.csv')] },
      ['staff.csv 3 Staff_id'],
    ],
    [
      'a section that appears twice',
      { 'sections.csv': [...rowsOf('sections.csv'), ...rowsOf('sections.csv')] },
      ['sections.csv 3 Section_id'],
    ],
    [
      'an enrollment that appears twice',
      { 'enrollments.csv': [...rowsOf('enrollments.csv'), ...rowsOf('enrollments.csv').slice(0, 1)] },
      ['enrollments.csv 4 Student_id'],
    ],
    [
      'rows of one student that differ',
      {
        'students.csv': [
          ...rowsOf('students.csv'),
          { ...rowsOf('students.csv')[1], Grade: '4', Middle_name: '', Contact_name: 'N', Contact_type: 'Family' },
        ],
      },
      ['students.csv 4 Grade'],
    ],
    [
      'rows of two people with one id, once',
      {
        'students.csv': changed('students.csv', 1, { Student_id: '1' }),
        'enrollments.csv': rowsOf('enrollments.csv').slice(0, 1),
      },
      ['students.csv 3 Student_id'],
    ],
    [
      'a school that is unknown',
      {
        'students.csv': changed('students.csv', 0, { School_id: 'Z' }),
        'teachers.csv': changed('teachers.csv', 0, { School_id: 'Z' }),
        'staff.csv': changed('staff.csv', 0, { School_id: 'Z' }),
        'sections.csv': changed('sections.csv', 0, { School_id: 'Z' }),
        'enrollments.csv': changed('enrollments.csv', 0, { School_id: 'Z' }),
      },
      ['students.csv 2 School_id', 'teachers.csv 2 School_id', 'staff.csv 2 School_id', 'sections.csv 2 School_id'],
    ],
    [
      'teachers who are unknown',
      { 'sections.csv': changed('sections.csv', 0, { Teacher_id: 'Z', Teacher_3_id: 'Y' }) },
      ['sections.csv 2 Teacher_id', 'sections.csv 2 Teacher_3_id'],
    ],
    [
      'an enrollment of an unknown student in an unknown section',
      { 'enrollments.csv': changed('enrollments.csv', 1, { Section_id: 'Z', Student_id: '9' }) },
      ['enrollments.csv 3 Section_id', 'enrollments.csv 3 Student_id'],
    ],
    [
      'a term that ends before it begins',
      { 'sections.csv': changed('sections.csv', 0, { Term_start: '8/17/2026', Term_end: '2026-01-15' }) },
      ['sections.csv 2 Term_end'],
    ],
    [
      'a contact without a name or a type',
      {
        'students.csv': [
          { ...rowsOf('students.csv')[0], Contact_phone: '5550100100' },
          { ...rowsOf('students.csv')[1], Contact_name: 'Noa Quill' },
        ],
      },
      ['students.csv 2 Contact_name', 'students.csv 3 Contact_type'],
    ],
  ])('is reported: %s', async (_title, changes, places) => {
    expect(await placesOf(load(changes))).toEqual(places);
  });

  it.each([
    ['students.csv', 'Grade', '14th'],
    ['students.csv', 'Gender', 'Q'],
    ['students.csv', 'DOB', '2/30/2016'],
    ['students.csv', 'DOB', '16-03-07'],
    ['students.csv', 'Race', 'Martian'],
    ['students.csv', 'Hispanic_Latino', 'perhaps'],
    ['students.csv', 'Home_language', 'Klingon'],
    ['students.csv', 'Ell_status', '2'],
    ['students.csv', 'Frl_status', 'half'],
    ['students.csv', 'IEP_status', 'x'],
    ['students.csv', 'Gifted_status', 'x'],
    ['students.csv', 'Disability_type', 'x'],
    ['students.csv', 'Disability_code', 'x'],
    ['schools.csv', 'Low_grade', 'low'],
    ['sections.csv', 'Grade', 'all'],
    ['sections.csv', 'Term_start', 'autumn'],
  ])('is a value that Clever does not have: %s, %s', async (file, column, value) => {
    const error = await failureOf(load({ [file]: changed(file, 0, { [column]: value }) }));
    expect(error.problems).toMatchObject([{ file, line: 2, column }]);
    expect(error.message).not.toContain(value === '2' || value === 'x' ? '\0' : value);
  });

  it('is reported with all others, in the order of files and lines, with what to do', async () => {
    const { message, problems, total } = await failureOf(
      load({
        'enrollments.csv': changed('enrollments.csv', 0, { Section_id: 'Z' }),
        'students.csv': changed('students.csv', 1, { Grade: 'x', Last_name: '' }),
        'schools.csv': undefined,
      }),
    );
    expect(message).toBe(
      [
        'The CSV upload has 4 problems; nothing was loaded.',
        '- schools.csv: is missing; an upload needs this file.',
        ...problems.slice(1, 3).map(({ column, reason }) => `- students.csv, line 3, ${column}: ${reason}`),
        '- enrollments.csv, line 2, Section_id: names nothing in sections.csv; add the row there with this Section_id, or correct it here.',
      ].join('\n'),
    );
    expect(problems).toHaveLength(total);
  });

  it('is reported with the line that an editor shows, below cells with line breaks', async () => {
    const students = changed('students.csv', 0, { Student_street: '1 Elm\nFloor 2\r\nDoor 3' });
    const bad = students.map((row, index) => (index === 1 ? { ...row, Grade: 'x' } : row));
    expect(await placesOf(load({ 'students.csv': bad }))).toEqual(['students.csv 5 Grade']);
  });

  it('is not attributed to rows that refer to an unreadable row', async () => {
    const broken = 'School_id,Section_id,Teacher_id\nA,"X,T1\n';
    expect(await placesOf(load({ 'sections.csv': broken, 'teachers.csv': undefined }))).toEqual([
      'teachers.csv',
      'sections.csv 2',
    ]);
  });

  it('is shortened in the message, counted, and limited to a thousand', async () => {
    const students = Array.from({ length: 1_500 }, (_, index) => ({
      ...rowsOf('students.csv')[0],
      Student_id: String(index),
      Grade: 'x',
    }));
    const error = await failureOf(load({ 'students.csv': students, 'enrollments.csv': rowsOf('enrollments.csv') }));
    expect([error.total, error.problems.length, error.message.split('\n').length]).toEqual([1_500, 1_000, 27]);
    expect(error.message).toMatch(/1475 more/u);
    expect(error).toBeInstanceOf(SandboxError);
    expect(error).toMatchObject({ name: 'CsvUploadError', code: 'sandbox' });
  });

  it.each([
    ['Windows-1252', [0x51, 0xe9], ['students.csv 2', 'students.csv 4'], /UTF-8/u],
    ['UTF-16', undefined, ['students.csv'], /UTF-16/u],
  ])('is an encoding other than UTF-8: %s', async (_name, bad, places, advice) => {
    const encode = (text: string): number[] => [...new TextEncoder().encode(text)];
    const bytes =
      bad === undefined
        ? [0xff, 0xfe, ...encode('School_id').flatMap((byte) => [byte, 0])]
        : [
            ...encode('School_id,Student_id,First_name,Last_name\nA,1,'),
            ...bad,
            ...encode(',Q\nA,2,B,Q\nA,3,'),
            ...bad,
            ...encode(',Q\n'),
          ];
    const error = await failureOf(load({ 'students.csv': new Uint8Array(bytes) }));
    expect(error.problems.map(({ file, line = '' }) => `${file} ${line}`.trim())).toEqual(places);
    expect(error.message).toMatch(advice);
  });
});

describe('an error about a CSV upload', () => {
  it('contains no value of a record, whatever is wrong with it', async () => {
    const mark = (cells: Cells): Cells =>
      Object.fromEntries(Object.entries(cells).map(([column, cell]) => [column, `CANARY-${cell}`]));
    const everywhere = Object.fromEntries(
      Object.entries(SMALL).map(([file, rows]) => [
        file,
        rows.map(mark).map((row, index) => ({ ...row, School_id: `CANARY-${index}` })),
      ]),
    );
    const contact = {
      Contact_phone: 'CANARY',
      Contact_type: 'CANARY',
      Race: 'CANARY',
      'CANARY column': 'x',
      Term_end: 'CANARY',
    };
    const headerless = 'CANARY-A,CANARY-T1,CANARY Uma\n';
    const uploads = [
      everywhere,
      { 'students.csv': changed('students.csv', 0, contact) },
      { 'students.csv': [...rowsOf('students.csv').map(mark), ...rowsOf('students.csv').map(mark)] },
      { 'teachers.csv': headerless, 'staff.csv': `School_id,CANARY\n${headerless}` },
      { 'schools.csv': 'School_id,School_name,School_number\nA,"CANARY" x,7\nB,"CANARY,8\n' },
      { 'students.csv': new Uint8Array([...new TextEncoder().encode('School_id\nCANARY'), 0xe9]) },
    ];
    for (const changes of uploads) {
      const error = await failureOf(load(changes));
      const shown = [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), error.stack, String(error)];
      expect(shown.join('\n')).not.toMatch(/canary/iu);
      expect(error.total).toBeGreaterThan(0);
    }
  });
});
