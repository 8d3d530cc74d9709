/** Runs one contender of a case in its own process: `contend.ts <case> <who> <place as JSON>`. Prints what it took. */
import { PGlite } from '@electric-sql/pglite';
import { createCleverClient } from 'clever-sdk';
import { createRosterSync, fromPg, fromPglite, type RosterSync } from 'clever-sdk/sync';
import pg from 'pg';
import { applyEventsByHand, makeTables, pullByHand } from './by-hand.ts';

/** Where a contender works. */
export interface Place {
  readonly origin: string;
  readonly database: string;
  /** How many events are made. */
  readonly events: number;
}

/** What a case took. */
export interface Taken {
  readonly records: number;
  readonly ms: number;
  readonly peakRssMb: number;
  readonly requests: number;
  /** Rows of the mirror that were written; `undefined` where it is not asked. */
  readonly written?: number;
}

const DISTRICT = '4f0000000000000000000001';
const [, , name = '', who = '', json = '{}'] = process.argv;
const { origin, database, events } = JSON.parse(json) as Place;
const pool = new pg.Pool({ connectionString: database, max: 4 });

const syncOn = (store: ReturnType<typeof fromPg> | ReturnType<typeof fromPglite>): RosterSync =>
  createRosterSync({
    clever: createCleverClient({ apiOrigin: origin }),
    districts: [{ districtId: DISTRICT, token: 'bench' }],
    store: store as ReturnType<typeof fromPg>,
  });

async function timed(work: () => Promise<{ records: number; requests?: number; written?: number }>): Promise<Taken> {
  const begin = performance.now();
  const { requests = 0, ...rest } = await work();
  const ms = performance.now() - begin;
  return { ...rest, requests, ms, peakRssMb: process.resourceUsage().maxRSS / 1_024 };
}

async function rowsWritten(): Promise<number> {
  await pool.query('select pg_stat_force_next_flush()').catch(() => undefined);
  const { rows } = await pool.query(
    `select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::float8 as n from pg_stat_user_tables
     where relname in ('districts', 'schools', 'terms', 'courses', 'users', 'sections', 'enrollments', 'user_schools')`,
  );
  return rows[0].n as number;
}

const makeEvents = (): Promise<unknown> => fetch(`${origin}/events?n=${events}`, { method: 'POST' });

const CASES: Readonly<Record<string, () => Promise<Taken>>> = {
  'first by-hand': async () => {
    await makeTables(pool);
    return timed(async () => ({ records: await pullByHand(pool, origin, DISTRICT) }));
  },
  'first sync': async () => {
    const sync = syncOn(fromPg(pool));
    await sync.migrate();
    return timed(async () => {
      const { created, requests } = await sync.run(DISTRICT);
      return { records: created, requests };
    });
  },
  'first pglite': async () => {
    const sync = syncOn(fromPglite(await PGlite.create()));
    await sync.migrate();
    return timed(async () => {
      const { created, requests } = await sync.run(DISTRICT);
      return { records: created, requests };
    });
  },
  'unchanged sync': async () => {
    const sync = syncOn(fromPg(pool));
    const before = await rowsWritten();
    const taken = await timed(async () => {
      const { unchanged, requests } = await sync.run(DISTRICT, { full: true });
      return { records: unchanged, requests };
    });
    return { ...taken, written: (await rowsWritten()) - before };
  },
  'idle sync': async () => {
    const sync = syncOn(fromPg(pool));
    await sync.run(DISTRICT);
    const begin = performance.now();
    await (await fetch(`${origin}/v3.1/districts`)).text();
    await (await fetch(`${origin}/v3.1/events?starting_after=${'f'.repeat(24)}`)).text();
    const bare = performance.now() - begin;
    const taken = await timed(async () => {
      const { requests } = await sync.run(DISTRICT);
      return { records: 0, requests };
    });
    return { ...taken, ms: taken.ms - bare };
  },
  'events by-hand': async () => {
    await makeEvents();
    return timed(async () => ({ records: await applyEventsByHand(pool, origin, '0'.repeat(24)) }));
  },
  'events sync': async () => {
    await makeEvents();
    const sync = syncOn(fromPg(pool));
    return timed(async () => {
      const { updated, requests } = await sync.run(DISTRICT);
      return { records: updated, requests };
    });
  },
};

const taken = await CASES[`${name} ${who}`]?.();
process.stdout.write(JSON.stringify(taken));
process.exit(0);
