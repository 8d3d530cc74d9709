import { createCleverClient, isCleverError } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';
import { createRosterSync, type RosterSync, type RunsOptions, type StatusOptions } from 'clever-sdk/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sharedPostgres } from '../support/postgres/index.js';
import { type Connected, libraries } from './libraries.js';

/*
 * What operators ask for: the state of the districts, and the runs.
 */

// On a busy machine, opening a database takes seconds.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const postgres = await sharedPostgres();

/** A row of a district. The times are in minutes from now. */
interface District {
  readonly id: string;
  readonly name: string | null;
  readonly next: number;
  readonly connection?: string;
  readonly failures?: number;
  readonly error?: string;
  readonly lease?: number;
  readonly asked?: number;
}

/** Districts in every state; the last one is held. */
const DISTRICTS: readonly District[] = [
  { id: 'd1', name: 'Zeta Unified', next: 60 },
  { id: 'd2', name: 'alpha 100% School', next: -5 },
  { id: 'd3', name: 'Beta_Central', next: 60, connection: 'paused' },
  { id: 'd4', name: null, next: 60, failures: 3, error: 'server' },
  { id: 'd5', name: 'Gamma', next: -5, lease: 1 },
  { id: 'd6', name: 'Delta', next: 60, connection: 'disconnected' },
  { id: 'd7', name: 'Epsilon', next: 60, asked: -1 },
];

describe.for(['pg', 'postgres.js with names in camel case', 'PGlite'] as const)('on %s', (name) => {
  const library = libraries[name];
  if (library.needsPostgres && postgres === undefined) {
    it.skip('(skipped: no PostgreSQL)');
    return;
  }

  let connected: Connected;
  let sync: RosterSync;
  let held = 0;
  beforeAll(async () => {
    connected = await library.open(postgres);
    sync = createRosterSync({ districts: [], store: connected.store, schema: 'Od d' });
    await sync.migrate();
    for (const [index, district] of DISTRICTS.entries()) {
      const { id, name: called, next, connection = 'connected', failures = 0, error = null, lease, asked } = district;
      const minutes = (value: number | undefined): string | null => (value === undefined ? null : `${value} minutes`);
      await connected.store.query(
        `insert into "Od d".sync_districts
          (id, name, connection, records, failures, last_error_code, next_sync_at, lease_until, asked_at)
        values ($1::text, $2::text, $3::text, $4::text::int, $5::text::int, $6::text,
          now() + $7::text::interval, now() + $8::text::interval, now() + $9::text::interval)`,
        [id, called, connection, String(index), String(failures), error, ...[next, lease, asked].map(minutes)],
      );
    }
    for (let run = 0; run < 12; run += 1) {
      await connected.store.query(
        `insert into "Od d".runs (district_id, mode, reason, state, created, requests, ended_at)
        values ($1::text, 'events', 'events since the last run', 'done', 3, 2, now())`,
        [run % 2 === 0 ? 'd1' : 'd2'],
      );
    }
    const plan = {
      kinds: { users: { before: 10, created: 0, updated: 0, archived: 9, restored: 0, unchanged: 1, odd: 0 } },
      verdict: { isHeld: true, findings: [{ scope: 'students', before: 10, gone: 9, reason: 'share' }] },
      hash: 'h1',
    };
    const [row] = await connected.store.query(
      `insert into "Od d".runs (district_id, mode, reason, state, plan, plan_hash, verdict)
      values ('d7', 'full', 'asked for', 'held', $1::text::jsonb, 'h1', $2::text::jsonb) returning id::float8 as id`,
      [JSON.stringify(plan), JSON.stringify(plan.verdict)],
    );
    held = Number(row?.['id']);
    await connected.store.query(`update "Od d".sync_districts set held_run = $1::text::bigint where id = 'd7'`, [
      String(held),
    ]);
  });
  afterAll(() => connected?.close());
  beforeEach(() =>
    connected.store.query('update "Od d".runs set approved_at = null, approved_by = null, approved_hash = null'),
  );

  const ids = async (options?: StatusOptions): Promise<string> =>
    (await sync.status(options)).map(({ districtId }) => districtId).join(' ');
  const runs = async (options?: RunsOptions): Promise<number[]> => (await sync.runs(options)).map(({ run }) => run);

  it('returns every district, by its id', async () => {
    expect(await ids()).toBe('d1 d2 d3 d4 d5 d6 d7');
    expect((await sync.status())[6]).toMatchObject({
      name: 'Epsilon',
      connection: 'connected',
      askedAt: expect.any(Date),
      held: { run: held, verdict: { isHeld: true, findings: [{ scope: 'students', gone: 9 }] } },
    });
  });

  it.for([
    [{ state: 'held' }, 'd7'],
    [{ state: 'failing' }, 'd4'],
    [{ state: 'running' }, 'd5'],
    [{ state: 'due' }, 'd2 d7'],
    [{ state: 'paused' }, 'd3'],
    [{ state: 'disconnected' }, 'd6'],
    [{ districtId: 'd3' }, 'd3'],
    [{ districtId: 'd' }, ''],
    [{ search: 'ETA' }, 'd1 d3'],
    [{ search: 'd1' }, 'd1'],
    [{ search: '%' }, 'd2'],
    [{ search: '_' }, 'd3'],
    [{ search: "'; --" }, ''],
    [{ search: 'eta', state: 'paused' }, 'd3'],
    [{ orderBy: 'name' }, 'd2 d3 d6 d7 d5 d1 d4'],
    [{ orderBy: 'name', limit: 2, offset: 3 }, 'd7 d5'],
    [{ limit: 3 }, 'd1 d2 d3'],
    [{ offset: 7 }, ''],
  ] as const)('finds by %j: %s', async ([options, found]) => {
    expect(await ids(options)).toBe(found);
  });

  it('counts the states, of all districts and of those that a search finds', async () => {
    const all = await sync.summary();
    expect(all).toEqual({
      districts: 7,
      states: { held: 1, failing: 1, running: 1, due: 2, paused: 1, disconnected: 1 },
      dueSince: expect.any(Date),
      at: expect.any(Date),
    });
    expect((all.at.getTime() - (all.dueSince?.getTime() ?? 0)) / 60_000).toBeCloseTo(5, 0); // d2, before d7
    expect((await sync.summary({ search: 'beta' })).dueSince).toBeUndefined();
    expect(Math.abs(all.at.getTime() - Date.now())).toBeLessThan(60_000);
    expect(await sync.summary({ search: 'beta' })).toMatchObject({ districts: 1, states: { paused: 1, held: 0 } });
    expect(await sync.summary({ search: 'nothing' })).toMatchObject({ districts: 0, states: { paused: 0 } });
  });

  it('returns runs, the newest first, in pages', async () => {
    const all = await runs();
    expect(all).toHaveLength(13);
    expect(all).toEqual(all.toSorted((one, other) => other - one));
    const first = await runs({ districtId: 'd2', limit: 4 });
    const second = await runs({ districtId: 'd2', limit: 4, before: first.at(-1) ?? 0 });
    expect([first.length, second.length]).toEqual([4, 2]);
    expect([...first, ...second]).toEqual(await runs({ districtId: 'd2' }));
    expect(await runs({ districtId: 'd9' })).toEqual([]);
    expect(await runs({ run: 9_999 })).toEqual([]);
    expect(await runs({ run: held, districtId: 'd1' })).toEqual([]);
  });

  it('says of a run what it did', async () => {
    expect((await sync.runs({ districtId: 'd1', limit: 1 }))[0]).toEqual({
      run: expect.any(Number),
      districtId: 'd1',
      mode: 'events',
      reason: 'events since the last run',
      state: 'done',
      created: 3,
      updated: 0,
      archived: 0,
      restored: 0,
      unchanged: 0,
      odd: 0,
      requests: 2,
      startedAt: expect.any(Date),
      endedAt: expect.any(Date),
      errorCode: undefined,
      plan: undefined,
      approval: undefined,
    });
    expect((await sync.runs({ run: held }))[0]).toMatchObject({
      state: 'held',
      endedAt: undefined,
      plan: { kinds: { users: { archived: 9 } }, verdict: { isHeld: true }, hash: 'h1' },
      approval: undefined,
    });
  });

  it('refuses texts that PostgreSQL cannot hold, before it asks the database', async () => {
    const odd = 'a\0';
    for (const call of [
      () => sync.run(odd),
      () => sync.plan(odd),
      () => sync.request(odd),
      () => sync.purge(odd),
      () => sync.explain(odd),
      () => sync.approve(1, { by: odd }),
      () => sync.approve(1, { by: 'ops', hash: odd }),
      () => sync.status({ districtId: odd }),
      () => sync.status({ search: odd }),
      () => sync.summary({ search: odd }),
      () => sync.runs({ districtId: odd }),
      () => sync.changes({ consumer: odd })[Symbol.asyncIterator]().next(),
    ]) {
      await expect(call()).rejects.toMatchObject({ name: 'CleverConfigError' });
    }
  });

  it('approves the plan that was looked at, and refuses when the run has another one', async () => {
    await expect(sync.approve(held, { by: 'ops', hash: 'another' })).rejects.toMatchObject({
      code: 'sync_unknown_run',
    });
    expect((await sync.runs({ run: held }))[0]?.approval).toBeUndefined();
    await sync.approve(held, { by: 'ops', hash: 'h1' });
    expect((await sync.runs({ run: held }))[0]?.approval).toEqual({
      by: 'ops',
      at: expect.any(Date),
      isForThisPlan: true,
    });
    await connected.store.query(`update "Od d".runs set plan_hash = 'h2' where id = $1::text::bigint`, [String(held)]);
    expect((await sync.runs({ run: held }))[0]?.approval).toMatchObject({ isForThisPlan: false });
    await connected.store.query(`update "Od d".runs set plan_hash = 'h1' where id = $1::text::bigint`, [String(held)]);
  });

  it.for([
    ['sync.status()', { states: 'held' }],
    ['sync.status()', { state: 'sleeping' }],
    ['sync.status()', { state: 'toString' }],
    ['sync.status()', { search: '' }],
    ['sync.status()', { districtId: 7 }],
    ['sync.status()', { limit: 0 }],
    ['sync.status()', { offset: -1 }],
    ['sync.status()', { orderBy: 'id; drop' }],
    ['sync.status()', 'held'],
    ['sync.summary()', { state: 'held' }],
    ['sync.summary()', { search: {} }],
    ['sync.runs()', { limit: 1_001 }],
    ['sync.runs()', { before: 0 }],
    ['sync.runs()', { run: '7' }],
    ['sync.runs()', { districtId: '' }],
    ['sync.runs()', { district: 'd1' }],
  ] as const)('%s refuses %j', async ([call, options]) => {
    const calls = { 'sync.status()': sync.status, 'sync.summary()': sync.summary, 'sync.runs()': sync.runs };
    const error = await (calls[call] as (given: unknown) => Promise<unknown>)(options).catch((thrown) => thrown);
    expect(isCleverError(error) && error.code).toBe('config');
  });
});

it('a held run of a sandbox has the numbers of its plan, and no person', async () => {
  const connected = await libraries.PGlite.open();
  const sandbox = createSandbox({ districts: [{ seed: 5, students: 60 }] });
  const [district] = sandbox.districts;
  const clever = createCleverClient({ ...sandbox.clientOptions() });
  const sync = createRosterSync({ clever, store: connected.store });
  await sync.migrate();
  await sync.run(district.id);
  const [school] = (await clever.district({ token: district.token }).schools.list().firstPage()).data;
  district.changes.unshareSchool({ school: school?.id ?? '' });
  const report = await sync.run(district.id);
  const [newest, first] = await sync.runs({ districtId: district.id });
  expect([newest?.state, first?.state]).toEqual(['held', 'done']);
  expect(newest?.plan).toEqual({
    kinds: report.plan?.kinds,
    verdict: report.plan?.verdict,
    hash: report.plan?.hash,
  });
  expect(first?.created).toBeGreaterThan(60);
  const text = JSON.stringify([await sync.runs(), await sync.status(), await sync.summary()]);
  for (const { id, name, email } of sandbox.people({ limit: 1_000 })) {
    for (const value of [id, name.first, name.last, email]) {
      expect(value !== undefined && text.includes(`"${value}"`)).toBe(false);
    }
  }
  await connected.close();
});
