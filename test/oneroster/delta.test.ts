import { join } from 'node:path';
import { createCleverClient, type Section, type User } from 'clever-sdk';
import { exportOneRoster, validateOneRoster } from 'clever-sdk/oneroster';
import { createSandbox, type SandboxDistrict } from 'clever-sdk/sandbox';
import type { RosterSync } from 'clever-sdk/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '../sync/support/database.js';
import { makeWorld, TINY, type World } from '../sync/support/world.js';
import { exported, it, type Row, type Tables } from './support.js';

/*
 * A delta is right when the former bulk with the delta applied is the new bulk, whatever has happened in between.
 */

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(() => database.reset());
afterAll(() => database.close());

/** Applies a delta the way a reader does: a row replaces that with its id, or removes it. */
function applied(bulk: Tables, delta: Tables): Record<string, Record<string, Row>> {
  const result: Record<string, Map<string, Row>> = {};
  for (const [file, rows] of Object.entries(bulk)) {
    result[file] = new Map(rows.map((row) => [String(row['sourcedId']), row]));
  }
  for (const [file, rows] of Object.entries(delta)) {
    const table = result[file] ?? new Map<string, Row>();
    result[file] = table;
    for (const row of rows) {
      if (row['status'] === 'tobedeleted') {
        table.delete(String(row['sourcedId']));
      } else {
        table.set(String(row['sourcedId']), { ...row, status: '', dateLastModified: '' });
      }
    }
  }
  return plain(result);
}

function plain(tables: Readonly<Record<string, Map<string, Row>>>): Record<string, Record<string, Row>> {
  return Object.fromEntries(
    Object.entries(tables)
      .filter(([file, rows]) => file !== 'manifest' && rows.size > 0)
      .map(([file, rows]) => [file, Object.fromEntries(rows)]),
  );
}

const bulkOf = (tables: Tables): Record<string, Record<string, Row>> => applied(tables, {});

/** Brings the mirror in step, whatever the guard says. */
async function settled(sync: RosterSync, districtId: string): Promise<void> {
  for (let runs = 0; runs < 10; runs += 1) {
    const report = await sync.run(districtId, { full: runs > 0 });
    if (report.outcome === 'held') {
      await sync.approve(report.run, { by: 'test' });
    } else if (report.created + report.updated + report.archived + report.restored === 0) {
      return;
    }
  }
}

const syncOf = (world: World): RosterSync => world.sync({ history: 'values', onChanges: async () => undefined });

/** What a district has at a moment. */
interface Roster {
  readonly users: readonly User[];
  readonly sections: readonly Section[];
  readonly schools: readonly { readonly id: string }[];
  readonly courses: readonly { readonly id: string }[];
  readonly terms: readonly { readonly id: string }[];
}

async function rosterOf({ sandbox, district }: World): Promise<Roster> {
  const client = createCleverClient({ ...sandbox.clientOptions() }).district({ token: district.token });
  const all = { maxItems: 1_000 };
  return {
    users: await client.users.list({ validation: 'off' }).toArray(all),
    sections: await client.sections.list({ validation: 'off' }).toArray(all),
    schools: await client.schools.list().toArray(all),
    courses: await client.courses.list().toArray(all),
    terms: await client.terms.list().toArray(all),
  };
}

async function happen(world: World, name: string, by: number): Promise<void> {
  EVENTS[name]?.(world.district, by, await rosterOf(world));
}

/** Things that happen in a district, by name. Each takes a number to choose by. */
const EVENTS: Readonly<Record<string, (district: SandboxDistrict, by: number, now: Roster) => void>> = {
  'a student leaves a class': (district, by, now) => {
    const section = pick(now.sections, by);
    const student = pick(section?.students ?? [], by);
    if (section !== undefined && student !== undefined) {
      district.changes.unenroll({ section: section.id, student });
    }
  },
  'a student joins a class': (district, by, now) => {
    const section = pick(now.sections, by);
    const student = pick(studentsOf(now), by);
    if (section !== undefined && student !== undefined && !section.students.includes(student.id)) {
      district.changes.enroll({ section: section.id, student: student.id });
    }
  },
  'a person goes': (district, by, now) => {
    const person = pick(now.users, by);
    if (person !== undefined) {
      district.users.delete(person.id);
    }
  },
  'a person has another name': (district, by, now) => {
    const person = pick(now.users, by);
    if (person !== undefined) {
      district.users.update(person.id, { name: { first: `Name ${by}`, last: 'O, "Neil"' } });
    }
  },
  'a student has another school': (district, by, now) => {
    const [student, school] = [pick(studentsOf(now), by), pick(now.schools, by)];
    if (student !== undefined && school !== undefined) {
      const roles = { student: { ...student.roles?.student, school: school.id, schools: [school.id] } };
      district.users.update(student.id, { roles } as object);
    }
  },
  'a student has no role': (district, by, now) => {
    const student = pick(studentsOf(now), by);
    if (student !== undefined) {
      district.users.update(student.id, { roles: {} } as object);
    }
  },
  'a school goes': (district, by, now) => {
    const school = pick(now.schools, by);
    if (school !== undefined) {
      district.schools.delete(school.id);
    }
  },
  'a school comes': (district, by) => {
    district.schools.create({ name: `School ${by}`, school_number: String(by), sis_id: `s${by}` });
  },
  'a course goes': (district, by, now) => {
    const course = pick(now.courses, by);
    if (course !== undefined) {
      district.courses.delete(course.id);
    }
  },
  'a term goes': (district, by, now) => {
    const term = pick(now.terms, by);
    if (term !== undefined) {
      district.terms.delete(term.id);
    }
  },
  'a term has other dates': (district, by, now) => {
    const term = pick(now.terms, by);
    if (term !== undefined) {
      district.terms.update(term.id, { start_date: `20${20 + (by % 9)}-08-20`, end_date: `20${21 + (by % 9)}-06-01` });
    }
  },
  'a section has no course and term': (district, by, now) => {
    const section = pick(now.sections, by);
    if (section !== undefined) {
      district.sections.update(section.id, { course: '', term_id: '' });
    }
  },
  'a section goes': (district, by, now) => {
    const section = pick(now.sections, by);
    if (section !== undefined) {
      district.sections.delete(section.id);
    }
  },
  'a contact is of another student': (district, by, now) => {
    const contact = pick(
      now.users.filter(({ roles }) => roles?.contact != null),
      by,
    );
    const student = pick(studentsOf(now), by);
    if (contact !== undefined && student !== undefined) {
      const relationships = [{ student: student.id, relationship: 'Aunt/Uncle', type: 'Family' }];
      const roles = { contact: { ...contact.roles?.contact, student_relationships: relationships } };
      district.users.update(contact.id, { roles } as object);
    }
  },
  'a teacher is staff as well': (district, by, now) => {
    const teacher = pick(
      now.users.filter(({ roles }) => roles?.teacher != null),
      by,
    );
    if (teacher !== undefined) {
      const roles = { ...teacher.roles, staff: { schools: teacher.roles?.teacher?.schools ?? [], staff_id: 'S1' } };
      district.users.update(teacher.id, { roles } as object);
    }
  },
  'a class has another teacher': (district, by, now) => {
    const section = pick(now.sections, by);
    const teacher = pick(
      now.users.filter(({ roles }) => roles?.teacher != null),
      by,
    );
    if (section !== undefined && teacher !== undefined) {
      district.sections.update(section.id, { teacher: teacher.id, teachers: [teacher.id] });
    }
  },
};

function pick<Item>(items: readonly Item[], by: number): Item | undefined {
  return items[by % items.length];
}

function studentsOf(now: Roster): Roster['users'] {
  return now.users.filter(({ roles }) => roles?.student != null);
}

const NAMES = Object.keys(EVENTS);
const LIFE = fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.nat(50)), { minLength: 1, maxLength: 12 });

describe('a delta from the mirror of a sync', () => {
  for (const version of ['1.1', '1.2'] as const) {
    it(`of ${version} turns the former bulk into the new one, whatever has happened`, async ({ folder }) => {
      let count = 0;
      await fc.assert(
        fc.asyncProperty(LIFE, async (life) => {
          await database.reset();
          count += 1;
          const at = (name: string): string => join(folder, `${count}-${name}`);
          const world = makeWorld(database, { districts: [TINY] });
          const { district } = world;
          const sync = syncOf(world);
          await settled(sync, district.id);
          const mirror = sync.mirror(district.id);
          const former = await exported(mirror, at('former'), { version, demographics: true });
          for (const [name, by] of life) {
            await happen(world, name, by);
          }
          await settled(sync, district.id);
          const { checkpoint = '' } = former.report;
          const options = { version, demographics: true, since: checkpoint };
          const delta = await exported(mirror, at('delta'), options);
          const present = await exported(mirror, at('present'), { version, demographics: true });
          expect(applied(former.tables, delta.tables)).toEqual(bulkOf(present.tables));
          const { problems } = await validateOneRoster(at('delta'));
          expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
        }),
        { numRuns: 6 },
      );
    });
  }

  it('has nothing when nothing has happened, and the time and state of each row when something has', async ({
    folder,
  }) => {
    const world = makeWorld(database);
    const sync = syncOf(world);
    await settled(sync, world.district.id);
    const mirror = sync.mirror(world.district.id);
    const { report } = await exported(mirror, join(folder, 'bulk'));
    const since = report.checkpoint ?? '';
    const quiet = await exported(mirror, join(folder, 'quiet'), { since });
    expect(quiet.report.files).toEqual(['manifest.csv']);

    await happen(world, 'a student leaves a class', 0);
    await settled(sync, world.district.id);
    const { tables, report: changed } = await exported(mirror, join(folder, 'delta'), { since });
    expect(changed.mode).toBe('delta');
    expect(tables['manifest']).toContainEqual({ propertyName: 'file.enrollments', value: 'delta' });
    expect(tables['manifest']).toContainEqual({ propertyName: 'file.orgs', value: 'absent' });
    const gone = tables['enrollments']?.filter(({ status }) => status === 'tobedeleted');
    expect(gone).toHaveLength(1);
    for (const { status, dateLastModified } of tables['enrollments'] ?? []) {
      expect(status).toMatch(/^(?:active|tobedeleted)$/u);
      expect(dateLastModified).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u);
    }
  });

  it('of 1.1 has no row of a person with two roles while no section and no school has changed', async ({ folder }) => {
    const world = makeWorld(database, { districts: [TINY] });
    const { district } = world;
    const sync = syncOf(world);
    const teacher = (await rosterOf(world)).users.find(({ roles }) => roles?.teacher != null);
    district.users.update(teacher?.id ?? '', {
      roles: { ...teacher?.roles, staff: { schools: [...(teacher?.roles?.teacher?.schools ?? [])], staff_id: 'F1' } },
    } as never);
    await settled(sync, district.id);
    const mirror = sync.mirror(district.id);
    const { report } = await exported(mirror, join(folder, 'bulk'), { version: '1.1' });
    expect(report.roles).toMatchObject({ staff: expect.any(Number) });
    const since = report.checkpoint ?? '';
    const quiet = await exported(mirror, join(folder, 'quiet'), { version: '1.1', since });
    expect(quiet.report.files).toEqual(['manifest.csv']);
  });

  it('is refused without what the records were before, and without a mirror', async ({ folder, district }) => {
    const world = makeWorld(database);
    const sync = world.sync({ onChanges: async () => undefined });
    await settled(sync, world.district.id);
    const mirror = sync.mirror(world.district.id);
    const { checkpoint = '' } = await exportOneRoster(mirror, { version: '1.2', out: join(folder, 'bulk') });
    await happen(world, 'a person has another name', 0);
    await settled(sync, world.district.id);
    const delta = { version: '1.2', out: join(folder, 'delta'), since: checkpoint } as const;
    await expect(exportOneRoster(mirror, delta)).rejects.toThrow(/history: 'values'/u);
    await expect(exportOneRoster(district, delta)).rejects.toThrow(/needs the mirror of a sync/u);
    await expect(exportOneRoster(mirror, { ...delta, since: 'yesterday' })).rejects.toThrow(/has returned/u);
    await expect(exportOneRoster(mirror, { ...delta, since: '1@1000' })).rejects.toThrow(/older than the change log/u);
  });

  it('reads the same records as a district client', async ({ folder }) => {
    const sandbox = createSandbox({ districts: [{ seed: 3, students: 40 }] });
    const world = makeWorld(database, { districts: [{ seed: 3, students: 40 }] });
    await settled(syncOf(world), world.district.id);
    const fromMirror = await exported(syncOf(world).mirror(world.district.id), join(folder, 'mirror'));
    const client = createCleverClient({ ...sandbox.clientOptions() }).district({ token: sandbox.districts[0].token });
    const fromClient = await exported(client, join(folder, 'client'));
    expect(bulkOf(fromMirror.tables)).toEqual(bulkOf(fromClient.tables));
    await sandbox.close();
  });
});
