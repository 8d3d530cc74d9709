import { setTimeout } from 'node:timers/promises';
import { createCleverClient } from 'clever-sdk';
import { createSandbox, type Fault, type ListeningSandbox } from 'clever-sdk/sandbox';
import { createRosterSync, type Duration, fromPg, type RosterSync } from 'clever-sdk/sync';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { expect, onTestFinished } from 'vitest';
import { ownDatabase, type SharedPostgres } from '../../support/postgres/index.js';
import { expectInStep } from '../support/compare.js';
import { type Ask, NEVER } from '../support/database.js';
import { databaseNow, type EndedRun, findTwoHolders, installAudit, latestBegins } from './audit.js';
import { changeSomething, tinyDistricts, tinyId } from './districts.js';
import { Fleet } from './fleet.js';
import type { Random } from './random.js';
import type { EngineName, Task } from './task.js';

/** What a scene is made of. */
export interface SceneOptions {
  readonly engine: EngineName;
  readonly library?: Task['library'];
  readonly districts: number;
  /** When a district is due again, in milliseconds. */
  readonly everyMs: number;
  /** How long a killed process keeps its districts, in milliseconds. Default 2000. */
  readonly leaseMs?: number;
  /** Default: the sync's own. */
  readonly hookTimeoutMs?: number;
  /** How often due districts are looked for, in milliseconds. Default 500. */
  readonly lookMs?: number;
  /** How many districts run at once in a process. Default 2. */
  readonly concurrency?: number;
  readonly backOff?: { readonly first: Duration; readonly most: Duration };
  /** How long Clever takes for an answer, in milliseconds: a run is to last a while. Default 15. */
  readonly latencyMs?: number;
  /** Of a server of the test's own. Default: a database of the server that all tests share. */
  readonly databaseUrl?: string;
}

/** A request for a run. */
interface Asked {
  readonly district: string;
  /** By the database's clock, before it was sent. */
  readonly at: number;
}

/** A Clever with many districts, a database with its audit, and workers between them. */
export class Scene {
  readonly sandbox: ListeningSandbox;
  readonly fleet: Fleet;
  /** A sync of the test's own process, which only asks. */
  readonly sync: RosterSync;
  readonly ask: Ask;
  readonly districts: readonly string[];
  readonly #latency: Fault;
  readonly #asked: Asked[] = [];

  constructor(parts: {
    readonly latency: Fault;
    readonly sandbox: ListeningSandbox;
    readonly fleet: Fleet;
    readonly sync: RosterSync;
    readonly ask: Ask;
    readonly districts: readonly string[];
  }) {
    ({ sandbox: this.sandbox, fleet: this.fleet, sync: this.sync, ask: this.ask, districts: this.districts } = parts);
    this.#latency = parts.latency;
    this.fail();
  }

  /** Has Clever answer with these faults, in place of those before, and otherwise as fast as it does. */
  fail(...faults: readonly Fault[]): void {
    this.sandbox.faults.clear();
    // The first fault that matches is used.
    for (const fault of [...faults, this.#latency]) {
      this.sandbox.faults.add(fault);
    }
  }

  /** Changes something in some district. */
  change(random: Random): void {
    changeSomething(this.sandbox, random.between(0, this.districts.length), random);
  }

  /** Asks for a run of a district, and remembers when. */
  async request(district: string): Promise<void> {
    const at = await databaseNow(this.ask);
    await this.sync.request(district);
    this.#asked.push({ district, at });
  }

  /** Waits until each of the districts had a run that began after a moment, and came to its end. */
  async untilRunAfter(moment: number, districts = this.districts, timeoutMs = 120_000): Promise<void> {
    await until(
      async () => {
        const latest = await latestBegins(this.ask);
        return districts.filter((district) => !((latest.get(district) ?? 0) > moment));
      },
      { timeoutMs, what: 'districts without a run' },
    );
  }

  /** Waits until a run has followed each request. */
  async untilNoneIsAsked(): Promise<void> {
    await until(() => this.unanswered(), { timeoutMs: 120_000, what: 'requests without a run' });
  }

  /** The requests that no run has followed. */
  async unanswered(): Promise<readonly Asked[]> {
    const latest = await latestBegins(this.ask);
    return this.#asked.filter(({ district, at }) => !((latest.get(district) ?? 0) > at));
  }

  /**
   * How long each request waited for the beginning of a run that came to its end, in milliseconds. Infinite where none
   * followed.
   *
   * @param runs - In the order in which they began.
   */
  waitsOfRequests(runs: readonly EndedRun[]): readonly number[] {
    return this.#asked.map(({ district, at }) => {
      const run = runs.find((one) => one.district === district && one.beganAt > at);
      return (run?.beganAt ?? Number.POSITIVE_INFINITY) - at;
    });
  }

  /**
   * Lets everything come to rest, stops the workers, and expects what must be so after any history: the workers stop in
   * good order, no district had two holders, no request was forgotten, and the tables say what Clever says.
   */
  async expectAllWell(): Promise<void> {
    const last = await databaseNow(this.ask);
    await Promise.all(this.districts.map((district) => this.request(district)));
    await this.untilRunAfter(last);
    await this.#expectStopped();
    expect(this.fleet.accidents).toEqual([]);
    expect(await findTwoHolders(this.ask)).toEqual([]);
    expect(await this.unanswered()).toEqual([]);
    this.sandbox.faults.clear();
    for (const districtId of this.districts) {
      await expectInStep({ ask: this.ask, sandbox: this.sandbox, districtId });
    }
  }

  async #expectStopped(): Promise<void> {
    const processes = this.fleet.processes.length;
    const stopped = await this.fleet.stop();
    expect(stopped).toEqual(Array.from({ length: processes }, () => ({ says: 'stopped', isClean: true, left: [] })));
    const [row] = await this.ask(
      'select count(*)::float8 as held from clever.sync_districts where lease_owner is not null',
    );
    expect(row?.['held']).toBe(0);
  }
}

/** Prepares a scene without workers. It is cleaned up at the end of the test. */
export async function makeScene(postgres: SharedPostgres, options: SceneOptions): Promise<Scene> {
  const { engine, library = 'pg', districts: count, everyMs, leaseMs = 2_000, lookMs = 500 } = options;
  const { concurrency = 2, backOff = { first: lookMs, most: 4 * lookMs } } = options;
  const sandbox = await createSandbox({ districts: tinyDistricts(count) as never, requestLogSize: 100 }).listen();
  onTestFinished(() => sandbox.close());
  const latency = { delayMs: options.latencyMs ?? 15, times: Number.POSITIVE_INFINITY };
  const url = options.databaseUrl ?? (await databaseFor(postgres));
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on('error', () => undefined);
  onTestFinished(() => pool.end());
  const ask: Ask = async (text, values = []) => (await pool.query(text, values)).rows as Record<string, unknown>[];
  const sync = createRosterSync({ clever: createCleverClient({ ...sandbox.clientOptions() }), store: fromPg(pool) });
  await sync.migrate();
  await installAudit(ask);
  const { fetch: _fetch, now: _now, rateBudget: _budget, ...clever } = sandbox.clientOptions() as unknown as AnyOptions;
  const fleet = new Fleet({
    database: url,
    library,
    engine,
    clever,
    sync: {
      leaseMs,
      ...(options.hookTimeoutMs === undefined ? {} : { hookTimeoutMs: options.hookTimeoutMs }),
      every: everyMs,
      fullEvery: NEVER,
      backOff,
    },
    start: {
      concurrency,
      slice: 5 * leaseMs,
      // pg-boss looks by cron, at most each minute: for it, the test asks for looks.
      lookEvery: engine === 'pg-boss' ? '1m' : lookMs,
      discoverEvery: 2_000,
    },
  });
  onTestFinished(() => fleet[Symbol.asyncDispose]());
  if (engine === 'pg-boss') {
    onTestFinished(await lookOften(url, lookMs));
  }
  return new Scene({
    latency,
    sandbox,
    fleet,
    sync,
    ask,
    districts: Array.from({ length: count }, (_, n) => tinyId(n)),
  });
}

/** Asks pg-boss for a look as often as its cron cannot. Returns what ends it. */
async function lookOften(connectionString: string, lookMs: number): Promise<() => Promise<void>> {
  const boss = new PgBoss({ connectionString, max: 1, supervise: false, schedule: false });
  boss.on('error', () => undefined);
  await boss.start();
  // Before the first worker there is no such queue, and while the database restarts there is no answer.
  const timer = setInterval(() => void boss.send('clever-sync-dispatch', null, {}).catch(() => undefined), lookMs);
  return async () => {
    clearInterval(timer);
    await boss.stop({ graceful: false });
  };
}

type AnyOptions = Readonly<Record<'fetch' | 'now' | 'rateBudget', unknown>> & object;

async function databaseFor(postgres: SharedPostgres): Promise<string> {
  const database = await ownDatabase(postgres);
  onTestFinished(() => database[Symbol.asyncDispose]());
  return database.url;
}

/**
 * How much slower than an idle machine this one is at the moment, at least 1: by how long so many workers take to start
 * and to run two districts each. With a clock that is too short for the machine, processes would be killed again and
 * again before they have done anything.
 */
export async function measurePace(postgres: SharedPostgres, processes: number): Promise<number> {
  const scene = await makeScene(postgres, { engine: 'in-process', districts: 2 * processes, everyMs: 600_000 });
  const begin = performance.now();
  const workers = Array.from({ length: processes }, () => scene.fleet.start());
  await scene.untilRunAfter(0);
  const tookMs = performance.now() - begin;
  await Promise.all(workers.map((worker) => worker.kill()));
  return Math.min(Math.max(tookMs / (IDLE_MS + processes * IDLE_PROCESS_MS), 1), 6);
}

/** What that takes on two idle cores: at least, and for each process. */
const IDLE_MS = 1_000;
const IDLE_PROCESS_MS = 300;

/** Waits until nothing is left of what a look returns. */
export async function until(
  look: () => Promise<readonly unknown[]>,
  { timeoutMs, what }: { readonly timeoutMs: number; readonly what: string },
): Promise<void> {
  const giveUpAt = performance.now() + timeoutMs;
  for (;;) {
    const left = await look();
    if (left.length === 0) {
      return;
    }
    if (performance.now() > giveUpAt) {
      throw new Error(`After ${timeoutMs} ms there are still ${left.length} ${what}: ${left.slice(0, 5).join(', ')}`);
    }
    await pause(250);
  }
}

/** Lets time pass: between two looks, or before the next random kill. An aborted signal ends it. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}
