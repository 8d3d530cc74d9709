import type { Classroom, CleverIdentity } from 'clever-sdk';
import type { HookContext, Row, SendQuery, SyncChange } from 'clever-sdk/sync';
import type { Database, Transaction } from './database.ts';

/** What the app keeps of a record of Clever's. */
interface KnownRecord {
  readonly clever_id: string;
  readonly kind: string;
  readonly district_id?: string | undefined;
  readonly name: string;
  readonly is_active: boolean;
}

/** Who is in a section, by Clever's ids. A person who is not listed has left it. */
interface SectionMembers {
  readonly id: string;
  readonly teachers: readonly string[];
  readonly students: readonly string[];
}

/** The hook of the sync: the app's own tables follow Clever's, in the transaction that changes those. */
export async function keepChanges(changes: readonly SyncChange[], { tx, district }: HookContext<Transaction>) {
  const send: SendQuery = async (text, values = []) => (await tx.query(text, values as string[])).rows as Row[];
  const records = changes.map(({ id, kind, op, record }) => ({
    clever_id: id,
    kind: kind.slice(0, -1), // `users` → `user`
    district_id: district,
    name: nameOf('name' in record ? record.name : undefined),
    // Archived, never deleted: what the app has of it stays, and goes on when the record returns.
    is_active: op !== 'archived',
  }));
  const sections = changes
    .filter((change) => change.kind === 'sections')
    .map(({ id, op, record }) =>
      op === 'archived'
        ? { id, teachers: [], students: [] }
        : { id, teachers: record.teachers ?? [], students: record.students ?? [] },
    );
  await keepRecords(send, records);
  await keepMembers(send, sections);
}

/** Stores who has logged in, and returns the app's own id of the person. */
export async function keepPerson({ query }: Database, { id, districtId, name }: CleverIdentity): Promise<string> {
  const person = { clever_id: id, kind: 'user', district_id: districtId, name: nameOf(name), is_active: true };
  await keepRecords(query, [person]);
  const [row] = await query('select id::text from records where clever_id = $1::text', [id]);
  return `${row?.['id']}`;
}

/** Stores what a teacher of the Clever Library shares: at every login, since the token expires soon after. */
export async function keepClassroom(database: Database, { teacher, sections, students }: Classroom): Promise<void> {
  await database.transaction(async ({ query }) => {
    const people = students.map(({ id, name }) => ({
      clever_id: id,
      kind: 'user',
      name: nameOf(name),
      is_active: true,
    }));
    const classes = sections.map(({ id, name }) => ({
      clever_id: id,
      kind: 'section',
      name: nameOf(name),
      is_active: true,
    }));
    await keepRecords(query, [...people, ...classes]);
    // A section that the teacher has given up is no longer listed. Those of a district are the sync's to change.
    await query(
      `update members set is_active = false where user_id = $1::text and role = 'teacher' and section_id in
        (select clever_id from records where kind = 'section' and district_id is null)`,
      [teacher.id],
    );
    await keepMembers(
      query,
      sections.map(({ id, teachers, students }) => ({
        id,
        teachers: [teacher.id, ...(teachers ?? [])],
        students: students.map((student) => student.id),
      })),
    );
    await query(`update records set is_active = false where kind = 'section' and district_id is null and not exists
      (select from members where section_id = clever_id and role = 'teacher' and members.is_active)`);
  });
}

/** Stores records under Clever's ids: a known one keeps the app's own id, a new one gets one. */
async function keepRecords(send: SendQuery, records: readonly KnownRecord[]): Promise<void> {
  await send(
    `insert into records (clever_id, kind, district_id, name, is_active)
     select clever_id, kind, district_id, name, is_active
     from jsonb_to_recordset($1::text::jsonb)
       as given (clever_id text, kind text, district_id text, name text, is_active boolean)
     on conflict (clever_id) do update set
       -- A district's connection counts for more than a teacher's own.
       district_id = coalesce(excluded.district_id, records.district_id),
       -- The Library gives no more than the initial of a student's last name.
       name = case when records.district_id is not null and excluded.district_id is null
         then records.name else excluded.name end,
       is_active = excluded.is_active`,
    [JSON.stringify(records)],
  );
}

/** Stores who is in sections. Those who have left stay, as former members. */
async function keepMembers(send: SendQuery, sections: readonly SectionMembers[]): Promise<void> {
  const members = sections.flatMap(({ id, teachers, students }) => [
    ...[...new Set(teachers)].map((user_id) => ({ section_id: id, user_id, role: 'teacher' })),
    ...[...new Set(students)].map((user_id) => ({ section_id: id, user_id, role: 'student' })),
  ]);
  await send(
    'update members set is_active = false where section_id in (select jsonb_array_elements_text($1::text::jsonb))',
    [JSON.stringify(sections.map(({ id }) => id))],
  );
  await send(
    `insert into members
     select section_id, user_id, role, true
     from jsonb_to_recordset($1::text::jsonb) as given (section_id text, user_id text, role text)
     on conflict (section_id, user_id, role) do update set is_active = true`,
    [JSON.stringify(members)],
  );
}

/** Everything that the app knows from Clever. */
export async function readRoster({ query }: Database): Promise<readonly Row[]> {
  const records = await query(
    `select kind, clever_id as "cleverId", id::text as "appId", district_id as "districtId", is_active as active from records`,
  );
  const members = await query(
    `select 'enrollment' as kind, section_id as "sectionId", user_id as "userId", role, is_active as active from members`,
  );
  return [...records, ...members];
}

/** Deletes what the app has of a district. Sessions go with their people. */
export async function deleteDistrict(database: Database, districtId: string): Promise<void> {
  await database.transaction(async ({ query }) => {
    await query(
      'delete from members where section_id in (select clever_id from records where district_id = $1::text)',
      [districtId],
    );
    await query(
      'delete from assignments where section_id in (select clever_id from records where district_id = $1::text)',
      [districtId],
    );
    await query('delete from records where district_id = $1::text', [districtId]);
  });
}

/** The names of the sections of a person. */
export async function sectionsOf({ query }: Database, cleverId: string): Promise<string[]> {
  const rows = await query(
    `select distinct name from members join records on clever_id = section_id
     where user_id = $1::text and members.is_active and records.is_active order by name`,
    [cleverId],
  );
  return rows.map(({ name }) => `${name}`);
}

/** Clever may send a name as text, in parts, with empty parts, or not at all. */
function nameOf(name: unknown): string {
  const parts = typeof name === 'object' && name !== null ? (name as Record<string, unknown>) : { first: name };
  return [parts['first'], parts['last']].filter((part) => typeof part === 'string' && part !== '').join(' ');
}
