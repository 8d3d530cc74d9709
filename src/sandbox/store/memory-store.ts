import type { KnownRole } from '../../values/index.js';
import { type AnyRecord, KINDS, type Kind, type RecordOf, type ResourceAssignment, type Roster } from '../records.js';
import { holdsRole, rolesOf, schoolsOf } from '../roles.js';
import { indexedMembers } from './indexed-members.js';
import { pageOfIds, sortedIds } from './ordered.js';
import { indexRelations, type Relations } from './relations.js';
import type { Page, PageQuery, RecordChange, Relation, RosterStore } from './store.js';

type Collections = { readonly [K in Kind]: Map<string, RecordOf[K]> };

/** The kind that each relation lists, where its name does not say it. */
const PEOPLE_LISTS = new Set(['contacts', 'students', 'teachers', 'users']);

interface Indexes {
  readonly ids: Readonly<Record<Kind, readonly string[]>>;
  readonly idsByRole: ReadonlyMap<KnownRole, readonly string[]>;
  readonly idByEmail: ReadonlyMap<string, string>;
  readonly relations: Relations;
}

/** A roster held in memory, with an index for every relation. */
export class MemoryStore implements RosterStore {
  readonly #collections: Collections;
  readonly #resourceAssignments: readonly ResourceAssignment[];
  /** Ids of what was put in or taken out. */
  readonly #changed = new Map<Kind, Set<string>>();
  /** Made when they are first needed, and again after a change that they would not show. */
  #indexes: Indexes | undefined;

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
    this.#resourceAssignments = roster.resourceAssignments;
  }

  get<K extends Kind>(kind: K, id: string): RecordOf[K] | undefined {
    return this.#collections[kind].get(id);
  }

  put<K extends Kind>(kind: K, record: RecordOf[K]): void {
    const known = this.get(kind, record.id);
    if (known === undefined || indexedMembers(kind, known) !== indexedMembers(kind, record)) {
      this.#indexes = undefined;
    }
    this.#collections[kind].set(record.id, record);
    this.#note(kind, record.id);
  }

  remove(kind: Kind, id: string): void {
    this.#indexes = undefined;
    this.#collections[kind].delete(id);
    this.#note(kind, id);
  }

  *changes(): Generator<RecordChange, void> {
    for (const kind of KINDS) {
      for (const id of sortedIds(this.#changed.get(kind) ?? [])) {
        yield { kind, id, record: this.get(kind, id) };
      }
    }
  }

  count(kind: Kind): number {
    return this.#collections[kind].size;
  }

  page<K extends Kind>(kind: K, query: PageQuery): Page<RecordOf[K]> {
    const { ids, idsByRole } = this.#indexed();
    const listed = query.role === undefined ? ids[kind] : (idsByRole.get(query.role) ?? []);
    const { ids: found, ...rest } = pageOfIds(listed, query);
    return { records: found.flatMap((id) => this.get(kind, id) ?? []), ...rest };
  }

  related(relation: Relation, id: string, query: PageQuery): Page {
    const target = targetOf(relation);
    const listed = this.#indexed().relations[relation](id);
    const { ids, ...rest } = pageOfIds(listed, query, this.#filter(relation, id, query));
    const records = ids.flatMap((found): AnyRecord | [] => this.get(target, found) ?? []);
    return { records, ...rest };
  }

  countRelated(relation: Relation, id: string): number {
    return this.#indexed().relations[relation](id).length;
  }

  findByEmail(email: string): RecordOf['users'] | undefined {
    return this.get('users', this.#indexed().idByEmail.get(email.toLowerCase()) ?? '');
  }

  #note(kind: Kind, id: string): void {
    this.#changed.set(kind, (this.#changed.get(kind) ?? new Set()).add(id));
  }

  #indexed(): Indexes {
    this.#indexes ??= makeIndexes(this.#collections, this.#resourceAssignments);
    return this.#indexes;
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

function byId<Item extends AnyRecord>(records: readonly Item[]): Map<string, Item> {
  return new Map(records.map((record) => [record.id, record]));
}

function makeIndexes(collections: Collections, resourceAssignments: readonly ResourceAssignment[]): Indexes {
  const idsOf = (kind: Kind): string[] => sortedIds(collections[kind].keys());
  const ids = {
    districts: idsOf('districts'),
    schools: idsOf('schools'),
    terms: idsOf('terms'),
    courses: idsOf('courses'),
    users: idsOf('users'),
    sections: idsOf('sections'),
    resources: idsOf('resources'),
  };
  const idsByRole = new Map<KnownRole, string[]>();
  const idByEmail = new Map<string, string>();
  for (const id of ids.users) {
    const user = collections.users.get(id);
    for (const role of user === undefined ? [] : rolesOf(user)) {
      const sameRole = idsByRole.get(role);
      if (sameRole === undefined) {
        idsByRole.set(role, [id]);
      } else {
        sameRole.push(id);
      }
    }
    const email = user?.email?.toLowerCase() ?? '';
    if (email !== '' && !idByEmail.has(email)) {
      idByEmail.set(email, id);
    }
  }
  const relations = indexRelations({
    schools: [...collections.schools.values()],
    terms: [...collections.terms.values()],
    courses: [...collections.courses.values()],
    users: [...collections.users.values()],
    sections: [...collections.sections.values()],
    resources: [...collections.resources.values()],
    resourceAssignments,
  });
  return { ids, idsByRole, idByEmail, relations };
}
