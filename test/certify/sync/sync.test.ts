import { type Certification, certify, type Verdict } from 'clever-sdk/certify';
import { describe, expect, it } from 'vitest';
import { NaiveApp, type NaiveFault, type NaiveOptions } from './naive-app.js';

/** Tries an app that has a sync and no login. */
async function trySync(options: NaiveOptions, only?: readonly string[]): Promise<Certification> {
  const app = new NaiveApp(options);
  return await certify({
    app: 'http://localhost:9',
    port: 0,
    seed: 1,
    suites: ['sync'],
    syncCommand: () => app.sync(),
    rosterCommand: () => app.roster(),
    purgeCommand: (districtId) => app.purge(districtId),
    onEvent: (event) => {
      if (event.kind === 'listening') {
        app.configure(event.variables);
      }
    },
    ...(only === undefined ? {} : { only }),
  });
}

/** The verdicts that are not those of a right app. */
function oddVerdicts({ probes }: Certification): Record<string, Verdict> {
  const asUsual: Readonly<Record<string, Verdict>> = { 'sync.daily': 'review', 'sync.logging': 'review' };
  return Object.fromEntries(
    probes.filter(({ id, verdict }) => verdict !== (asUsual[id] ?? 'pass')).map(({ id, verdict }) => [id, verdict]),
  );
}

describe('a right app without the SDK passes', () => {
  it.concurrent.for<[string, NaiveOptions]>([
    ['that reads in full', { by: 'full' }],
    ['that reads events', { by: 'events' }],
    ['that has small pages and prints what is active', { by: 'full', pageSize: 40, printsArchived: false }],
  ])('%s', { timeout: 120_000 }, async ([, options]) => {
    expect(oddVerdicts(await trySync(options))).toEqual({});
  });
});

it('skips what the roster does not say, and asks what only a person knows', { timeout: 120_000 }, async () => {
  const { probes } = await trySync({ printsLeast: true, printsArchived: false }, [
    'sync.archive',
    'sync.districts-apart',
    'sync.history',
    'sync.links',
    'sync.restore',
  ]);
  expect(probes.map(({ id, verdict, evidence }) => [id, verdict, evidence.at(-1)])).toEqual([
    ['sync.districts-apart', 'pass', expect.stringContaining('no `districtId`')],
    ['sync.archive', 'review', expect.stringContaining('no `appId`')],
    ['sync.restore', 'pass', expect.anything()],
    ['sync.history', 'skipped', expect.stringContaining('`appId`')],
    ['sync.links', 'skipped', expect.stringContaining('"enrollment"')],
  ]);
});

it('asks a person when a new school year is held', { timeout: 120_000 }, async () => {
  expect(oddVerdicts(await trySync({ holdsAnyKind: true }))).toEqual({ 'sync.rollover': 'review' });
});

it('goes on when the sync fails for districts that are no longer connected', { timeout: 120_000 }, async () => {
  // The districts of one world are gone in the next one: the command fails there, and has done its work.
  expect(oddVerdicts(await trySync({ missesDistricts: true }))).toEqual({ 'sync.on-demand': 'warn' });
});

describe('a fault fails its own probe', () => {
  it.concurrent.for<[NaiveFault, string, NaiveOptions?]>([
    ['first page only', 'sync.all-pages'],
    ['hard delete', 'sync.archive'],
    ['no archive', 'sync.archive'],
    ['no restore', 'sync.restore'],
    ['keyed on SIS id', 'sync.clever-id-key'],
    ['merges namesakes', 'sync.matching'],
    ['needs a grade', 'sync.missing-fields'],
    ['new row for a new school', 'sync.history'],
    ['keeps former members', 'sync.links'],
    ['unique section names', 'sync.oddities'],
    ['no guard', 'sync.mass-deletion'],
    ['does not wait for the reset', 'sync.rate-limit'],
    ['error ends the list', 'sync.server-errors'],
    ['trusts the gap', 'sync.old-cursor', { by: 'events' }],
    ['fails at a known record', 'sync.idempotent-events', { by: 'events' }],
    ['archives what is paused', 'sync.pause'],
    ['deletes what is disconnected', 'sync.disconnect'],
    ['keeps its token', 'sync.token-rotation'],
    ['person goes with a role', 'sync.roles-unshared'],
    ['contacts stay', 'sync.contacts'],
    ['one token for all', 'sync.districts-apart'],
    ['wrong district', 'sync.districts-apart'],
    ['mixes versions', 'sync.api-version'],
    ['purge leaves sections', 'sync.purge'],
  ])('%s: %s', { timeout: 120_000 }, async ([fault, probe, options = {}]) => {
    const { [probe]: verdict, ...others } = oddVerdicts(await trySync({ ...options, faults: [fault] }));
    expect(['fail', 'warn']).toContain(verdict);
    expect(Object.entries(others).filter(([, other]) => other !== 'skipped')).toEqual([]);
  });
});
