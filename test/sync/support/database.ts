import type { PGlite } from '@electric-sql/pglite';
import { createCleverClient } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';
import { createRosterSync, type Duration, fromPglite, type HookContext, type SyncChange } from 'clever-sdk/sync';
import { pgliteDatabase } from '../../support/postgres/index.js';

/** A row with columns of any type. */
export type AnyRow = Record<string, unknown>;

/** Sends a statement of a test, with texts as parameters. */
export type Ask = (text: string, values?: (string | null)[]) => Promise<AnyRow[]>;

/** A transaction in which a test's hook writes: PGlite's and that of `pg` alike. */
export interface AnyTransaction {
  query(text: string, values: (string | null)[]): Promise<{ readonly rows: readonly unknown[] }>;
}

const OWN_TABLE = `
create table own_records (
  kind text, id text, district_id text, data jsonb, is_live boolean, primary key (kind, id)
)`;

/** An embedded database with the tables of a sync and a table of the app's own, which its hook fills. */
export interface TestDatabase {
  readonly db: PGlite;
  readonly ask: Ask;
  readonly schema: string;
  /** Empties every table. */
  reset(): Promise<void>;
  /** Lets the leases of processes that died end at once, as if their time were over. */
  expireLeases(): Promise<void>;
  close(): Promise<void>;
}

/** Makes one. Tests of a file share it, and empty it before each test, because making one takes a second. */
export async function testDatabase(schema = 'clever'): Promise<TestDatabase> {
  const db = await pgliteDatabase();
  const sandbox = createSandbox({ students: 1 });
  const clever = createCleverClient({ ...sandbox.clientOptions() });
  await createRosterSync({ clever, store: fromPglite(db), schema }).migrate();
  await db.exec(OWN_TABLE);
  const ask: Ask = async (text, values = []) => (await db.query(text, values)).rows as AnyRow[];
  const quoted = `"${schema.replaceAll('"', '""')}"`;
  const tables = await ask(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = $1 and tablename <> 'schema_version'`,
    [schema],
  );
  const names = [...tables.map(({ name }) => String(name)), 'own_records'];
  return {
    db,
    ask,
    schema: quoted,
    reset: async () => void (await db.exec(names.map((name) => `delete from ${name}`).join('; '))),
    expireLeases: async () => void (await ask(`update ${quoted}.sync_districts set lease_until = null`)),
    close: () => db.close(),
  };
}

/** Keeps a table of the app's own in step, the way an app's hook would. */
export async function keepOwnRecords(
  changes: readonly SyncChange[],
  { tx, district }: Pick<HookContext<AnyTransaction>, 'tx' | 'district'>,
): Promise<void> {
  await tx.query(
    `
insert into own_records as own (kind, id, district_id, data, is_live)
select kind, id, $2::text, record, op <> 'archived'
from jsonb_to_recordset($1::text::jsonb) as change (kind text, id text, op text, record jsonb)
on conflict (kind, id) do update set data = excluded.data, is_live = excluded.is_live`,
    [JSON.stringify(changes.map(({ kind, id, op, record }) => ({ kind, id, op, record }))), district],
  );
}

/** A year: nothing is due in a test unless it says so. */
export const NEVER = '365d' satisfies Duration;
