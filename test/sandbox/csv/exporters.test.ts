import { describe, expect, it } from 'vitest';
import { type Cells, changed, failureOf, load, placesOf, SMALL, toCsv, upload } from './upload.js';

const FILES = Object.keys(SMALL);
const rowsOf = (file: string): readonly Cells[] => SMALL[file] ?? [];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Every file of the small district, written in another way. */
function written(change: (text: string, file: string) => string | Uint8Array) {
  return Object.fromEntries(FILES.map((file) => [file, change(toCsv(rowsOf(file)), file)]));
}

const eachLine = (change: (line: string) => string) => (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `${change(line)}\n`)
    .join('');
const commas = (line: string): string => ','.repeat(line.split(',').length - 1);

describe('files as spreadsheets and exporters leave them', () => {
  it.for<[string, (text: string, file: string) => string | Uint8Array]>([
    ['a byte order mark', (text) => `\u{feff}${text}`],
    ['a byte order mark, in bytes, before a quoted header', (text) => bytes(`\u{feff}"${text.replace(',', '",')}`)],
    ['two byte order marks', (text) => bytes(`\u{feff}\u{feff}${text}`)],
    ['lines that end as in Windows', (text) => bytes(`\u{feff}${text.replaceAll('\n', '\r\n')}`)],
    ['lines that end as in old Macs', (text) => text.replaceAll('\n', '\r')],
    ['no line end at the end', (text) => text.trimEnd()],
    [
      'quotes around every cell',
      eachLine((line) =>
        line.replaceAll(/[^,]*/gu, (cell, at: number) =>
          cell === '' && at > 0 && line[at - 1] !== ',' ? '' : `"${cell}"`,
        ),
      ),
    ],
    ['a comma at the end of every line', eachLine((line) => `${line},`)],
    ['several commas at the end of every line', eachLine((line) => `${line},,,`)],
    [
      'a comma at the end of every line but the header',
      (text) => eachLine((line) => `${line},`)(text).replace(',\n', '\n'),
    ],
    ['empty columns in between', eachLine((line) => line.replace(',', ',,'))],
    ['an empty column at the beginning', eachLine((line) => `,${line}`)],
    ['rows of commas at the end', (text) => `${text}${`${commas(text.split('\n')[0] ?? '')}\n`.repeat(500)}`],
    [
      'rows of commas and blanks in between',
      (text) => text.replaceAll('\n', `\n ,${commas(text.split('\n')[0] ?? '')}, \n`),
    ],
    [
      'rows of empty quotes at the end',
      (text) => `${text}${commas(text.split('\n')[0] ?? '').replaceAll(',', '"",')}""\n`,
    ],
    ['blank lines and commas before the header', (text) => `\n,,,\n \n${text}`],
    ['headers in capitals', (text) => text.replace(/^.*/u, (header) => header.toUpperCase())],
    ['headers in lower case', (text) => text.replace(/^.*/u, (header) => header.toLowerCase())],
    ['blanks around cells', eachLine((line) => line.replaceAll(',', ' ,\u{a0}'))],
  ])('load with %s', async ([, change]) => {
    expect(await load(written(change))).toEqual(await load());
  });

  it('load without the empty cells at the end of some rows, as old spreadsheets omit them', async () => {
    const header = 'School_id,School_name,School_number,State_id,Low_grade,High_grade,School_phone\n';
    const { schools } = await load({
      'schools.csv': `${header}A,Cedar,7\nB,Elm,8,9\nC,Oak,9,,K,5,\n`,
      'students.csv': changed('students.csv', 0, {}),
    });
    expect(schools).toMatchObject([
      { name: 'Cedar', state_id: '', low_grade: '' },
      { name: 'Elm', state_id: '9', low_grade: '' },
      { name: 'Oak', low_grade: 'Kindergarten', high_grade: '5' },
    ]);
  });

  it('report a column without a name that has values, once', async () => {
    const text = eachLine((line) => `${line},x`)(toCsv(rowsOf('students.csv'))).replace(',x\n', ',\n');
    expect(await placesOf(load({ 'students.csv': text }))).toEqual(['students.csv 1 column 7']);
    const { users, problems } = await load({ 'students.csv': text }, { onProblem: 'skip' });
    expect([users?.length, problems.length]).toEqual([3, 1]);
  });

  it('report a comma or a line break that is not quoted, where it is', async () => {
    const text =
      'School_id,School_name,School_number\nA,Cedar, North,7\nB,Elm\nSchool,8\n"C","Oak\nNorth",9\nD,Ash,10\n';
    const { schools, problems } = await load({ 'schools.csv': text }, { onProblem: 'skip' });
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [2, undefined],
      [3, undefined],
      [4, undefined],
    ]);
    expect(schools).toMatchObject([{ name: 'Oak\nNorth' }, { name: 'Ash' }]);
  });

  it.for<[string, string | Uint8Array, RegExp]>([
    ['semicolons', toCsv(rowsOf('students.csv')).replaceAll(',', ';'), /semicolons; Clever takes commas only/u],
    ['tabs', toCsv(rowsOf('students.csv')).replaceAll(',', '\t'), /tabs; Clever takes commas only/u],
    ['UTF-16 with a mark', utf16(`\u{feff}${toCsv(rowsOf('students.csv'))}`), /UTF-16; save the file as "CSV UTF-8"/u],
    ['UTF-16 without a mark', utf16(toCsv(rowsOf('students.csv'))), /UTF-16; save the file as "CSV UTF-8"/u],
    ['no header', 'A,1,Ada,Quill\n', /has no header row/u],
    ['nothing but commas', ',,,\n,,,\n', /has no header row/u],
  ])('say what to do about %s, and only that', async ([, content, advice]) => {
    for (const onProblem of ['throw', 'skip'] as const) {
      const error = await failureOf(load({ 'students.csv': content }, { onProblem }));
      expect(error.problems).toMatchObject([{ file: 'students.csv', reason: expect.stringMatching(advice) }]);
    }
  });
});

function utf16(text: string): Uint8Array {
  return new Uint8Array(new Uint16Array([...text].map((character) => character.charCodeAt(0))).buffer);
}

describe('contacts that exporters write for students without any', () => {
  it.for<[string, Cells]>([
    ['a constant type', { Contact_type: 'Guardian' }],
    ['a name of one space', { Contact_type: 'family', Contact_name: ' ' }],
    ['all that is constant', { Contact_type: 'Guardian', Contact_relationship: 'Parent', Contact_phone_type: 'Cell' }],
    ['an id alone', { Contact_type: 'Guardian', Contact_sis_id: '77' }],
    ['placeholders', { Contact_type: 'Guardian', Contact_email: 'N/A', Contact_phone: '0000000000' }],
  ])('are none, and no problem: %s', async ([, cells]) => {
    const rows = rowsOf('students.csv').map((row) => ({ ...row, ...cells }));
    expect((await load({ 'students.csv': rows })).users).toEqual((await load()).users);
  });
});

// The shape of what these programs write, with invented people.
describe('the files of an exporter', () => {
  it('that ends every line with a comma, and files staff under the district office (LivingSky)', async () => {
    const {
      users = [],
      schools,
      problems,
    } = await load(
      {
        'students.csv':
          'School_id,Student_id,Last_name,First_name,Grade,Contact_relationship,Contact_type,Contact_name,Contact_phone,Contact_email,\r\n' +
          '"A","1","Quill","Ada","3","Parent","guardian"," ","","",\r\n' +
          '"A","2","Quill","Ben","Kindergarten","Parent","guardian","Noa Quill","5550100100","noa@example.net",\r\n',
        'staff.csv':
          'School_id,Staff_id,Staff_email,First_name,Last_name,Department,Title,Username,Password,\r\n' +
          '"DEFAULT_DISTRICT_OFFICE","io@example.org","io@example.org","Io","Wren","","","io@example.org","",\r\n',
      },
      { onProblem: 'throw' },
    );
    expect(problems).toEqual([]);
    expect(users).toMatchObject(['Quill', 'Quill', 'Vale', 'Wren', 'Noa Quill'].map((last) => ({ name: { last } })));
    expect(schools).toMatchObject([{ sis_id: 'A' }, { name: 'Default District Office (Auto-generated)' }]);
  });

  it('that quotes its header only, and writes ranges where it means them (D118)', async () => {
    const { sections, users } = await load({
      'students.csv':
        '"Student_id","State_id","Student_number","School_id","Student_city","Dob","First_name","Middle_name","Last_name","Gender","Grade","Student_state","Student_Street","Student_Zip","Ell_Status","Frl_status"\n' +
        '1,99,4711,A,"Exampleton",2016-03-07,Ada,,Quill,F,3,"NY","1 Elm St, Floor 2",11201,N,N\n' +
        '2,,4712,A,"Exampleton",2019-12-31,Ben,,Quill,M,6,"NY","",,N,F\n',
      'sections.csv':
        '"School_id","Section_id","Teacher_id","Teacher_2_id","Course_name","Course_number","Section_number","Period","Subject","Grade","Term_start","Term_end","Term_name"\n' +
        'A,X,T1,,Art,ART1,1,1,Arts and music,6-8,08/17/2026,06/04/2027,Year 26-27\n' +
        'A,Y,T1,,Advisory,ADV,2,2,,,08/17/2026,12/18/2026,S1 26-27\n',
      'enrollments.csv': 'School_id,Section_id,Student_id\nA,X,2\nA,Y,1\n',
    });
    expect(sections).toMatchObject([
      { name: 'Art - Vale - 1', grade: '6', subject: 'arts and music' },
      { name: 'Advisory - Vale - 2', grade: '3', subject: '' },
    ]);
    expect(users?.[0]).toMatchObject({
      roles: { student: { dob: '3/7/2016', frl_status: 'Paid', location: { address: '1 Elm St, Floor 2' } } },
    });
  });

  it('that leaves cells empty which a join did not fill (FACTS)', async () => {
    const { problems, sections, users } = await load(
      {
        'students.csv':
          '"School_id","Student_id","Last_name","First_name","Grade","Contact_relationship","Contact_type","Contact_name","Contact_email","Contact_sis_id","Username","Password"\r\n' +
          '"A","1","Quill","Ada","3",,"Guardian"," ",,,"",""\r\n' +
          '"A","2","Quill","Ben","K","Mother","Guardian","Noa Quill","noa@example.net","77","",""\r\n',
        'sections.csv':
          '"School_id","Section_id","Teacher_id","Teacher_2_id","Name","Grade","Course_name","Period","Subject"\r\n' +
          '"A","X","T1",,"Art - 1-A","","Art","","Visual Arts Department"\r\n' +
          '"A","Y",,"T1","Study - 1-B","","Study","",""\r\n',
        'enrollments.csv': 'School_id,Section_id,Student_id\r\nA,X,1\r\nA,Y,1\r\n',
      },
      { onProblem: 'skip' },
    );
    expect(problems).toMatchObject([{ file: 'sections.csv', line: 3, column: 'Teacher_id' }]);
    expect(sections).toMatchObject([{ name: 'Art - Vale', grade: '3', subject: 'other' }]);
    expect(users).toHaveLength(4);
  });

  it('that writes a section once for each term (AR-k12code)', async () => {
    const sections = [
      { ...rowsOf('sections.csv')[0], Term_name: 'S1' },
      { ...rowsOf('sections.csv')[0], Term_name: 'S2' },
    ];
    const district = await load({ 'sections.csv': sections }, { onProblem: 'skip' });
    expect(district.problems).toMatchObject([{ file: 'sections.csv', line: 3, column: 'Section_id' }]);
    expect(district.terms).toMatchObject([{ name: 'S1' }]);
    expect(district.sections).toHaveLength(1);
  });

  it('whose grades Clever does not have: the student stays, without one (PowerSchool)', async () => {
    const rows = ['0', '-1', 'KF', 'PPK'].map((Grade, index) => ({
      ...rowsOf('students.csv')[0],
      Student_id: `${index}`,
      Grade,
    }));
    const { problems, users } = await load(
      { 'students.csv': rows, 'enrollments.csv': 'School_id,Section_id,Student_id\n' },
      { onProblem: 'skip' },
    );
    expect(problems.map(({ line, column }) => [line, column])).toEqual([2, 3, 4, 5].map((line) => [line, 'Grade']));
    expect(users?.slice(0, 4)).toMatchObject(
      rows.map(({ Student_id }) => ({ roles: { student: { sis_id: Student_id, grade: '' } } })),
    );
  });

  it('may come with staff in both files: staff.csv counts', async () => {
    const admins = [
      { School_id: 'A', Staff_id: 'OLD', First_name: 'Io', Last_name: 'Wren', Admin_email: 'io@example.org' },
    ];
    for (const files of [upload({ 'admins.csv': admins }), { 'admins.csv': toCsv(admins), ...upload() }]) {
      const { problems, users } = await load(files, { onProblem: 'skip' });
      expect(problems).toMatchObject([{ file: 'staff.csv' }]);
      expect(users).toEqual((await load()).users);
    }
  });
});
