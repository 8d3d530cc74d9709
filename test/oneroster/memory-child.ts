/**
 * Exports a district that is made up as it is read, in a process whose heap has no room for it: the first argument is
 * the folder to write to, the second the number of students.
 */
import { exportOneRoster } from '../../src/oneroster/index.js';
import type { DistrictMirror, SourceKind } from '../../src/oneroster/source/source.js';

const [out = '', students = '0'] = process.argv.slice(2);
const COUNT = Number(students);
const PAGE = 1_000;
const DISTRICT = 'd00000000000000000000001';
const SCHOOL = '5c0000000000000000000001';
const STAMPS = { created: '2026-09-01T00:00:00.000Z', last_modified: '2026-09-01T00:00:00.000Z' };

const idOf = (family: string, index: number): string => `${family}${String(index).padStart(24 - family.length, '0')}`;
const student = (index: number): object => ({
  id: idOf('a', index),
  name: { first: `First ${index}`, last: `Last ${index}` },
  email: `student${index}@example.com`,
  roles: { student: { school: SCHOOL, schools: [SCHOOL], sis_id: `S${index}`, grade: '9', enrollments: [] } },
  ...STAMPS,
});
const contact = (index: number): object => ({
  id: idOf('c', index),
  name: { last: `Contact ${index}` },
  roles: { contact: { student_relationships: [{ student: idOf('a', index), relationship: 'Parent' }] } },
  ...STAMPS,
});
/** Each has a hundred students. */
const section = (index: number): object => ({
  id: idOf('5e', index),
  school: SCHOOL,
  name: `Section ${index}`,
  subject: 'math',
  teacher: idOf('a', index),
  teachers: [idOf('a', index)],
  students: Array.from({ length: 100 }, (_, at) => idOf('a', (index * 100 + at) % COUNT)),
  ...STAMPS,
});

async function* pagesOf(count: number, make: (index: number) => object): AsyncGenerator<readonly object[]> {
  for (let at = 0; at < count; at += PAGE) {
    yield Array.from({ length: Math.min(PAGE, count - at) }, (_, index) => make(at + index));
  }
}

async function* people(role: 'contact' | undefined): AsyncGenerator<readonly object[]> {
  if (role === undefined) {
    yield* pagesOf(COUNT, student);
  }
  yield* pagesOf(COUNT, contact);
}

const RECORDS: Readonly<Record<SourceKind, (role: 'contact' | undefined) => AsyncIterable<readonly object[]>>> = {
  districts: () => pagesOf(1, () => ({ id: DISTRICT, name: 'Large' })),
  schools: () => pagesOf(1, () => ({ id: SCHOOL, name: 'School', school_number: '1', sis_id: '1' })),
  terms: () => pagesOf(0, student),
  courses: () => pagesOf(0, student),
  users: people,
  sections: () => pagesOf(COUNT / 100, section),
};

const mirror: DistrictMirror = {
  districtId: DISTRICT,
  records: (kind, options = {}) => RECORDS[kind](options.role),
  checkpoint: async () => '0@0',
  changesSince: () => {
    throw new Error('No delta is read.');
  },
};

const { counts } = await exportOneRoster(mirror, { version: '1.2', out });
process.stdout.write(JSON.stringify(counts));
