/**
 * Keeps an embedded PostgreSQL in step with a district: the first sync, a day of changes, and a school that is
 * no longer shared, which is held until someone approves it.
 *
 * With CLEVER_DISTRICT_TOKEN in the environment, or an app's credentials, this syncs from Clever, and no changes are
 * made. Otherwise it uses a sandbox on this machine. It prints no person's name and no token.
 *
 *     npm run build:js && npx node --env-file-if-exists=.env examples/roster-sync.ts
 */
import { PGlite, type Transaction } from '@electric-sql/pglite';
import { createCleverClient } from 'clever-sdk';
import type { Sandbox } from 'clever-sdk/sandbox';
import { createRosterSync, fromPglite, type RosterSync, type SyncChange, type SyncReport } from 'clever-sdk/sync';
import { type Backend, chooseBackend, environment } from './support/clever.ts';
import { count, heading, Progress, seconds, table } from './support/console.ts';

/** Runs the example against a backend. */
export async function rosterSync(backend: Backend): Promise<void> {
  heading('A database kept in step');
  const source = await districtOf(backend);
  if (source === undefined) {
    console.log('Skipped: set CLEVER_DISTRICT_TOKEN, or the credentials of an app that has a connected district.');
    return;
  }
  const { districtId, ...options } = source;
  const db = await PGlite.create();
  try {
    await db.exec('create table students (clever_id text primary key, grade text, left_at timestamptz)');
    const seen: SyncChange[] = [];
    const progress = new Progress('first sync');
    const sync = createRosterSync({
      ...options,
      store: fromPglite(db),
      onChanges: async (changes, { tx }) => {
        seen.push(...changes);
        await keepStudents(tx, changes);
      },
      onEvent: (event) => {
        if (event.kind === 'page') {
          progress.update(`${count(event.read)} ${event.of}`);
        }
      },
    });
    await sync.migrate();
    const first = await sync.run(districtId);
    progress.done(`${count(first.created)} records stored, ${first.requests} requests`);
    await printTables(db);
    if (backend.sandbox === undefined) {
      return;
    }
    seen.length = 0;
    await aDayOfChanges(sync, backend.sandbox, districtId, seen);
    await anUnsharedSchool(sync, backend.sandbox, districtId);
    await printTables(db);
  } finally {
    await db.close();
  }
}

/** The app's own table, written in the transaction of the mirror. */
async function keepStudents(tx: Transaction, changes: readonly SyncChange[]): Promise<void> {
  for (const change of changes) {
    if (change.kind === 'users' && change.record.roles?.student != null) {
      await tx.query(
        `insert into students values ($1, $2, $3)
         on conflict (clever_id) do update set grade = excluded.grade, left_at = excluded.left_at`,
        [change.id, change.record.roles.student.grade, change.op === 'archived' ? new Date() : null],
      );
    }
  }
}

/** A transfer, a new name, a co-teacher and a new student: what one day brings. */
async function aDayOfChanges(
  sync: RosterSync,
  sandbox: Sandbox,
  districtId: string,
  seen: readonly SyncChange[],
): Promise<void> {
  const district = sandbox.district(districtId);
  const { schools, users, sections } = createCleverClient(sandbox.clientOptions()).district({ token: district.token });
  const [mover, renamed, model] = sandbox.people({ role: 'student', districtId, limit: 3 });
  const [section] = (await sections.list().firstPage()).data;
  const colleague = sandbox.people({ role: 'teacher', districtId }).find(({ id }) => !section?.teachers.includes(id));
  if (mover !== undefined) {
    const { roles } = await users.get(mover.id);
    const other = (await schools.list().firstPage()).data.find(({ id }) => id !== roles?.student?.school);
    if (other !== undefined) {
      district.changes.transfer({ student: mover.id, school: other.id });
    }
  }
  if (renamed !== undefined) {
    district.changes.rename({ user: renamed.id, name: { last: 'Rivera' } });
  }
  if (section !== undefined && colleague !== undefined) {
    district.changes.addTeacher({ section: section.id, teacher: colleague.id });
  }
  if (model !== undefined) {
    const { id: _id, ...record } = await users.get(model.id);
    district.users.create({ ...record, name: { first: 'New', last: 'Student' }, email: 'new.student@example.com' });
  }
  const report = await sync.run(districtId);
  console.log(
    `\nA day later: ${report.updated} updated, ${report.created} created, by events in ${report.requests} requests.`,
  );
  table(
    ['kind', 'change', 'members'],
    seen.map(({ kind, op, fields }) => [kind, op, fields.slice(0, 4).join(', ')]),
  );
}

/** The guard holds what would empty a school; approval releases that very plan. */
async function anUnsharedSchool(sync: RosterSync, sandbox: Sandbox, districtId: string): Promise<void> {
  const district = sandbox.district(districtId);
  const { schools } = createCleverClient(sandbox.clientOptions()).district({ token: district.token });
  const [school] = (await schools.list().firstPage()).data;
  if (school === undefined) {
    return;
  }
  district.changes.unshareSchool({ school: school.id });
  const held = await sync.run(districtId);
  console.log(`\nThe district stops sharing a school: ${held.outcome}. Nothing of the mirror has changed.`);
  if (held.plan !== undefined) {
    printPlan(held);
    await sync.approve(held.run, { by: 'the demo' });
    const applied = await sync.run(districtId);
    console.log(
      `  Approved: ${count(applied.archived)} records archived in ${seconds(applied.durationMs)}, none deleted.\n`,
    );
  }
}

function printPlan({ plan }: SyncReport): void {
  table(
    ['kind', 'before', 'created', 'changed', 'gone', 'back'],
    Object.entries(plan?.kinds ?? {}).map(([kind, { before, created, updated, archived, restored }]) => [
      kind,
      ...[before, created, updated, archived, restored],
    ]),
  );
  for (const { scope, before, gone } of plan?.verdict.findings ?? []) {
    console.log(`  held: ${count(gone)} of ${count(before)} ${scope.replace('_', ' ')}`);
  }
}

async function printTables(db: PGlite): Promise<void> {
  const { rows } = await db.query<{ live: string; enrolled: string; own: string }>(`
    select
      (select count(*) from clever.users where deleted_at is null)::text as live,
      (select count(*) from clever.enrollments)::text as enrolled,
      (select count(*) from students where left_at is null)::text as own`);
  const [{ live = '0', enrolled = '0', own = '0' } = {}] = rows;
  console.log(
    `  clever.users: ${count(Number(live))}, clever.enrollments: ${count(Number(enrolled))}; ` +
      `the app's own students: ${count(Number(own))}.`,
  );
}

async function districtOf(backend: Backend) {
  const token = environment('CLEVER_DISTRICT_TOKEN');
  if (token !== undefined) {
    const clever = backend.tokenClient();
    const [district] = (await clever.district({ token }).districts.list().firstPage()).data;
    const districtId = district?.id ?? '';
    return { clever, districts: [{ districtId, token }], districtId };
  }
  const clever = backend.appClient();
  const [connected] = (await clever?.oauth.districtTokens()) ?? [];
  return clever === undefined || connected === undefined ? undefined : { clever, districtId: connected.owner.id };
}

if (import.meta.main) {
  const backend = await chooseBackend();
  try {
    await rosterSync(backend);
  } finally {
    await backend.close();
  }
}
