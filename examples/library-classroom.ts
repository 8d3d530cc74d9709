/**
 * Read what a teacher shares with a Clever Library app: the teacher, the sections, the students in them.
 *
 * With CLEVER_LIBRARY_TOKEN (the token of a teacher's Library login) in the environment this asks Clever. Without any
 * credentials it logs a synthetic teacher in at a sandbox on this machine.
 *
 *     npm run build:js && npx node --env-file-if-exists=.env examples/library-classroom.ts
 */

import { visit } from './sso-login.ts';
import { environment, type Stage, setStage } from './support/clever.ts';
import { heading, table } from './support/console.ts';

/** Runs the example on a stage. */
export async function libraryClassroom(stage: Stage): Promise<void> {
  heading("A teacher's Library classroom");
  const token = await libraryToken(stage);
  if (token === undefined) {
    console.log("Skipped: set CLEVER_LIBRARY_TOKEN, the token of a teacher's Library login, to read it from Clever.");
    return;
  }
  const { teacher, sections, students } = await stage.tokenClient().library({ token }).classroom();
  console.log(`${[teacher.name.first, teacher.name.last].filter(Boolean).join(' ')} shares:`);
  table(
    ['section', 'subject', 'grade', 'students'],
    sections.map(({ name, subject, grade, students }) => [name ?? '', subject ?? '', grade ?? '', students.length]),
  );
  console.log(`  ${students.length} students in all, each counted once.`);
}

async function libraryToken(stage: Stage): Promise<string | undefined> {
  if (stage.sandbox === undefined) {
    return environment('CLEVER_LIBRARY_TOKEN');
  }
  const clever = stage.appClient();
  const [person] = stage.sandbox.people({ role: 'teacher', connection: 'library', hasSections: true });
  if (clever === undefined || person === undefined) {
    return undefined;
  }
  const { url, state } = clever.oauth.authorizationUrl({
    extraParams: { sandbox_user: person.id, sandbox_connection: 'library' },
  });
  return (await clever.oauth.exchangeCallback(await visit(url), { expectedState: state })).access_token;
}

if (import.meta.main) {
  const stage = await setStage();
  try {
    await libraryClassroom(stage);
  } finally {
    await stage.close();
  }
}
