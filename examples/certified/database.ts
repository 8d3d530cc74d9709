import { fromPg, fromPglite, openPglite, type SendQuery, type SyncStore } from 'clever-sdk/sync';
import { Pool } from 'pg';

/** What pg's and PGlite's transactions have in common. */
export interface Transaction {
  query(text: string, values: string[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** The app's database: a store of the sync, which the app's own statements use as well. */
export type Database = SyncStore<Transaction>;

/** An open database. */
export interface OpenDatabase {
  readonly database: Database;
  close(): Promise<void>;
}

/** Opens the PostgreSQL at `url`, or else an embedded one in a folder, which one process at a time can open. */
export async function openDatabase(url: string | undefined, folder: string): Promise<OpenDatabase> {
  if (url === undefined) {
    const pglite = await openPglite(folder);
    return { database: fromPglite(pglite), close: () => pglite.close() };
  }
  const pool = new Pool({ connectionString: url });
  pool.on('error', (error) => console.error(error.message));
  return { database: fromPg(pool), close: () => pool.end() };
}

/** Makes the app's own tables. The sync has its tables beside them, in the schema `clever`. */
export async function createTables(send: SendQuery): Promise<void> {
  for (const table of TABLES) {
    await send(table);
  }
}

const TABLES = [
  // People, schools, terms, courses and sections. Whatever else the app stores refers to `id`, which never changes.
  // The key is Clever's id: e-mail addresses and SIS ids change, are shared, and are missing.
  `create table if not exists records (
    id uuid primary key default gen_random_uuid(),
    clever_id text not null unique,
    kind text not null,
    district_id text,
    name text not null,
    is_active boolean not null
  )`,
  // Who belongs to which section. There are no foreign keys, because a section may arrive before its people.
  `create table if not exists members (
    section_id text not null,
    user_id text not null,
    role text not null,
    is_active boolean not null,
    primary key (section_id, user_id, role)
  )`,
  `create table if not exists assignments (
    section_id text not null,
    title text not null,
    clever_id text not null,
    primary key (section_id, title)
  )`,
  // Only a hash of the cookie is stored: a person who reads the table can use no session.
  `create table if not exists sessions (
    hash text primary key,
    person_id uuid not null references records on delete cascade,
    role text not null,
    expires_at timestamptz not null
  )`,
];
