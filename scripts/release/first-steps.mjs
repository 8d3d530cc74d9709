// A user's first program, which `verify.ts` runs with what it has installed. It prints what it saw, as JSON.
import { createCleverClient } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';

const sandbox = await createSandbox({ seed: 1, students: 120 }).listen({ port: 0 });
const clever = createCleverClient({ ...sandbox.clientOptions() });
const district = clever.district({ token: sandbox.districts[0].token });
const students = await district.users.list({ role: 'student' }).toArray({ maxItems: 1_000 });
await sandbox.close();
console.log(JSON.stringify({ students: students.length }));
