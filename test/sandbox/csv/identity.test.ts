import { describe, expect, it } from 'vitest';
import { type Cells, load, SMALL } from './upload.js';

interface Person {
  readonly name: { readonly first?: string; readonly last: string };
  readonly email?: string;
  readonly roles: {
    readonly contact?: { readonly student_relationships: readonly unknown[] };
    readonly [role: string]: unknown;
  };
}

/** What exporters write where there is no address. */
const PLACEHOLDERS = [
  'N/A',
  'n/a',
  'NULL',
  'none',
  'None',
  '-',
  '.',
  '0',
  'noemail',
  'noemail@',
  '@example.org',
  'none@none',
  'x@y',
  'two@at@example.org',
  'a b@example.org',
  'noemail@example.org',
  'no-email@example.org',
  'None@example.org',
];

const [teacher = {}] = SMALL['teachers.csv'] ?? [];
const [staff = {}] = SMALL['staff.csv'] ?? [];
const [ada = {}, ben = {}] = SMALL['students.csv'] ?? [];

async function employees(teachers: readonly Cells[], others: readonly Cells[]): Promise<Person[]> {
  const files = {
    'teachers.csv': teachers.map((cells, index) => ({ ...teacher, Teacher_id: `T${index + 1}`, ...cells })),
    'staff.csv': others.map((cells, index) => ({ ...staff, Staff_id: `S${index + 1}`, ...cells })),
  };
  return ((await load(files)).users as unknown as Person[]).filter(
    ({ roles }) => 'teacher' in roles || 'staff' in roles,
  );
}

const shown = (people: readonly Person[]): string[] =>
  people.map(({ name, roles }) => `${name.first} ${name.last}: ${Object.keys(roles).join(' ')}`);

describe('an employee', () => {
  it.for(PLACEHOLDERS)('is not identified by %j, which is served as it is', async (cell) => {
    const people = await employees(
      [{ Teacher_email: cell }, { Teacher_email: cell }],
      [{ Staff_email: cell }, { Staff_email: cell }],
    );
    expect(shown(people)).toEqual(['Uma Vale: teacher', 'Uma Vale: teacher', 'Uma Vale: staff', 'Uma Vale: staff']);
    expect(people.map(({ email }) => email)).toEqual([cell, cell, cell, cell]);
  });

  it.for<[string, Cells, Cells]>([
    ['the same address', {}, {}],
    ['the same address in another case', { Teacher_email: 'VALE@Example.org' }, {}],
    ['a nickname', { First_name: 'Bob' }, { First_name: 'Robert' }],
    ['a new last name', { Last_name: 'Wren' }, {}],
    ['names in another case', { First_name: 'UMA', Last_name: 'VALE' }, {}],
  ])('is one person in both files: %s', async ([, one, other]) => {
    const people = await employees([one], [other]);
    expect(people.map(({ roles }) => Object.keys(roles))).toEqual([['teacher', 'staff']]);
  });

  it.for<[string, readonly Cells[], readonly Cells[], string[]]>([
    [
      'a teacher and another person of the staff',
      [{}],
      [{ First_name: 'Io', Last_name: 'Wren' }],
      ['Uma Vale: teacher', 'Io Wren: staff'],
    ],
    [
      'two of the staff',
      [{ Teacher_email: 'other@example.org' }],
      [{}, { First_name: 'Io', Last_name: 'Wren' }],
      ['Uma Vale: teacher', 'Uma Vale: staff', 'Io Wren: staff'],
    ],
    [
      'an office, with one person in both files',
      [{}, { First_name: 'Io', Last_name: 'Wren' }],
      [
        { First_name: 'Io', Last_name: 'Wren' },
        { First_name: 'Al', Last_name: 'Vale' },
      ],
      ['Uma Vale: teacher', 'Io Wren: teacher staff', 'Al Vale: staff'],
    ],
    [
      'a family',
      [{}, { First_name: 'Al' }],
      [{ First_name: 'Io' }],
      ['Uma Vale: teacher', 'Al Vale: teacher', 'Io Vale: staff'],
    ],
  ])('shares an address without becoming another: %s', async ([, teachers, others, people]) => {
    expect(shown(await employees(teachers, others))).toEqual(people);
  });
});

async function contacts(rows: readonly Cells[]): Promise<number[]> {
  const users = (await load({ 'students.csv': rows })).users as unknown as Person[];
  return users.flatMap(({ roles: { contact } }) =>
    contact === undefined ? [] : [contact.student_relationships.length],
  );
}

describe('a contact', () => {
  const noa = { Contact_name: 'Noa Quill', Contact_type: 'Guardian', Contact_relationship: 'Mother' };
  const both = (one: Cells, other: Cells): readonly Cells[] => [
    { ...ada, ...noa, ...one },
    { ...ben, ...noa, ...other },
  ];

  it.for(PLACEHOLDERS)('of two students is two people when their address is %j', async (cell) => {
    expect(await contacts(both({ Contact_email: cell }, { Contact_email: cell }))).toEqual([1, 1]);
  });

  it.for(['N/A', 'none', '0', '-', 'NULL', 'unknown'])(
    'of two students is two people when the id is %j',
    async (cell) => {
      expect(await contacts(both({ Contact_sis_id: cell }, { Contact_sis_id: cell }))).toEqual([1, 1]);
    },
  );

  it.for(['N/A', '0000000000', '9999999999', '1000', 'none', '555', '19999999999'])(
    'of two students is two people when the telephone number is %j',
    async (cell) => {
      expect(await contacts(both({ Contact_phone: cell }, { Contact_phone: cell }))).toEqual([1, 1]);
    },
  );

  it.for<[string, Cells, Cells, number[]]>([
    ['the same id', { Contact_sis_id: '7' }, { Contact_sis_id: '7', Contact_name: 'N. Quill' }, [2]],
    ['different ids', { Contact_sis_id: '7' }, { Contact_sis_id: '8' }, [1, 1]],
    ['the same address', { Contact_email: 'noa@example.net' }, { Contact_email: 'Noa@example.net' }, [2]],
    [
      'another name at the same address',
      { Contact_email: 'q@example.net' },
      { Contact_email: 'q@example.net', Contact_name: 'Io Quill' },
      [1, 1],
    ],
    [
      'the same number, whatever stands for the address',
      { Contact_phone: '5550100100', Contact_email: 'N/A' },
      { Contact_phone: '555-010-0100', Contact_email: 'none' },
      [2],
    ],
    ['another number', { Contact_phone: '5550100100' }, { Contact_phone: '5550100101' }, [1, 1]],
    ['nothing but the same name', {}, {}, [1, 1]],
  ])('of two students is one person or two: %s', async ([, one, other, relationships]) => {
    expect(await contacts(both(one, other))).toEqual(relationships);
  });

  it('is one person in several rows of a student, and a second one with the same id is reported', async () => {
    expect(
      await contacts([{ ...ada, ...noa }, { ...ada, ...noa, School_id: 'A', Contact_phone: 'none' }, ben]),
    ).toEqual([1]);
    const father = { Contact_name: 'Al Quill', Contact_type: 'Guardian', Contact_sis_id: '7' };
    const rows = [{ ...ada, ...noa, Contact_sis_id: '7' }, { ...ada, ...father }, ben];
    const { problems } = await load({ 'students.csv': rows }, { onProblem: 'skip' });
    expect(problems).toMatchObject([{ file: 'students.csv', line: 3, column: 'Contact_sis_id' }]);
  });
});

it('students with the same address stay two people', async () => {
  const rows = [ada, ben].map((row) => ({ ...row, Student_email: 'quills@example.org' }));
  expect(
    ((await load({ 'students.csv': rows })).users as unknown as Person[]).filter(({ roles }) => 'student' in roles),
  ).toHaveLength(2);
});
