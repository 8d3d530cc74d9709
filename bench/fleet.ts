/**
 * Measures a fleet of districts on one worker, and what one district costs: `npm run bench:fleet`. Writes its table
 * into docs/performance.md, the numbers of which the model is made into bench/fleet/measured.json, and the tables of
 * docs/guides/scale.md. The PostgreSQL and the sandbox are of this machine, started for it on ports of loopback.
 *
 *     npm run bench:fleet -- --quick       one round with a few small districts, and nothing is written
 *     npm run bench:fleet -- --rounds 5    this many rounds
 */
import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import pg from 'pg';
import { startPostgres } from '../test/support/postgres/server.ts';
import type { FleetAddress, FleetOptions } from './fleet/clever.ts';
import type { FleetTaken, Place, RunTaken } from './fleet/contend.ts';
import { median } from './pulls/report.ts';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, rounds: { type: 'string' } },
});
const isQuick = values.quick;
const rounds = Number(values.rounds ?? (isQuick ? 1 : 3));
const FLEET: FleetOptions = { districts: isQuick ? 60 : 1_000, students: 10 };
const LARGE: FleetOptions = { districts: 1, students: isQuick ? 1_000 : 20_000 };
const RENAMED = LARGE.students / 20;
const PAGE_SIZES = [100, 1_000, 10_000];
const ENGINES = ['in-process', 'pg-boss'] as const;
const AIM = 0.7;

const run = promisify(execFile);
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const started = await startPostgres({
  shared_buffers: '1GB',
  max_wal_size: '8GB',
  full_page_writes: 'on', // as in production, because the bytes of the log are measured
});
if ('missing' in started) {
  throw new Error(`No PostgreSQL to measure on: ${started.missing}.`);
}
const postgres = started;
let databases = 0;

async function freshDatabase(): Promise<string> {
  databases += 1;
  const client = new pg.Client(postgres.url('postgres'));
  await client.connect();
  await client.query(`create database fleet_${databases}`);
  await client.end();
  return postgres.url(`fleet_${databases}`);
}

async function serve(options: FleetOptions): Promise<{ address: FleetAddress; child: ChildProcess }> {
  const child = fork(here('./fleet/clever.ts'), [JSON.stringify(options)]);
  const [address] = (await once(child, 'message')) as [FleetAddress];
  return { address, child };
}

async function take<Taken>(name: string, place: Omit<Place, 'postmaster'>): Promise<Taken> {
  const given = JSON.stringify({ ...place, postmaster: postgres.pid });
  const { stdout } = await run(process.execPath, [here('./fleet/contend.ts'), name, given]);
  console.error(name, `concurrency ${place.concurrency}`, stdout);
  return JSON.parse(stdout) as Taken;
}

/** Idle districts, by `sync.run` in a loop and by each engine, one after another and four at once. */
async function measureFleet() {
  const { address, child } = await serve(FLEET);
  const database = await freshDatabase();
  await take('prepare', { ...address, database, concurrency: 8 });
  const taken: Record<string, FleetTaken[]> = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const concurrency of [1, 4]) {
      const order = ['loop', ...ENGINES];
      for (const who of round % 2 === 0 ? order : order.toReversed()) {
        const one = await take<FleetTaken>(who, { ...address, database, concurrency });
        taken[`${who} ${concurrency}`] = [...(taken[`${who} ${concurrency}`] ?? []), one];
      }
    }
  }
  const sizes = await take<Sizes>('sizes', { ...address, database, concurrency: 1 });
  const queue = await take<{ jobs: number; bytes: Record<string, number> }>('sizes of pg-boss', {
    ...{ ...address, database, concurrency: 1 },
  });
  child.disconnect();
  return { taken, sizes, queue };
}

interface Sizes {
  readonly rows: Record<string, number>;
  readonly bytes: Record<string, number>;
}

/** One district: its first run, an idle one, one by events, and a full one for each size of page. */
async function measureDistrict() {
  const { address, child } = await serve(LARGE);
  const database = await freshDatabase();
  const place = { ...address, database, concurrency: 1 };
  await take('migrate', place);
  const first = await take<RunTaken>('run', place);
  const sizes = await take<Sizes>('sizes', place);
  const idle = await take<RunTaken>('run', place);
  child.send({ rename: RENAMED });
  await once(child, 'message');
  const events = await take<RunTaken>('run', place);
  const full: Record<number, RunTaken> = {};
  for (const pageSize of PAGE_SIZES) {
    full[pageSize] = await take<RunTaken>('full run', { ...place, pageSize });
  }
  const after = await take<Sizes>('sizes', place);
  child.disconnect();
  return { first, idle, events, full, sizes, stagingBytes: after.bytes['staging'] ?? 0 };
}

try {
  const district = await measureDistrict();
  const fleet = await measureFleet();
  const machine = machineText();
  const measured = { machine, ...constantsOf(district, fleet) };
  const rows = report(fleet, measured);
  console.log(rows.join('\n'));
  console.log(JSON.stringify(measured, null, 2));
  if (!isQuick) {
    await writeDocument(rows);
    await writeFile(here('./fleet/measured.json'), `${JSON.stringify(measured, null, 2)}\n`);
    await import('../scripts/write-scale-guide.ts');
  }
} finally {
  await postgres.stop();
}

function machineText(): string {
  const [processor] = cpus();
  return (
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${postgres.version}, ${type()}, ${cpus().length} × ` +
    `${processor?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`
  );
}

/** What the model is made of. */
function constantsOf(
  { first, idle, events, full, sizes, stagingBytes }: Awaited<ReturnType<typeof measureDistrict>>,
  { taken, sizes: fleetSizes, queue }: Awaited<ReturnType<typeof measureFleet>>,
) {
  const { students } = LARGE;
  const records = first.report.created;
  const { rows, bytes } = sizes;
  const sum = (...names: string[]): number => names.reduce((total, name) => total + (bytes[name] ?? 0), 0);
  const perDistrict = (who: string, number: keyof FleetTaken): number =>
    median((taken[who] ?? []).map((one) => one[number] / one.districts));
  const { users = 0, sections = 0, schools = 0, courses = 0, terms = 0, changes = 0 } = rows;
  const relations = ['enrollments', 'user_schools', 'user_roles', 'contact_students'];
  const fullRun = full[1_000] as RunTaken;
  return {
    students,
    rows: { users, sections, schools, courses, terms },
    relationRows: relations.reduce((total, name) => total + (rows[name] ?? 0), 0),
    requests: {
      idle: idle.report.requests,
      events: events.report.requests,
      eventsChanged: events.report.updated,
      first: first.report.requests,
      full: Object.fromEntries(PAGE_SIZES.map((pageSize) => [pageSize, full[pageSize]?.report.requests])),
    },
    bytes: {
      perRecord: round(sum('districts', 'schools', 'terms', 'courses', 'users', 'sections') / records),
      perRelationRow: round(sum(...relations) / relations.reduce((total, name) => total + (rows[name] ?? 0), 0)),
      perChange: round((bytes['changes'] ?? 0) / changes),
      perRun: round((fleetSizes.bytes['runs'] ?? 0) / (fleetSizes.rows['runs'] ?? 1)),
      perStagedRecord: round(stagingBytes / records),
      perJob: round((queue.bytes['job_common'] ?? queue.bytes['job'] ?? 0) / Math.max(queue.jobs, 1)),
    },
    wal: {
      perIdleRun: round(perDistrict('in-process 4', 'walBytes')),
      perFirstRecord: round(first.walBytes / records),
      perEventChange: round(events.walBytes / events.report.updated),
      perUnchangedRecord: round(fullRun.walBytes / (fullRun.report.unchanged || 1)),
    },
    cpuMs: {
      idleWorker: round(perDistrict('in-process 4', 'cpuMs'), 2),
      idleServer: round(perDistrict('in-process 4', 'serverCpuMs'), 2),
      ...perThousand('first', first, records),
      // Its fixed part is that of an idle run, and the start of a process.
      ...perThousand('event', less(events, idle), events.report.updated),
      ...perThousand('unchanged', fullRun, fullRun.report.unchanged),
    },
    idle: {
      statements: round(perDistrict('in-process 4', 'statements'), 1),
      statementsPgBoss: round(perDistrict('pg-boss 4', 'statements'), 1),
      milliseconds: round(1_000 / rate('in-process 1', taken), 1),
      connections: median((taken['in-process 4'] ?? []).map(({ connections }) => connections)),
      connectionsPgBoss: median((taken['pg-boss 4'] ?? []).map(({ connections }) => connections)),
    },
    memoryMb: {
      fleet: round(median((taken['in-process 4'] ?? []).map(({ rssMb }) => rssMb))),
      large: round(Math.max(first.peakRssMb, fullRun.peakRssMb)),
    },
  };
}

function less(one: RunTaken, other: RunTaken): RunTaken {
  const [cpuMs, serverCpuMs] = [one.cpuMs - other.cpuMs, one.serverCpuMs - other.serverCpuMs];
  return { ...one, cpuMs, serverCpuMs, walBytes: one.walBytes - other.walBytes };
}

function perThousand(name: string, { cpuMs, serverCpuMs }: RunTaken, records: number): Record<string, number> {
  return {
    [`${name}Worker`]: round((cpuMs / records) * 1_000, 1),
    [`${name}Server`]: round((serverCpuMs / records) * 1_000, 1),
  };
}

function round(number: number, digits = 0): number {
  return Number(number.toFixed(digits));
}

function rate(who: string, taken: Readonly<Record<string, readonly FleetTaken[]>>): number {
  return median((taken[who] ?? []).map(({ districts, ms }) => ((districts - 1) / ms) * 1_000));
}

function report(
  { taken }: Awaited<ReturnType<typeof measureFleet>>,
  { machine, cpuMs, memoryMb }: { machine: string } & ReturnType<typeof constantsOf>,
): string[] {
  const ratio = (who: string, concurrency: number): string =>
    median(
      (taken[`${who} ${concurrency}`] ?? []).map(
        ({ ms }, index) => (taken[`loop ${concurrency}`]?.[index]?.ms ?? Number.NaN) / ms,
      ),
    ).toFixed(2);
  const number = (who: string, of: (one: FleetTaken) => number, digits: number): string =>
    median((taken[who] ?? []).map(of)).toFixed(digits);
  const row = (who: string, label: string, concurrency: number): string => {
    const key = `${who} ${concurrency}`;
    const compared = who === 'loop' ? '1' : ratio(who, concurrency);
    return [
      `| ${label} | ${concurrency} | ${compared} | ${who === 'loop' ? '' : AIM}`,
      Math.round(rate(key, taken)),
      number(key, ({ ms }) => ms / 1_000, 1),
      number(key, ({ statements, districts }) => statements / districts, 1),
      `${number(key, ({ connections }) => connections, 0)} |`,
    ].join(' | ');
  };
  const labels = {
    loop: '`sync.run` in a loop',
    'in-process': 'worker, in-process engine',
    'pg-boss': 'worker, pg-boss',
  };
  return [
    `${machine}. ${FLEET.districts.toLocaleString('en')} idle districts, medians of ${rounds} rounds.`,
    '',
    '| | At once | × the loop | Target | Districts a second | Seconds for all | Statements per district | Connections |',
    '| --- | --: | --: | --: | --: | --: | --: | --: |',
    ...[1, 4].flatMap((concurrency) => Object.entries(labels).map(([who, label]) => row(who, label, concurrency))),
    '',
    `An idle district takes ${cpuMs.idleWorker} ms of the worker's processor and ${cpuMs.idleServer} ms of PostgreSQL's. The worker had ` +
      `${memoryMb.fleet} MB after ${FLEET.districts.toLocaleString('en')} districts.`,
  ];
}

/** Replaces only the text between the markers. */
async function writeDocument(rows: readonly string[]): Promise<void> {
  const file = new URL('../docs/performance.md', import.meta.url);
  const [before = '', rest = ''] = (await readFile(file, 'utf8')).split('<!-- bench:fleet -->');
  const after = rest.split('<!-- /bench:fleet -->')[1] ?? '';
  await writeFile(file, `${before}<!-- bench:fleet -->\n\n${rows.join('\n')}\n\n<!-- /bench:fleet -->${after}`);
}
