/** The program that apps write by hand: the yardstick of the syncs. It keeps no change log and survives no crash. */
import type pg from 'pg';

type Pool = pg.Pool;

interface Page {
  readonly data: readonly { readonly data: Record<string, unknown> }[];
  readonly links: readonly { readonly rel: string; readonly uri: string }[];
}

const TABLES = ['schools', 'terms', 'courses', 'users', 'sections'];

/** Makes the tables of the loop. */
export async function makeTables(pool: Pool): Promise<void> {
  for (const table of TABLES) {
    await pool.query(`create table ${table} (id text primary key, district_id text not null, data jsonb not null)`);
  }
  await pool.query(
    'create table enrollments (section_id text, user_id text, role text, is_primary boolean, primary key (section_id, user_id, role))',
  );
  await pool.query('create table user_schools (user_id text, school_id text, primary key (user_id, school_id))');
  await pool.query('create table user_roles (user_id text, role text, primary key (user_id, role))');
  await pool.query(
    'create table changes (seq bigserial primary key, kind text, id text, op text, at timestamptz default now())',
  );
  await pool.query('create table cursors (id text primary key, cursor text)');
}

/** Reads a district and stores it: a page, a statement, and one more for each relation. */
export async function pullByHand(pool: Pool, origin: string, district: string): Promise<number> {
  let records = 0;
  for (const table of TABLES) {
    for (let path: string | undefined = `/v3.1/${table}?limit=1000`; path !== undefined; ) {
      const page = await read(origin, path);
      const rows = page.data.map(({ data }) => ({ id: data['id'], data }));
      records += rows.length;
      await pool.query(
        `insert into ${table} (id, district_id, data)
         select id, $2, data from jsonb_to_recordset($1::jsonb) as r (id text, data jsonb)`,
        [JSON.stringify(rows), district],
      );
      await relate(pool, table, page);
      path = page.links.find(({ rel }) => rel === 'next')?.uri;
    }
  }
  return records;
}

/** Applies the events of a district: a page, a transaction. */
export async function applyEventsByHand(pool: Pool, origin: string, after: string): Promise<number> {
  let events = 0;
  for (let path: string | undefined = `/v3.1/events?limit=1000&starting_after=${after}`; path !== undefined; ) {
    const page = await read(origin, path);
    const rows = page.data.map(({ data }) => (data['data'] as { object: Record<string, unknown> }).object);
    events += rows.length;
    const client = await pool.connect();
    await client.query('begin');
    await client.query(
      `with incoming as (select * from jsonb_to_recordset($1::jsonb) as r (id text, data jsonb)),
       written as (
         insert into users as u (id, district_id, data) select id, '', data from incoming
         on conflict (id) do update set data = excluded.data where u.data is distinct from excluded.data
         returning id
       )
       insert into changes (kind, id, op) select 'users', id, 'updated' from written`,
      [JSON.stringify(rows.map((data) => ({ id: data['id'], data })))],
    );
    await relate(client, 'users', { data: rows.map((data) => ({ data })), links: [] });
    await client.query('insert into cursors values ($1, $2) on conflict (id) do update set cursor = excluded.cursor', [
      'district',
      page.data.at(-1)?.data['id'] ?? after,
    ]);
    await client.query('commit');
    client.release();
    path = page.links.find(({ rel }) => rel === 'next')?.uri;
  }
  return events;
}

async function read(origin: string, path: string): Promise<Page> {
  const response = await fetch(origin + path, { headers: { authorization: 'Bearer bench' } });
  return (await response.json()) as Page;
}

async function relate(client: Pool | pg.PoolClient, table: string, { data }: Page): Promise<void> {
  const insert = (into: string, columns: string, rows: readonly object[]): Promise<unknown> =>
    client.query(
      `insert into ${into} select * from jsonb_to_recordset($1::jsonb) as r (${columns}) on conflict do nothing`,
      [JSON.stringify(rows)],
    );
  if (table === 'sections') {
    const rows = data.flatMap(({ data: { id, students, teachers, teacher } }) => [
      ...(students as string[]).map((user_id) => ({ section_id: id, user_id, role: 'student', is_primary: false })),
      ...(teachers as string[]).map((user_id) => ({
        section_id: id,
        user_id,
        role: 'teacher',
        is_primary: user_id === teacher,
      })),
    ]);
    await insert('enrollments', 'section_id text, user_id text, role text, is_primary boolean', rows);
  }
  if (table === 'users') {
    const roles = (one: Record<string, unknown>) => one['roles'] as Record<string, { schools?: string[] }>;
    await insert(
      'user_schools',
      'user_id text, school_id text',
      data.flatMap(({ data: one }) =>
        Object.values(roles(one)).flatMap(({ schools = [] }) =>
          schools.map((school_id) => ({ user_id: one['id'], school_id })),
        ),
      ),
    );
    await insert(
      'user_roles',
      'user_id text, role text',
      data.flatMap(({ data: one }) => Object.keys(roles(one)).map((role) => ({ user_id: one['id'], role }))),
    );
  }
}
