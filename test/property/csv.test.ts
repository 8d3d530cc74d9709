import { createSandbox, type DistrictSource, districtFromCsv } from 'clever-sdk/sandbox';
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
