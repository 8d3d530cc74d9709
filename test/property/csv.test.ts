import { CsvUploadError, createSandbox, type DistrictSource, districtFromCsv } from 'clever-sdk/sandbox';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toCsv } from '../sandbox/csv/upload.js';
import { ask } from '../sandbox/support.js';
import { type Item, type Lists, rosterToCsv, sisIdOf } from './roster-to-csv.js';

const KINDS = ['schools', 'users', 'sections', 'courses', 'terms'] as const;

async function listsOf(district: DistrictSource): Promise<Lists> {
  const sandbox = createSandbox({ districts: [{ ...district, sensitiveFields: 'all' }] });
  const lists = await Promise.all(
    KINDS.map(
      async (kind) =>
        [kind, (await ask(sandbox, `/v3.1/${kind}?limit=10000`)).body.data.map(({ data }) => data)] as const,
    ),
  );
  return Object.fromEntries(lists) as unknown as Lists;
}

interface Roles {
  readonly student?: Readonly<Record<string, unknown>>;
  readonly teacher?: Readonly<Record<string, unknown>>;
  readonly staff?: Readonly<Record<string, unknown>> | undefined;
  readonly contact?: { readonly student_relationships: readonly { readonly student: string }[] };
}

/** The content of a roster, with the district's own ids, because Clever's ids are new in every district. */
function meaningOf({ schools, users, sections, courses, terms }: Lists): Record<string, unknown> {
  const names = new Map([...schools, ...users].map((record) => [record.id, sisIdOf(record)]));
  const called = (id: unknown): string => names.get(id as string) ?? '';
  const all = (ids: unknown): string[] => (ids as readonly unknown[]).map(called).sort();
  const found = (list: readonly Item[], id: unknown) => {
    const { id: _, district: __, ...members } = list.find((item) => item.id === id) ?? { id: '' };
    return members;
  };
  // An empty cell can mean either.
  const pick = (role: Readonly<Record<string, unknown>> | undefined, ...members: readonly string[]) =>
    role === undefined ? undefined : members.map((member) => role[member] || undefined);
  // staff.csv requires an address: a teacher without one cannot also be on the staff.
  const roles = ({ student, teacher, staff, contact }: Roles) => ({
    student: pick(
      student,
      'grade',
      'gender',
      'dob',
      'race',
      'hispanic_ethnicity',
      'frl_status',
      'home_language',
      'home_language_code',
    ),
    teacher: pick(teacher, 'teacher_number', 'title', 'credentials'),
    staff: pick(staff, 'department', 'title'),
    contact: contact?.student_relationships.map((relationship) => ({
      ...relationship,
      student: called(relationship.student),
    })),
    schools: [student, teacher, staff].map((role) => role !== undefined && all(role['schools'])),
    own: [student, teacher].map((role) => role !== undefined && called(role['school'])),
  });
  const people = users
    .map(({ name, email, roles: held, ...person }) => ({
      key: sisIdOf({ name, email, roles: held, ...person }),
      name,
      email,
      held: held as Roles,
    }))
    // District admins are in no file, and neither is staff without an address.
    .filter(
      ({ held, email }) =>
        held.student ?? held.teacher ?? held.contact ?? (email === undefined ? undefined : held.staff),
    );
  return {
    people: people
      .map(({ key, name, email, held }) => ({
        key,
        // Contacts have one name, and staff.csv has no column for a middle name.
        name: { middle: '', ...(name as object), ...((held.student ?? held.teacher) ? {} : { middle: undefined }) },
        email: email === '' ? undefined : email, // an empty cell can mean either
        ...roles(email === '' || email === undefined ? { ...held, staff: undefined } : held),
      }))
      .sort((a, b) => `${a.key} ${JSON.stringify(a.contact)}`.localeCompare(`${b.key} ${JSON.stringify(b.contact)}`)),
    sections: sections
      .map((section) => ({
        key: section['sis_id'],
        // Clever makes the grade of a section where the upload has none.
        members: ['period', 'subject', 'section_number'].map((member) => section[member]),
        school: called(section['school']),
        teacher: called(section['teacher']),
        teachers: all(section['teachers']),
        students: all(section['students']),
        course: found(courses, section['course']),
        term: found(terms, section['term_id']),
      }))
      .sort((a, b) => String(a.key).localeCompare(String(b.key))),
  };
}

it('a generated district, written as CSV and loaded again, has the same people, sections and enrollments', async () => {
  const districts = fc.record({ seed: fc.nat(10_000), students: fc.integer({ min: 1, max: 120 }) });
  const newlines = fc.constantFrom('\n', '\r\n');
  await fc.assert(
    fc.asyncProperty(districts, newlines, async (district, newline) => {
      const before = await listsOf(district);
      const rows = rosterToCsv(before);
      const files = Object.fromEntries(Object.entries(rows).map(([name, content]) => [name, toCsv(content, newline)]));
      const after = await listsOf(await districtFromCsv(files));
      expect(meaningOf(after)).toEqual(meaningOf(before));
    }),
    { numRuns: 10 },
  );
}, 60_000);

/** A change of one cell, by its place: file, row and column are taken modulo what exists. */
const damages = fc.array(
  fc.record({
    file: fc.nat(),
    row: fc.nat(),
    column: fc.nat(),
    cell: fc.constantFrom(
      '',
      ' ',
      'x',
      '0',
      'N/A',
      '"',
      '"a" b',
      ',',
      '9-13',
      'DEFAULT_DISTRICT_OFFICE',
      '\n',
      '\u{fffd}',
    ),
    isQuoted: fc.boolean(),
  }),
  { maxLength: 30 },
);

it('whatever is wrong with an upload, what is loaded of it holds together, and no place has two problems', async () => {
  const rows = rosterToCsv(await listsOf({ seed: 3, students: 40 }));
  await fc.assert(
    fc.asyncProperty(damages, async (changes) => {
      const files = Object.fromEntries(
        Object.entries(rows).map(([name, content]) => [name, toCsv(content).split('\n')]),
      );
      const names = Object.keys(files);
      for (const { file, row, column, cell, isQuoted } of changes) {
        const lines = files[names[file % names.length] ?? ''] ?? [];
        const at = row % lines.length;
        const cells = lines[at]?.split(',') ?? [];
        cells[column % cells.length] = isQuoted ? `"${cell.replaceAll('"', '""')}"` : cell;
        lines[at] = cells.join(',');
      }
      const texts = Object.fromEntries(Object.entries(files).map(([name, lines]) => [name, lines.join('\n')]));
      const loaded = await districtFromCsv(texts, { onProblem: 'skip' }).catch((error: unknown) => error);
      if (loaded instanceof CsvUploadError) {
        expect(loaded.problems.every(({ line = 1 }) => line === 1)).toBe(true);
        return;
      }
      const { problems, ...district } = loaded as Awaited<ReturnType<typeof districtFromCsv>>;
      const places = problems.map(({ file, line, column }) => `${file} ${line} ${column}`);
      expect(new Set(places).size).toBe(places.length);
      const { schools, users, sections, courses, terms } = await listsOf(district);
      const ids = new Set([...schools, ...users, ...courses, ...terms].map(({ id }) => id));
      const people = users as unknown as {
        roles: Record<string, { schools?: string[]; student_relationships?: { student: string }[] }>;
      }[];
      const references = [
        ...sections.flatMap(({ school, teacher, teachers, students }) => [
          school,
          teacher,
          ...(teachers as string[]),
          ...(students as string[]),
        ]),
        ...sections.flatMap(({ course, term_id }) => [course, term_id].filter((id) => id !== undefined)),
        ...people.flatMap(({ roles }) =>
          Object.values(roles).flatMap(({ schools: own = [], student_relationships = [] }) => [
            ...own,
            ...student_relationships.map(({ student }) => student),
          ]),
        ),
      ];
      expect(references.filter((id) => !ids.has(id as string))).toEqual([]);
      expect(sections.every(({ students }) => (students as string[]).length > 0)).toBe(true);
      // A problem is solved at its place, so an upload without any is loaded strictly.
      if (problems.length === 0) {
        await expect(districtFromCsv(texts)).resolves.toMatchObject({ problems: [] });
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);
