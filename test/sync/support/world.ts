import { type AppClientOptions, createCleverClient, type SensitiveFieldsOption } from 'clever-sdk';
import { createSandbox, type Sandbox, type SandboxDistrict, type SandboxOptions } from 'clever-sdk/sandbox';
import {
  createRosterSync,
  fromPglite,
  type RosterSync,
  type RosterSyncOptions,
  type SyncReport,
  type SyncStore,
} from 'clever-sdk/sync';
import { type Comparison, expectInStep } from './compare.js';
import { type AnyTransaction, keepOwnRecords, NEVER, type TestDatabase } from './database.js';

/** The options of a test's sync, beside those that every one has. */
export type SyncOptions = Partial<Omit<RosterSyncOptions<AnyTransaction, SensitiveFieldsOption>, 'store'>> & {
  readonly store?: SyncStore<AnyTransaction>;
};

/** A Clever, a database, and syncs between them. */
export interface World {
  readonly sandbox: Sandbox;
  readonly district: SandboxDistrict;
  /** Makes a sync. By default its hook keeps the app's own table, and it reads no district in full unless it must. */
  sync(options?: SyncOptions, client?: Partial<AppClientOptions>): RosterSync;
  /** Runs until a run is done, and approves what is held. */
  settle(sync?: RosterSync): Promise<SyncReport>;
  /** Expects everything to equal what Clever has. */
  expectInStep(comparison?: Partial<Comparison>): Promise<void>;
}

const STAMPS = { created: '2026-01-01T00:00:00.000Z', last_modified: '2026-01-01T00:00:00.000Z' };

/** A district small enough to try everything on it. */
export const TINY = {
  district: { id: 'd00000000000000000000001', name: 'Tiny', last_sync: '2026-08-02T06:10:00.000Z', state: 'running' },
  schools: ['1', '2'].map((n) => ({
    id: `5c000000000000000000000${n}`,
    district: 'd00000000000000000000001',
    name: `School ${n}`,
    sis_id: n,
    school_number: n,
    ...STAMPS,
  })),
  terms: [{ id: '7e0000000000000000000001', district: 'd00000000000000000000001', name: 'Fall' }],
  courses: [{ id: 'c00000000000000000000001', district: 'd00000000000000000000001', name: 'Algebra', number: '1' }],
  users: [
    ...['1', '2', '3'].map((n) =>
      person(`a0000000000000000000000${n}`, {
        student: { school: school(n), schools: [school(n)], grade: '3', sis_id: n, enrollments: [] },
      }),
    ),
    ...['4', '5'].map((n) =>
      person(`a0000000000000000000000${n}`, { teacher: { school: school(n), schools: [school(n)], sis_id: n } }),
    ),
    person('a00000000000000000000006', {
      contact: {
        phone: '1',
        student_relationships: [{ student: 'a00000000000000000000001', relationship: 'Parent', type: 'Guardian' }],
      },
    }),
  ],
  sections: ['1', '2'].map((n) => ({
    id: `5ec00000000000000000000${n}`,
    district: 'd00000000000000000000001',
    school: school(n),
    course: 'c00000000000000000000001',
    term_id: '7e0000000000000000000001',
    name: `Section ${n}`,
    sis_id: n,
    subject: 'math',
    teacher: `a0000000000000000000000${n === '1' ? 4 : 5}`,
    teachers: [`a0000000000000000000000${n === '1' ? 4 : 5}`],
    students: ['a00000000000000000000001', `a0000000000000000000000${Number(n) + 1}`],
    ...STAMPS,
  })),
} satisfies NonNullable<SandboxOptions['districts']>[number];

function school(n: string): string {
  return `5c000000000000000000000${Number(n) % 2 === 1 ? 1 : 2}`;
}

function person(id: string, roles: object) {
  return {
    id,
    district: 'd00000000000000000000001',
    name: { first: `First ${id.slice(-1)}`, last: `Last ${id.slice(-1)}` },
    email: `p${id.slice(-1)}@example.com`,
    roles,
    ...STAMPS,
  };
}

/** Makes a world over a database that was emptied. */
export function makeWorld(database: TestDatabase, options: SandboxOptions = { districts: [TINY] }): World {
  const sandbox = createSandbox(options);
  const [district] = sandbox.districts;
  const world: World = {
    sandbox,
    district,
    sync: ({ store = fromPglite(database.db) as SyncStore<AnyTransaction>, ...rest } = {}, client = {}) =>
      createRosterSync({
        clever: createCleverClient({ ...sandbox.clientOptions(), retry: false, ...client }),
        store,
        onChanges: keepOwnRecords,
        fullEvery: NEVER,
        ...rest,
      } as RosterSyncOptions<AnyTransaction>),
    settle: (sync = world.sync()) => settle(sync, district.id),
    expectInStep: (comparison = {}) =>
      expectInStep({ ask: database.ask, schema: database.schema, sandbox, districtId: district.id, ...comparison }),
  };
  return world;
}

/**
 * Runs a district until it is at rest, and approves what is held. At rest are two runs without changes: the first may
 * only have ended what a worker before it had begun.
 */
export async function settle(sync: RosterSync, districtId: string): Promise<SyncReport> {
  let quiet = 0;
  for (let runs = 0; runs < 12; runs += 1) {
    const report = await sync.run(districtId);
    if (report.outcome === 'held') {
      await sync.approve(report.run, { by: 'test' });
    }
    const changes = report.created + report.updated + report.archived + report.restored;
    quiet = report.outcome === 'held' || changes > 0 ? 0 : quiet + 1;
    if (quiet === 2) {
      return report;
    }
  }
  throw new Error('the district did not come to rest');
}
