import type { AnyRecord, Kind, NameAndEmail, RecordOf } from '../records.js';
import { schoolsOf } from '../roles.js';
import type { BaseRoster } from './base-roster.js';
import { allIds, type IdPage, pageOfIds } from './ordered.js';
import { Overlay } from './overlay.js';
import { Relations } from './relations.js';
import { RosterView } from './roster-view.js';
import {
  type Page,
  type PageQuery,
  type Relation,
  type RosterStore,
  type StoreChange,
  sourceOf,
  targetOf,
} from './store.js';

/** The number of people with one e-mail address that are looked up. */
const MOST_SHARING = 20;

/** A roster that can be edited. The initial roster and the later changes are kept apart. */
export class LayeredStore implements RosterStore {
  readonly #overlay: Overlay;
  readonly #view: RosterView;
  readonly #relations: Relations;

  constructor(base: BaseRoster) {
    this.#overlay = new Overlay(base);
    this.#view = new RosterView(base, this.#overlay);
    this.#relations = new Relations(this.#view);
  }

  get<K extends Kind>(kind: K, id: string): RecordOf[K] | undefined {
    return this.#view.get(kind, id);
  }

  put<K extends Kind>(kind: K, record: RecordOf[K]): void {
    this.#write(kind, record.id, record);
  }

  remove(kind: Kind, id: string): void {
    this.#write(kind, id, undefined);
  }

  changes(): Iterable<StoreChange> {
    return this.#overlay.changes();
  }

  count(kind: Kind): number {
    return this.#overlay.count(kind);
  }

  page<K extends Kind>(kind: K, query: PageQuery): Page<RecordOf[K]> {
    const { role } = query;
    const list = role === undefined ? this.#view.find('all', kind) : this.#view.find('users by role', role);
    return this.#page(kind, pageOfIds(list, query));
  }

  related(relation: Relation, id: string, query: PageQuery): Page {
    const target = targetOf(relation);
    const { role } = query;
    if (!this.#view.has(sourceOf(relation), id)) {
      return this.#page(target, { ids: [], hasMore: false, hasEarlier: false });
    }
    const isIndexed = relation === 'schools.users' && role !== undefined;
    const list = isIndexed
      ? this.#view.find('users by school and role', `${id}/${role}`)
      : this.#relations.list(relation, id);
    return this.#page(target, pageOfIds(list, query, this.#filter(relation, id, isIndexed ? omitRole(query) : query)));
  }

  countRelated(relation: Relation, id: string): number {
    if (!this.#view.has(sourceOf(relation), id)) {
      return 0;
    }
    const list = this.#relations.list(relation, id);
    return allIds(list).filter((found) => this.#view.has(targetOf(relation), found)).length;
  }

  findByEmail(email: string): readonly RecordOf['users'][] {
    const list = this.#view.find('users by email', email.toLowerCase());
    return this.#page('users', pageOfIds(list, { limit: MOST_SHARING })).records;
  }

  nameOf(userId: string): NameAndEmail | undefined {
    return this.#view.nameOf(userId);
  }

  #page<K extends Kind>(kind: K, { ids, hasMore, hasEarlier }: IdPage): Page<RecordOf[K]> {
    const find = (): RecordOf[K][] => ids.flatMap((id): RecordOf[K] | [] => this.get(kind, id) ?? []);
    return {
      ids,
      get records() {
        return find();
      },
      hasMore,
      hasEarlier,
    };
  }

  #write(kind: Kind, id: string, record: AnyRecord | undefined): void {
    this.#overlay.write(kind, id, record);
    this.#relations.forget();
  }

  /** Rejects ids without a record, and those that the query excludes. */
  #filter(relation: Relation, id: string, { role, isPrimary = false }: PageQuery): (found: string) => boolean {
    const target = targetOf(relation);
    const exists = (found: string): boolean => this.#view.has(target, found);
    if (relation === 'users.schools' && isPrimary) {
      const user = this.get('users', id);
      const own = user === undefined ? [] : schoolsOf(user, true);
      return (school) => own.includes(school) && exists(school);
    }
    if (role === undefined && !isPrimary) {
      return exists;
    }
    return (found) => {
      const user = isPrimary ? this.get('users', found) : undefined;
      return (
        exists(found) &&
        (role === undefined || this.#view.rolesOf(found).includes(role)) &&
        (!isPrimary || (user !== undefined && schoolsOf(user, true).includes(id)))
      );
    };
  }
}

function omitRole({ role: _, ...query }: PageQuery): PageQuery {
  return query;
}
