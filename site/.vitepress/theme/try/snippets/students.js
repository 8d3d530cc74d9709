import { createCleverClient } from 'clever-sdk';

const clever = createCleverClient({ ...sandbox.clientOptions(), dangerouslyAllowBrowser: true });
const district = clever.district({ token: sandbox.districts[0].token });

let count = 0;
for await (const student of district.users.list({ role: 'student' })) {
  count += 1;
  if (count <= 3) {
    const { first, last } = student.name;
    console.log(`${first} ${last}, grade ${student.roles.student.grade}`);
  }
}
console.log(`… and ${count - 3} others`);
