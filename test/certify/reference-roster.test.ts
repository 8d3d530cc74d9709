import { PGlite } from '@electric-sql/pglite';
import type { Classroom } from 'clever-sdk';
import { fromPglite, type HookContext, type SyncChange } from 'clever-sdk/sync';
import { expect, it, onTestFinished } from 'vitest';
import { createTables, type Transaction } from '../../examples/certified/database.ts';
import { keepChanges, keepClassroom, readRoster, sectionsOf } from '../../examples/certified/roster.ts';

const DISTRICT = 'district-1';

/** What the sync has found: a teacher, a student and their section. */
const SYNCED = [
  { kind: 'users', id: 'teacher', op: 'created', record: { name: { first: 'Ada', last: 'Ito' } } },
  { kind: 'users', id: 'student', op: 'created', record: { name: { first: 'Ben', last: 'Okafor' } } },
  {
    kind: 'sections',
    id: 'of-district',
    op: 'created',
    record: { name: 'Math', teachers: ['teacher'], students: ['student'] },
  },
] as unknown as readonly SyncChange[];

/** A section of the Library with a student, whose last name it shortens. */
function classroomOf(...ids: readonly string[]): Classroom {
  const students = [{ id: 'student', name: { first: 'Ben', last: 'O' } }];
  const sections = ids.map((id) => ({ id, name: id, teachers: ['teacher'], students }));
  return {
    teacher: { id: 'teacher', name: { first: 'Ada', last: 'Ito' } },
    sections,
    students,
  } as unknown as Classroom;
}

async function startDatabase() {
  const pglite = await PGlite.create();
  onTestFinished(() => pglite.close());
  const database = fromPglite(pglite);
  await createTables(database.query);
  await database.transaction(({ tx }) =>
    keepChanges(SYNCED, { tx, district: DISTRICT } as unknown as HookContext<Transaction>),
  );
  return database;
}

it('leaves to the sync what a district shares, when its teacher comes from the Library', async () => {
  const database = await startDatabase();
  await keepClassroom(database, classroomOf('of-library', 'given-up'));
  await keepClassroom(database, classroomOf('of-library'));

  expect(await sectionsOf(database, 'teacher')).toEqual(['Math', 'of-library']);
  expect(await database.query("select name from records where clever_id = 'student'")).toEqual([
    { name: 'Ben Okafor' },
  ]);
  const roster = await readRoster(database);
  expect(roster).toContainEqual(expect.objectContaining({ cleverId: 'given-up', active: false }));
  expect(roster).toContainEqual(
    expect.objectContaining({ sectionId: 'of-district', userId: 'teacher', role: 'teacher', active: true }),
  );
});
