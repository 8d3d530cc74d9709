import { createSandbox, type DistrictRecords, districtFromCsv, type ListeningSandbox } from 'clever-sdk/sandbox';
import { onTestFinished } from 'vitest';

const STUDENTS = 230;
const RESOURCE = 'f'.repeat(24);

/**
 * A district whose records are known before it is served: people of every role in a file, three classes, an
 * event, a resource.
 */
export async function truth(): Promise<DistrictRecords> {
  const lines = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');
  const records = await districtFromCsv({
    'schools.csv': `School_id,School_name,School_number\n${lines(2, (index) => `A${index},School ${index},${index}`)}`,
    'students.csv': `School_id,Student_id,First_name,Last_name,Grade,Contact_name,Contact_type\n${lines(
      STUDENTS,
      (index) => `A${index % 2},${index},First,Last ${index},${1 + (index % 12)},Parent ${index},Family`,
    )}`,
    'teachers.csv': `School_id,Teacher_id,First_name,Last_name,Teacher_email\n${lines(
      3,
      (index) => `A0,T${index},Teacher,Number ${index},t${index}@example.org`,
    )}`,
    'staff.csv': 'School_id,Staff_id,First_name,Last_name,Staff_email\nA0,S1,Staff,One,s1@example.org\n',
    'sections.csv': `School_id,Section_id,Teacher_id,Course_name,Term_name\n${lines(3, (index) => `A0,X${index},T${index},Art,Fall`)}`,
    'enrollments.csv': `School_id,Section_id,Student_id\n${lines(STUDENTS, (index) => `A0,X${index % 3},${index}`)}`,
  });
  const { id } = records.district;
  const resource = { id: RESOURCE, district: id, resource_id: 'r', title: 'Atlas', roles: ['student'] };
  const [sections, courses] = [records.sections, records.courses].map((list) => list?.map((record) => record.id) ?? []);
  return {
    ...records,
    resources: [resource],
    resourceAssignments: [{ resource: RESOURCE, sections: sections ?? [], courses: courses ?? [] }],
    // Every LMS Connect call requires this.
    district: { ...records.district, lms_state: 'success', lms_type: 'canvas' },
    sections: records.sections?.map((section) => ({ ...section, lms_status: { synced_in_lms: true } })) ?? [],
  };
}

/** Serves a district on the loopback interface until the test is over. */
export async function serve(records: DistrictRecords): Promise<ListeningSandbox> {
  const sandbox = await createSandbox({ districts: [records] }).listen();
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** Records in the order in which Clever lists them. */
export function inOrder<Item extends { readonly id: string }>(records: readonly Item[] | undefined): Item[] {
  return [...(records ?? [])].sort((one, other) => (one.id < other.id ? -1 : 1));
}
