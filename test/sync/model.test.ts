import { fromPglite, type RosterSync, type SyncStore } from 'clever-sdk/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectConsistent } from './support/compare.js';
import { type AnyTransaction, type TestDatabase, testDatabase } from './support/database.js';
import { failingStore } from './support/failing-store.js';
import { makeWorld, TINY, type World } from './support/world.js';

/*
 * Histories that no one thought of: changes of every kind, trouble of every kind, and runs of two workers that die at
 * random or have no more time, in any order. After each history the tables must say what Clever says.
 *
 * `PROPERTY_SEED` repeats a history, `HISTORIES` sets how many there are. Default 12.
 */

const HISTORIES = Number(process.env['HISTORIES'] || 12);
const DAY = 86_400_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 120_000);
afterAll(() => database.close());

/** What the model knows beside the world. */
interface Model {
  apiVersion: 'v3.0' | 'v3.1';
  isNarrow: boolean;
  sensitive: boolean;
}

class History {
  readonly #world: World;
  readonly #model: Model = { apiVersion: 'v3.1', isNarrow: false, sensitive: false };
  #moves = 0;
  /** Whether something happened that events do not report. */
  #isSilent = false;

  constructor(world: World) {
    this.#world = world;
  }

  get #kinds() {
    return this.#model.isNarrow ? (['schools', 'users', 'sections'] as const) : undefined;
  }

  sync(store?: SyncStore<AnyTransaction>, fetch?: World['sandbox']['fetch']): RosterSync {
    const { apiVersion, sensitive } = this.#model;
    return this.#world.sync(
      {
        history: 'values',
        pageSize: 3,
        ...(this.#kinds === undefined ? {} : { kinds: this.#kinds }),
        ...(store === undefined ? {} : { store }),
        ...(sensitive ? { sensitiveFields: ['home_language'] as const } : {}),
      },
      { apiVersion: apiVersion as 'v3.1', ...(fetch === undefined ? {} : { fetch }) },
    );
  }

  /** Does one step. Steps that the present state does not allow do nothing. */
  async take(step: Step): Promise<void> {
    const { sandbox, district } = this.#world;
    switch (step.kind) {
      case 'run':
        await this.#run(step);
        return;
      case 'answer':
        await this.#runWithFailing(step.request);
        return;
      case 'approve': {
        const [status] = await this.sync().status();
        if (status?.held !== undefined) {
          await this.sync().approve(status.held.run, { by: 'model' });
        }
        return;
      }
      case 'plan':
        await this.sync()
          .plan(district.id)
          .catch(() => undefined);
        return;
      case 'kinds':
        this.#model.isNarrow = !this.#model.isNarrow;
        return;
      case 'sensitive':
        this.#model.sensitive = !this.#model.sensitive;
        return;
      case 'version':
        this.#model.apiVersion = this.#model.apiVersion === 'v3.1' ? 'v3.0' : 'v3.1';
        return;
      case 'clock':
        sandbox.advance(31 * DAY);
        return;
      case 'fault':
        sandbox.faults.add({ path: '/v3.*', ...step.fault } as never);
        return;
      default:
        this.#edit(step.kind, step.at);
    }
  }

  async #run({ places, full, isShort }: Step & { readonly kind: 'run' }): Promise<void> {
    const inner = fromPglite(database.db) as SyncStore<AnyTransaction>;
    const store = places === 0 ? undefined : failingStore(inner, places).store;
    await this.sync(store)
      .run(this.#world.district.id, { full, ...(isShort ? { budgetMs: 1 } : {}) })
      .catch(() => undefined);
    await database.expireLeases();
    await this.#expectConsistent();
  }

  async #runWithFailing(request: number): Promise<void> {
    let requests = 0;
    const sync = this.sync(undefined, async (url, init) => {
      requests += 1;
      if (requests === request) {
        throw new TypeError('connection reset');
      }
      return this.#world.sandbox.fetch(url, init);
    });
    await sync.run(this.#world.district.id).catch(() => undefined);
  }

  #expectConsistent(): Promise<void> {
    const { district } = this.#world;
    // The values of the change log are compared at the end: an interrupted removal of fields may be half done.
    return expectConsistent({ ask: database.ask, districtId: district.id });
  }

  #edit(kind: Exclude<Step, { readonly fault: unknown }>['kind'], at: number): void {
    const { district, sandbox } = this.#world;
    const people = (role: 'student' | 'teacher' | 'contact'): string => {
      const found = sandbox.people({ role });
      return found[at % Math.max(found.length, 1)]?.id ?? '';
    };
    const schools = TINY.schools.map(({ id }) => id);
    const school = schools[at % schools.length] ?? '';
    const section = TINY.sections[at % 2]?.id ?? '';
    const edits: Record<string, () => unknown> = {
      rename: () => district.changes.rename({ user: people('student'), name: { first: `Name ${at}` } }),
      enroll: () => district.changes.enroll({ student: people('student'), section }),
      unenroll: () => district.changes.unenroll({ student: people('student'), section }),
      transfer: () => district.changes.transfer({ student: people('student'), school }),
      addTeacher: () => district.changes.addTeacher({ teacher: people('teacher'), section }),
      removeTeacher: () => district.changes.removeTeacher({ teacher: people('teacher'), section }),
      replaceTeacher: () => district.changes.replacePrimaryTeacher({ teacher: people('teacher'), section }),
      dissolve: () => district.changes.dissolveSection({ section }),
      year: () => district.changes.startSchoolYear(),
      unshare: () => district.changes.unshareSchool({ school }),
      share: () => district.changes.shareSchool({ school }),
      contact: () => district.changes.recreateContact({ contact: people('contact'), changes: { phone: String(at) } }),
      createUser: () =>
        district.users.create({
          name: { first: `New ${at}`, last: 'One' },
          roles: {
            student: {
              school,
              schools: [school],
              grade: '4',
              sis_id: `new ${at}`,
              enrollments: [],
              home_language: 'Thai',
            },
          },
        } as never),
      deleteUser: () => district.users.delete(people('student')),
      recreateUser: () => district.users.create(TINY.users[at % 3] as never),
      term: () => district.terms.create({ name: `Term ${at}` }),
      termName: () => district.terms.update(TINY.terms[0]?.id ?? '', { name: `Term ${at}` }),
      moved: () => {
        this.#moves += 1;
        district.update({ last_sync: new Date(Date.parse('2026-09-01') + this.#moves * DAY).toISOString() });
      },
      pause: () => district.pause({ sync: at % 2 === 0 ? 'sis' : 'app' }),
      resume: () => district.resume(),
      disconnect: () => {
        this.#isSilent = true;
        district.disconnect();
      },
      connect: () => district.connect(),
      rotate: () => district.rotateToken(),
      eventsOff: () => {
        this.#isSilent = true;
        sandbox.events.disable();
      },
      eventsOn: () => sandbox.events.enable(),
    };
    try {
      edits[kind]?.();
    } catch {
      // The sandbox refuses what is impossible now, such as to enroll a student who is gone.
    }
  }

  /** Brings everything to rest, and compares. */
  async end(): Promise<void> {
    const { sandbox, district } = this.#world;
    sandbox.faults.clear();
    district.connect();
    district.resume();
    const sync = this.sync();
    await this.#world.settle(sync);
    if (this.#isSilent) {
      await sync.run(district.id, { full: true });
      await this.#world.settle(sync);
    }
    if (this.#model.sensitive) {
      this.#model.sensitive = false;
      await this.#world.settle(this.sync());
    }
    await this.#world.expectInStep({
      apiVersion: this.#model.apiVersion,
      ...(this.#kinds === undefined ? {} : { kinds: this.#kinds }),
    });
    const [[kept] = []] = [
      await database.ask(`select count(*)::float8 as number from clever.users where data::text like '%Thai%'`),
    ];
    expect(kept?.['number']).toBe(0);
    const before = await database.ask('select count(*)::float8 as number from clever.changes');
    await this.sync().run(district.id, { full: true });
    expect(await database.ask('select count(*)::float8 as number from clever.changes')).toEqual(before);
  }
}

const EDITS = [
  ...['rename', 'enroll', 'unenroll', 'transfer', 'addTeacher', 'removeTeacher', 'replaceTeacher', 'dissolve'],
  ...['year', 'unshare', 'share', 'contact', 'createUser', 'deleteUser', 'recreateUser', 'term', 'termName', 'moved'],
  ...['pause', 'resume', 'disconnect', 'connect', 'rotate', 'eventsOff', 'eventsOn'],
] as const;

type Step =
  | { readonly kind: 'run'; readonly places: number; readonly full: boolean; readonly isShort: boolean }
  | { readonly kind: 'answer'; readonly request: number }
  | { readonly kind: 'approve' | 'plan' | 'kinds' | 'sensitive' | 'version' | 'clock' }
  | { readonly kind: 'fault'; readonly fault: object }
  | { readonly kind: 'edit'; readonly at: number };

const STEP = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('run'),
      places: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 160 })),
      full: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
      isShort: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('answer'), request: fc.integer({ min: 1, max: 25 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('approve', 'approve', 'plan', 'kinds', 'sensitive', 'version', 'clock'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('fault'),
      fault: fc.constantFrom(
        { status: 503 },
        { status: 401 },
        { status: 404 },
        { truncateBody: true },
        { dropLinks: true },
        { moveCursor: 1 },
        { moveCursor: -1 },
        { repeatPage: true },
        { duplicateRecord: true },
        { emptyPage: true },
      ),
    }),
  },
  { weight: 12, arbitrary: fc.record({ kind: fc.constantFrom(...EDITS), at: fc.nat(5) }) },
);

it('is in step after any history', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(STEP, { minLength: 5, maxLength: 25 }), async (steps) => {
      await database.reset();
      const history = new History(makeWorld(database, { districts: [{ ...TINY, sensitiveFields: 'all' }] }));
      for (const step of steps) {
        await history.take(step as Step);
      }
      await history.end();
    }),
    { numRuns: HISTORIES, endOnFailure: process.env['SHRINK'] === undefined },
  );
}, 3_600_000);
