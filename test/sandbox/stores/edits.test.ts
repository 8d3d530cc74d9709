import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AnyRecord,
  KINDS,
  type Kind,
  type SectionRecord,
  type UserRecord,
} from '../../../src/sandbox/roster/records.js';
import { type PageQuery, type RosterStore, sourceOf } from '../../../src/sandbox/roster/store/store.js';
import { KNOWN_ROLES } from '../../../src/values/index.js';
import { Oracle } from './oracle.js';
import { generated, inMemory, RELATIONS, rosterOf } from './stores.js';

/** A change of one record: which one, and into what, or its removal. Numbers choose among existing records. */
interface Edit {
  readonly kind: Kind;
  readonly what: 'change' | 'remove' | 'create' | 'create again';
  readonly which: number;
  readonly into: number;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom(
    ...(['users', 'users', 'sections', 'sections', 'sections', 'schools', 'terms', 'courses', 'resources'] as const),
  ),
  what: fc.constantFrom('change', 'change', 'remove', 'create', 'create again'),
  which: fc.nat(),
  into: fc.nat(),
});

const question = fc.record({
  relation: fc.constantFrom(...RELATIONS),
  which: fc.nat(),
  limit: fc.constantFrom(1, 3, 10_000),
  cursor: fc.option(fc.record({ at: fc.nat(), isBefore: fc.boolean(), exists: fc.boolean() })),
  role: fc.option(fc.constantFrom(...KNOWN_ROLES)),
  isPrimary: fc.boolean(),
});

const roster = rosterOf(generated({ seed: 5, students: 45 }));
const start = new Oracle(roster);

/** Picks one of a list by any number. */
function pick<Item>(items: readonly Item[], number: number): Item | undefined {
  return items[number % items.length];
}

/** A record of the kind, made from an old one and a number, with changes in everything on which lists depend. */
function changed(kind: Kind, old: AnyRecord, into: number, oracle: Oracle): AnyRecord {
  const some = (of: Kind, step: number): string => pick([...start.ids(of), ...oracle.ids(of)], into * 7 + step) ?? '';
  if (kind === 'sections') {
    const section = old as SectionRecord;
    const moved = pick(
      [
        { school: some('schools', 1) },
        { course: some('courses', 2) },
        { term_id: some('terms', 3) },
        { students: [some('users', 4), some('users', 5), ...(section.students ?? [])] },
        { teachers: [some('users', 6)], teacher: some('users', 7) },
        { students: (section.students ?? []).slice(1) },
      ],
      into,
    );
    const { course: _, ...withoutCourse } = section;
    return into % 11 === 0 ? withoutCourse : { ...section, ...moved };
  }
  if (kind === 'users') {
    const user = old as UserRecord;
    const school = some('schools', 1);
    const moved = pick(
      [
        { email: into % 2 === 0 ? 'New.One@Example.com' : `person${into}@example.com` },
        { email: null },
        { roles: { student: { school, schools: [school, some('schools', 2)] } } },
        { roles: { ...user.roles, teacher: { school, schools: [school] } } },
        { roles: { staff: { schools: [school] }, district_admin: {} } },
        {
          roles: { contact: { student_relationships: [{ student: some('users', 3) }, { student: some('users', 4) }] } },
        },
      ],
      into,
    );
    return { ...user, ...moved };
  }
  return kind === 'resources'
    ? { ...old, roles: into % 2 === 0 ? ['student'] : ['teacher', 'student'] }
    : { ...old, into };
}

function apply({ kind, what, which, into }: Edit, oracle: Oracle, stores: readonly RosterStore[]): void {
  const id = pick(oracle.ids(kind), which);
  if (id === undefined) {
    return;
  }
  if (what === 'remove') {
    oracle.remove(kind, id);
    for (const store of stores) {
      store.remove(kind, id);
    }
    return;
  }
  // New ids before, among and after the generated ones; and existing ids.
  const newId = `${pick(['0', id.slice(0, 20), 'f'], into)}${into.toString(16)}`;
  const again = pick(start.ids(kind), into) ?? newId;
  const target = { change: id, create: newId, 'create again': again }[what];
  const record = { ...changed(kind, oracle.get(kind, id) ?? { id }, into, oracle), id: target };
  oracle.put(kind, record);
  for (const store of stores) {
    store.put(kind, record as never);
  }
}

const idsOf = ({ records: _, ...page }: ReturnType<RosterStore['related']>) => page;

describe('edited stores', () => {
  it('answer every query alike, and as the records say', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(edit, { minLength: 1, maxLength: 25 }),
        fc.array(question, { minLength: 20, maxLength: 20 }),
        (edits, questions) => {
          const oracle = new Oracle(roster);
          const stores = [generated({ seed: 5, students: 45 }), inMemory(roster)];
          for (const one of edits) {
            apply(one, oracle, stores);
          }
          for (const { relation, which, limit, cursor, role, isPrimary } of questions) {
            // Deleted records are also requested.
            const id = pick([...start.ids(sourceOf(relation)), ...oracle.ids(sourceOf(relation))], which) ?? '';
            const all = oracle.relatedIds(relation, id);
            const at = cursor === null ? '' : `${pick(all, cursor.at) ?? '6'}${cursor.exists ? '' : '8'}`;
            const query: PageQuery = {
              limit,
              ...(cursor === null ? {} : cursor.isBefore ? { before: at } : { after: at }),
              ...(role === null ? {} : { role }),
              ...(['schools.users', 'users.schools'].includes(relation) ? { isPrimary } : {}),
            };
            const asked = ['schools.users', 'sections.users', 'resources.users'].includes(relation)
              ? query
              : withoutRole(query);
            for (const store of stores) {
              expect(idsOf(store.related(relation, id, asked))).toEqual(oracle.related(relation, id, asked));
              expect(store.countRelated(relation, id)).toBe(all.length);
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('list, count and find what exists, and report what was changed', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(edit, { maxLength: 30 }),
        fc.nat(),
        fc.constantFrom(...KNOWN_ROLES),
        (edits, number, role) => {
          const oracle = new Oracle(roster);
          const stores = [generated({ seed: 5, students: 45 }), inMemory(roster)];
          for (const one of edits) {
            apply(one, oracle, stores);
          }
          for (const store of stores) {
            for (const kind of KINDS) {
              expect(store.count(kind)).toBe(oracle.ids(kind).length);
              const { records } = store.page(kind, { limit: 10_000 });
              expect(records).toEqual(oracle.ids(kind).map((id) => oracle.get(kind, id)));
              const query = { limit: 4, before: pick(start.ids(kind), number) ?? '' };
              expect(idsOf(store.page(kind, query))).toEqual(oracle.page(kind, query));
            }
            expect(idsOf(store.page('users', { limit: 5, role }))).toEqual(oracle.page('users', { limit: 5, role }));
            for (const email of ['new.one@example.com', (pick(roster.users, number)?.email ?? '') as string]) {
              expect(store.findByEmail(email)).toEqual(oracle.findByEmail(email));
            }
            const fresh = new Oracle(roster);
            for (const { kind, id, record } of store.changes()) {
              if (record === undefined) {
                fresh.remove(kind, id);
              } else {
                fresh.put(kind, record);
              }
            }
            expect(KINDS.map((kind) => fresh.ids(kind))).toEqual(KINDS.map((kind) => oracle.ids(kind)));
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

function withoutRole({ role: _, ...query }: PageQuery): PageQuery {
  return query;
}
