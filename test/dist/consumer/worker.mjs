/*
 * The SDK in a Worker, where there is no Node: a sandbox and a client in one process, no network.
 * `workerd test` runs it and prints what it throws.
 */
import { createCleverClient, hasCode } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';
import { userSchema } from 'clever-sdk/schemas';

const REDIRECT = 'https://app.example.com/auth/clever/callback';

export default {
  async test() {
    const sandbox = createSandbox({ seed: 1, students: 120, redirectUris: [REDIRECT], oidc: true });
    const clever = createCleverClient({ ...sandbox.clientOptions() });
    const district = clever.district({ token: sandbox.districts[0].token });
    const students = await district.users.list({ role: 'student', pageSize: 50 }).toArray({ maxItems: 1_000 });
    expectEqual(students.length, 120);
    expectEqual(students.filter((student) => userSchema.safeParse(student).success).length, 120);
    const code = await district.users.get('000000000000000000000000').catch((error) => hasCode(error, 'not_found'));
    expectEqual(code, true);
    expectEqual(await logIn(sandbox, clever), 'Hello teacher');
  },
};

/** A whole login: the runtime's own crypto seals the cookies and verifies the id_token. */
async function logIn(sandbox, clever) {
  const login = clever.login({
    cookieSecret: '0123456789abcdef0123456789abcdef',
    onLogin: ({ identity }) => new Response(`Hello ${identity.role}`),
    onError: ({ error }) => new Response(error.message, { status: 500 }),
  });
  const started = await login.start(new Request('https://app.example.com/auth/clever'));
  const authorize = new URL(started.headers.get('location') ?? '');
  const [teacher] = sandbox.people({ role: 'teacher', connection: 'district' });
  authorize.searchParams.set('sandbox_user', teacher?.id ?? '');
  const sent = await sandbox.fetch(authorize.href, { redirect: 'manual' });
  const cookie = (started.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
  const answer = await login.callback(new Request(sent.headers.get('location') ?? '', { headers: { cookie } }));
  return answer.text();
}

function expectEqual(actual, expected) {
  if (actual !== expected) {
    throw new Error(`expected ${expected}, got ${actual}`);
  }
}
