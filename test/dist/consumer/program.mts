/*
 * A user's program: compiled by each compiler, and run by each Node as an ES module and, translated, as CommonJS. It
 * prints what it saw, as JSON.
 */
import { createCleverClient, hasCode, type User } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';
import { userSchema } from 'clever-sdk/schemas';
import { isKnownGrade } from 'clever-sdk/values';

async function main(): Promise<void> {
  const sandbox = await createSandbox({ seed: 1, students: 120 }).listen({ port: 0 });
  try {
    const clever = createCleverClient({ ...sandbox.clientOptions() });
    const district = clever.district({ token: sandbox.districts[0].token });
    const students = await district.users.list({ role: 'student', pageSize: 50 }).toArray({ maxItems: 1_000 });
    const everyone: readonly User[] = students;
    const code = await district.users.get('000000000000000000000000').then(
      () => 'no error',
      (error: unknown) => (hasCode(error, 'not_found') ? error.code : 'another error'),
    );
    const { url, state } = clever.oauth.authorizationUrl();
    const summary = {
      students: students.length,
      parsed: everyone.filter((student) => userSchema.safeParse(student).success).length,
      knowsGrades: students.some((student) => isKnownGrade(student.roles.student.grade ?? '')),
      code,
      startsLogin: url.startsWith(sandbox.url) && url.includes(state),
    };
    console.log(JSON.stringify(summary));
  } finally {
    await sandbox.close();
  }
}

void main();
