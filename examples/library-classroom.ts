/**
 * Reads what a teacher shares with a Clever Library app: the teacher, the sections and their students.
 *
 * With CLEVER_LIBRARY_TOKEN (the token of a teacher's Library login) in the environment, this uses Clever.
 * Without any credentials, it logs in a synthetic teacher at a sandbox on this machine.
 *
 *     npm run build:js && npx node --env-file-if-exists=.env examples/library-classroom.ts
 */

import { visit } from './sso-login.ts';
import { type Backend, chooseBackend, environment } from './support/clever.ts';
import { heading, table } from './support/console.ts';

/** Runs the example against a backend. */
export async function libraryClassroom(backend: Backend): Promise<void> {
  heading("A teacher's Library classroom");
  const token = await libraryToken(backend);
  if (token === undefined) {
    console.log("Skipped: set CLEVER_LIBRARY_TOKEN, the token of a teacher's Library login, to read it from Clever.");
    return;
  }
  const { teacher, sections, students } = await backend.tokenClient().library({ token }).classroom();
  console.log(`${[teacher.name.first, teacher.name.last].filter(Boolean).join(' ')} shares:`);
  table(
    ['section', 'subject', 'grade', 'students'],
    sections.map(({ name, subject, grade, students }) => [name ?? '', subject ?? '', grade ?? '', students.length]),
  );
  console.log(`  ${students.length} students in total, each counted once.`);
}

async function libraryToken(backend: Backend): Promise<string | undefined> {
  if (backend.sandbox === undefined) {
    return environment('CLEVER_LIBRARY_TOKEN');
  }
  const clever = backend.appClient();
  const [person] = backend.sandbox.people({ role: 'teacher', connection: 'library', hasSections: true });
  if (clever === undefined || person === undefined) {
    return undefined;
  }
  const { url, state } = clever.oauth.authorizationUrl({
    extraParams: { sandbox_user: person.id, sandbox_connection: 'library' },
  });
  return (await clever.oauth.exchangeCallback(await visit(url), { expectedState: state })).access_token;
}

if (import.meta.main) {
  const backend = await chooseBackend();
  try {
    await libraryClassroom(backend);
  } finally {
    await backend.close();
  }
}
