/**
 * Measures the sync against the loop that apps write by hand, on a real PostgreSQL: `npm run bench:sync`. Writes its
 * table into docs/performance.md.
 *
 *     npm run bench:sync -- --quick        one round, a district of a tenth, and nothing is written
 *     npm run bench:sync -- --rounds 5     this many rounds
 *     npm run bench:sync -- --memory       with the peak memory over a million people
 */
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import pg from 'pg';
import { type PostgresServer, startPostgres } from '../test/support/postgres/server.ts';
import { median } from './pulls/report.ts';
import type { Taken } from './sync/contend.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    memory: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
const size = values.quick ? { users: 10_000, sections: 2_000 } : { users: 100_000, sections: 20_000 };
const run = promisify(execFile);
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const started = await startPostgres({ shared_buffers: '256MB', max_wal_size: '4GB' });
if ('missing' in started) {
  throw new Error(`No PostgreSQL to measure on: ${started.missing}.`);
}
const postgres: PostgresServer = started;

let databases = 0;

async function freshDatabase(): Promise<string> {
  databases += 1;
  const client = new pg.Client(postgres.url('postgres'));
  await client.connect();
  await client.query(`create database bench_${databases}`);
  await client.end();
  return postgres.url(`bench_${databases}`);
}

async function serve(options: object): Promise<{ origin: string; close(): void }> {
  const child = fork(here('./sync/server.ts'), [JSON.stringify(options)]);
  const [port] = (await once(child, 'message')) as [number];
  return { origin: `http://127.0.0.1:${port}`, close: () => child.disconnect() };
}

async function take(name: string, who: string, origin: string, database: string): Promise<Taken> {
  const place = JSON.stringify({ origin, database, events: size.users / 10 });
  const { stdout } = await run(process.execPath, [here('./sync/contend.ts'), name, who, place]);
  return JSON.parse(stdout) as Taken;
}

const perSecond = ({ records, ms }: Taken): number => (records / ms) * 1_000;
const taken: Record<string, Taken[]> = {};
const note = (name: string, one: Taken): Taken => {
  taken[name] = [...(taken[name] ?? []), one];
  console.error(name, JSON.stringify(one));
  return one;
};

try {
  for (let round = 0; round < rounds; round += 1) {
    const server = await serve(size);
    const [byHand, mirror] = [await freshDatabase(), await freshDatabase()];
    const order = round % 2 === 0 ? ['by-hand', 'sync'] : ['sync', 'by-hand'];
    for (const who of order) {
      note(`first ${who}`, await take('first', who, server.origin, who === 'sync' ? mirror : byHand));
    }
    note('unchanged sync', await take('unchanged', 'sync', server.origin, mirror));
    note('idle sync', await take('idle', 'sync', server.origin, mirror));
    for (const who of order) {
      note(`events ${who}`, await take('events', who, server.origin, who === 'sync' ? mirror : byHand));
    }
    server.close();
  }
  const server = await serve(size);
  note('first pglite', await take('first', 'pglite', server.origin, postgres.url('postgres')));
  server.close();
  if (values.memory) {
    for (const users of [100_000, 1_000_000]) {
      const big = await serve({ users, sections: users / 5 });
      note(`memory ${users}`, await take('first', 'sync', big.origin, await freshDatabase()));
      big.close();
    }
  }
  const rows = report();
  console.log(rows.join('\n'));
  if (!values.quick) {
    await writeDocument(rows);
  }
} finally {
  await postgres.stop();
}

function report(): string[] {
  const ratio = (one: string, other: string): string =>
    median(
      (taken[one] ?? []).map((each, round) => perSecond(each) / perSecond((taken[other] ?? [])[round] as Taken)),
    ).toFixed(2);
  const rate = (name: string): string => Math.round(median((taken[name] ?? []).map(perSecond))).toLocaleString('en');
  const [processor] = cpus();
  const memory = [taken['memory 100000']?.[0]?.peakRssMb, taken['memory 1000000']?.[0]?.peakRssMb];
  return [
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${postgres.version}, ${type()}, ${cpus().length} × ` +
      `${processor?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB. ${size.users.toLocaleString('en')} students in ` +
      `${size.sections.toLocaleString('en')} sections, medians of ${rounds} rounds.`,
    '',
    '| Case | Reached | Target | Records per second |',
    '| --- | --: | --: | --: |',
    `| first sync, × the loop by hand | ${ratio('first sync', 'first by-hand')} | 0.80 | ${rate('first sync')} |`,
    `| full run of an unchanged district, × the first sync | ${ratio('unchanged sync', 'first sync')} | 1.5 | ${rate('unchanged sync')} |`,
    `| rows of the mirror written by it | ${Math.max(...(taken['unchanged sync'] ?? []).map(({ written = 0 }) => written))} | 0 |  |`,
    `| ${(size.users / 10).toLocaleString('en')} events, × the same statements by hand | ${ratio('events sync', 'events by-hand')} | 0.70 | ${rate('events sync')} |`,
    `| idle district: requests | ${taken['idle sync']?.[0]?.requests} | 2 |  |`,
    `| idle district: milliseconds beside the requests | ${median((taken['idle sync'] ?? []).map(({ ms }) => ms)).toFixed(1)} | 25 |  |`,
    `| first sync on PGlite, × PostgreSQL | ${(perSecond(taken['first pglite']?.[0] as Taken) / median((taken['first sync'] ?? []).map(perSecond))).toFixed(2)} |  | ${rate('first pglite')} |`,
    ...(memory[0] !== undefined && memory[1] !== undefined
      ? [
          `| peak memory, a million people × a hundred thousand | ${(memory[1] / memory[0]).toFixed(2)} (${memory.map((mb) => mb?.toFixed(0)).join(' and ')} MB) | 1.3 |  |`,
        ]
      : []),
  ];
}

/** Replaces only the text between the markers. */
async function writeDocument(rows: readonly string[]): Promise<void> {
  const file = new URL('../docs/performance.md', import.meta.url);
  const [before = '', rest = ''] = (await readFile(file, 'utf8')).split('<!-- bench:sync -->');
  const after = rest.split('<!-- /bench:sync -->')[1] ?? '';
  await writeFile(file, `${before}<!-- bench:sync -->\n\n${rows.join('\n')}\n\n<!-- /bench:sync -->${after}`);
}
