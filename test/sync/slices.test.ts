import type { RosterSync, RunOptions, SyncReport } from 'clever-sdk/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from './support/database.js';
import { makeWorld, type World } from './support/world.js';

/*
 * A run that is too long for one call goes on in the next: however small the slices are, they come to the same.
 */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 120_000);
afterAll(() => database.close());
beforeEach(() => database.reset());

const STUDENT = 'a00000000000000000000001';
const LATER = '2026-09-01T00:00:00.000Z';

/** Runs a district with the smallest budget until a run is not unfinished. */
async function inSlices(sync: RosterSync, districtId: string, options?: RunOptions): Promise<SyncReport[]> {
  const reports: SyncReport[] = [];
  do {
    reports.push(await sync.run(districtId, { ...options, budgetMs: 1 }));
  } while (reports.at(-1)?.outcome === 'unfinished' && reports.length < 200);
  return reports;
}

function sumOf(reports: readonly SyncReport[], operation: 'created' | 'updated' | 'archived' | 'restored'): number {
  return reports.reduce((sum, report) => sum + report[operation], 0);
}

async function synced(options?: Parameters<World['sync']>[0]): Promise<World> {
  const world = makeWorld(database);
  await world.sync(options).run(world.district.id);
  return world;
}

/** Something of everything, without events: only a full run finds it. */
function changeUnseen({ sandbox, district }: World): void {
  sandbox.events.disable();
  district.users.update(STUDENT, { name: { first: 'Renamed' } });
  district.users.delete('a00000000000000000000002');
  district.terms.create({ name: 'Spring' });
  district.sections.delete('5ec000000000000000000002');
  district.update({ last_sync: LATER });
}

describe('the smallest budget brings a district further each time', () => {
  it('on its first run', async () => {
    const world = makeWorld(database);
    const reports = await inSlices(world.sync({ pageSize: 2, history: 'values' }), world.district.id);
    expect(reports.length).toBeGreaterThan(3);
    expect(new Set(reports.map(({ run }) => run)).size).toBe(1);
    expect(reports.at(-1)).toMatchObject({ outcome: 'done', reason: 'first run' });
    expect(sumOf(reports, 'created')).toBe(13);
    await world.expectInStep({ hasValues: true });
  });

  it('on a full run with changes of every kind', async () => {
    const world = await synced();
    changeUnseen(world);
    const reports = await inSlices(world.sync({ pageSize: 2 }), world.district.id, { full: true });
    expect(reports.length).toBeGreaterThan(3);
    expect(reports.at(-1)).toMatchObject({ outcome: 'done', mode: 'full' });
    expect([sumOf(reports, 'created'), sumOf(reports, 'archived')]).toEqual([1, 2]);
    expect(sumOf(reports, 'updated')).toBeGreaterThan(0);
    await world.expectInStep();
  });
});
