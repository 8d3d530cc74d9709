import type { KnownRole } from '../../values/index.js';
import type { AnyRecord, Kind, RecordOf, Roster, UserRecord } from '../records.js';
import { holdsRole, rolesOf, schoolsOf } from '../roles.js';
import { pageOfIds, sortedIds } from './ordered.js';
import { indexRelations, type Relations } from './relations.js';
import type { Page, PageQuery, Relation, RosterStore } from './store.js';

type Collections = { readonly [K in Kind]: ReadonlyMap<string, RecordOf[K]> };

/** The kind that each relation lists, where its name does not say it. */
const PEOPLE_LISTS = new Set(['contacts', 'students', 'teachers', 'users']);

/** A roster held in memory, with an index for every relation. */
export class MemoryStore implements RosterStore {
  readonly #collections: Collections;
  readonly #ids: { readonly [K in Kind]: readonly string[] };
  readonly #idsByRole: ReadonlyMap<KnownRole, readonly string[]>;
  readonly #idByEmail = new Map<string, string>();
  readonly #relations: Relations;

  constructor(roster: Roster) {
    this.#collections = {
      districts: byId([roster.district]),
      schools: byId(roster.schools),
      terms: byId(roster.terms),
      courses: byId(roster.courses),
      users: byId(roster.users),
      sections: byId(roster.sections),
      resources: byId(roster.resources),
    };
    const ids = (kind: Kind): string[] => sortedIds(this.#collections[kind].keys());
    this.#ids = {
      districts: ids('districts'),
      schools: ids('schools'),
      terms: ids('terms'),
      courses: ids('courses'),
      users: ids('users'),
      sections: ids('sections'),
      resources: ids('resources'),
    };
    const idsByRole = new Map<KnownRole, string[]>();
    for (const id of this.#ids.users) {
      const user = this.#collections.users.get(id);
      for (const role of user === undefined ? [] : rolesOf(user)) {
        const sameRole = idsByRole.get(role);
        if (sameRole === undefined) {
          idsByRole.set(role, [id]);
        } else {
          sameRole.push(id);
        }
      }
      const email = user?.email?.toLowerCase() ?? '';
      if (email !== '' && !this.#idByEmail.has(email)) {
        this.#idByEmail.set(email, id);
      }
    }
    this.#idsByRole = idsByRole;
    this.#relations = indexRelations(roster);
  }

  get<K extends Kind>(kind: K, id: string): RecordOf[K] | undefined {
    return this.#collections[kind].get(id);
  }

  count(kind: Kind): number {
    return this.#ids[kind].length;
  }

  page<K extends Kind>(kind: K, query: PageQuery): Page<RecordOf[K]> {
    const ids = query.role === undefined ? this.#ids[kind] : (this.#idsByRole.get(query.role) ?? []);
    const { ids: found, ...rest } = pageOfIds(ids, query);
    return { records: found.flatMap((id) => this.get(kind, id) ?? []), ...rest };
  }

  related(relation: Relation, id: string, query: PageQuery): Page {
    const target = targetOf(relation);
    const { ids, ...rest } = pageOfIds(this.#relations[relation](id), query, this.#filter(relation, id, query));
    const records = ids.flatMap((found): AnyRecord | [] => this.get(target, found) ?? []);
    return { records, ...rest };
  }

  countRelated(relation: Relation, id: string): number {
    return this.#relations[relation](id).length;
  }

  findByEmail(email: string): UserRecord | undefined {
    return this.get('users', this.#idByEmail.get(email.toLowerCase()) ?? '');
  }

  #filter(relation: Relation, id: string, { role, isPrimary = false }: PageQuery): (found: string) => boolean {
    if (relation === 'users.schools' && isPrimary) {
      const user = this.get('users', id);
      const own = user === undefined ? [] : schoolsOf(user, true);
      return (school) => own.includes(school);
    }
    return (found) => {
      const user = role === undefined && !isPrimary ? undefined : this.get('users', found);
      return (
        user === undefined ||
        ((role === undefined || holdsRole(user, role)) && (!isPrimary || schoolsOf(user, true).includes(id)))
      );
    };
  }
}

/** The kind of the records that a relation lists. */
export function targetOf(relation: Relation): Kind {
  const list = relation.slice(relation.indexOf('.') + 1);
  return PEOPLE_LISTS.has(list) ? 'users' : (list as Kind);
}

function byId<Item extends AnyRecord>(records: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(records.map((record) => [record.id, record]));
}
