import { describe, expect, it } from 'vitest';
import { KINDS, type Roster, type UserRecord } from '../../../src/sandbox/roster/records.js';
import type { PageQuery, Relation, RosterStore } from '../../../src/sandbox/roster/store/store.js';
import { sourceOf } from '../../../src/sandbox/roster/store/store.js';
import { KNOWN_ROLES } from '../../../src/values/index.js';
import { Oracle } from './oracle.js';
import { generated, inMemory, RELATIONS, rosterOf } from './stores.js';

const ALL: PageQuery = { limit: Number.MAX_SAFE_INTEGER };

/** Districts with one student, with fewer students than schools, and with several classes per grade and school. */
const SIZES = [1, 2, 45, 260, 1_300];

interface Subject {
  readonly name: string;
  readonly store: RosterStore;
  readonly roster: Roster;
  readonly oracle: Oracle;
}

const subjects = SIZES.flatMap((students): Subject[] => {
  const store = generated({ seed: 5, students });
  const roster = rosterOf(store);
  const oracle = new Oracle(roster);
  return [
    { name: `generated, ${students} students`, store, roster, oracle },
    { name: `in memory, ${students} students`, store: inMemory(roster), roster, oracle },
  ];
});

/** Some ids of a kind, spread over the full range. */
function someIds(ids: readonly string[], count: number): string[] {
  const step = Math.max(1, Math.floor(ids.length / count));
  return ids.filter((_, index) => index % step === 0);
}

function pageIds(store: RosterStore, relation: Relation, id: string, query: PageQuery) {
  const { records, ...page } = store.related(relation, id, query);
  expect(records.map((record) => record.id)).toEqual(page.ids);
  return page;
}

describe.each(subjects)('a store ($name)', ({ store, roster, oracle }) => {
  it('counts and finds existing records', () => {
    for (const kind of KINDS) {
      const ids = oracle.ids(kind);
      expect(store.count(kind)).toBe(ids.length);
      for (const id of someIds(ids, 40)) {
        expect(store.get(kind, id)).toEqual(oracle.get(kind, id));
        for (const other of KINDS.filter((one) => one !== kind)) {
          expect(store.get(other, id)).toBeUndefined();
        }
      }
    }
  });

  it('returns the names of all people without their other members', () => {
    for (const { id, name, email } of roster.users) {
      expect(store.nameOf(id)).toMatchObject({ name });
      expect(store.nameOf(id)?.email).toBe(email);
    }
    expect(store.nameOf(roster.district.id)).toBeUndefined();
  });

  it('finds nothing under an id that only looks valid', () => {
    const last = oracle.ids('users').at(-1) ?? '';
    const legacy = roster.users.find(({ roles }) => roles.teacher !== undefined)?.roles.teacher?.legacy_id ?? '';
    for (const id of [
      '',
      'x',
      last.toUpperCase(),
      `${last}0`,
      `${last.slice(0, -6)}ffffff`,
      `${last.slice(0, -1)}g`,
      legacy,
    ]) {
      expect(store.get('users', id)).toBeUndefined();
      expect(store.related('users.sections', id, ALL).records).toEqual([]);
      expect(store.countRelated('users.sections', id)).toBe(0);
    }
  });

  it.each(KINDS)('pages through %s in both directions', (kind) => {
    const ids = oracle.ids(kind);
    const cursors = someIds(ids, 5).flatMap((id) => [id, `${id}0`, id.slice(0, -1)]);
    for (const cursor of [...cursors, '0', 'g']) {
      for (const query of [
        { limit: 7, after: cursor },
        { limit: 7, before: cursor },
      ]) {
        const { records: _, ...page } = store.page(kind, query);
        expect(page).toEqual(oracle.page(kind, query));
      }
    }
  });

  it.each(KNOWN_ROLES)('lists people with the role %s', (role) => {
    for (const query of [ALL, { limit: 3 }, { limit: 3, before: 'g' }]) {
      const { records: _, ...page } = store.page('users', { ...query, role });
      expect(page).toEqual(oracle.page('users', { ...query, role }));
    }
  });

  it.each(RELATIONS)('answers %s', (relation) => {
    for (const id of someIds(oracle.ids(sourceOf(relation)), 30)) {
      const whole = pageIds(store, relation, id, ALL);
      expect(whole).toEqual(oracle.related(relation, id, ALL));
      expect(store.countRelated(relation, id)).toBe(whole.ids.length);
      const middle = whole.ids[whole.ids.length >>> 1] ?? '7';
      for (const query of [
        { limit: 2, after: middle },
        { limit: 2, before: middle },
      ]) {
        expect(pageIds(store, relation, id, query)).toEqual(oracle.related(relation, id, query));
      }
    }
  });

  it('limits the people of schools and sections by role, and to those whose own school it is', () => {
    for (const relation of ['schools.users', 'sections.users', 'resources.users'] as const) {
      for (const id of someIds(oracle.ids(sourceOf(relation)), 8)) {
        for (const role of KNOWN_ROLES) {
          const query = { limit: 50, role, isPrimary: relation === 'schools.users' };
          expect(pageIds(store, relation, id, query)).toEqual(oracle.related(relation, id, query));
        }
      }
    }
    for (const { id } of roster.users.slice(0, 60)) {
      const query = { ...ALL, isPrimary: true };
      expect(pageIds(store, 'users.schools', id, query)).toEqual(oracle.related('users.schools', id, query));
    }
  });

  it('finds people by their address, in any case of letters', () => {
    const withEmail = roster.users.filter(({ email }) => (email ?? '') !== '');
    for (const { email } of someIds(
      withEmail.map(({ id }) => id),
      60,
    ).map((id) => oracle.get('users', id) as UserRecord)) {
      expect(store.findByEmail((email ?? '').toUpperCase())).toEqual(oracle.findByEmail(email ?? ''));
    }
    for (const email of [
      '',
      'x',
      '1',
      'x.y1@students.example.com',
      `${withEmail[0]?.email}x`,
      'a.b999999999999@staff.example.org',
    ]) {
      expect(store.findByEmail(email)).toEqual([]);
    }
  });
});
