import { createCleverClient } from 'clever-sdk';

// A teacher who found the app in the Clever Library. Their own login is the only access.
const [teacher] = sandbox.people({ role: 'teacher', connection: 'library', hasSections: true });
const token = sandbox.userToken({ user: teacher.id, connection: 'library' });

const clever = createCleverClient({ ...sandbox.clientOptions(), dangerouslyAllowBrowser: true });
const classroom = await clever.library({ token }).classroom();
for (const section of classroom.sections) {
  console.log(`${section.name}: ${section.students.length} students`);
}
console.log(classroom); // prints numbers, never people
