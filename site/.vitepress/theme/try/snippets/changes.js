import { createCleverClient } from 'clever-sdk';

const clever = createCleverClient({ ...sandbox.clientOptions(), dangerouslyAllowBrowser: true });
const [atClever] = sandbox.districts;
const district = clever.district({ token: atClever.token });
const after = await district.events.latestCursor(); // where the app has read to

// The school year goes on: a name changes, and a student joins a section.
const [student] = sandbox.people({ role: 'student', connection: 'district' });
atClever.changes.rename({ user: student.id, name: { last: 'Okafor' } });
const sections = await district.sections.list().toArray({ maxItems: 1_000 });
const other = sections.find(({ students }) => !students.includes(student.id));
atClever.changes.enroll({ student: student.id, section: other.id });

for await (const event of district.events.list({ after })) {
  console.log(event.type, Object.keys(event.data.previous_attributes ?? {}));
}
