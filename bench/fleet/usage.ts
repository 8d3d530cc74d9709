/** What a database and a process have used. */
import { readdirSync, readFileSync } from 'node:fs';
import type pg from 'pg';

/** Milliseconds of a tick of `/proc`. */
const TICK_MS = 10;

/** The processor time of a PostgreSQL so far, in milliseconds: of its first process and of all that it has begun. */
export function serverCpuMs(postmaster: number): number {
  let ticks = 0;
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/u.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const number = (place: number): number => Number(fields[place - 3]);
      if (Number(name) === postmaster) {
        ticks += number(14) + number(15) + number(16) + number(17); // with those that have ended
      } else if (number(4) === postmaster) {
        ticks += number(14) + number(15);
      }
    } catch {
      // It has ended meanwhile.
    }
  }
  return ticks * TICK_MS;
}

/** The processor time of this process so far, in milliseconds. */
export function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** The bytes that the database has written to its log so far. */
export async function walBytes(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query(`select (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::float8 as bytes`);
  return rows[0].bytes as number;
}

/** The bytes of tables with their indexes, by name. */
export async function tableBytes(pool: pg.Pool, schema: string): Promise<Record<string, number>> {
  const { rows } = await pool.query(
    `select relname as name, pg_total_relation_size(c.oid)::float8 as bytes
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relkind = 'r'`,
    [schema],
  );
  return Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes]));
}
