import type { KnownRole } from '../../values/index.js';
import type { AnyRecord, Kind, RecordOf } from '../records.js';
import type { Relation, RosterStore } from '../store/store.js';

type PeopleRelation = `${string}.users` | 'users.contacts' | 'users.students' | 'users.teachers';

type RelatedRecord<R extends Relation> = R extends PeopleRelation
  ? RecordOf['users']
  : R extends `${string}.sections`
    ? RecordOf['sections']
    : AnyRecord;

/** All records that hang on one. */
export function allRelated<R extends Relation>(
  store: RosterStore,
  relation: R,
  id: string,
): readonly RelatedRecord<R>[] {
  return store.related(relation, id, { limit: Number.MAX_SAFE_INTEGER }).records as readonly RelatedRecord<R>[];
}

/** All records of a kind, or all people of a role, ids ascending. */
export function everyRecord<K extends Kind>(store: RosterStore, kind: K, role?: KnownRole): readonly RecordOf[K][] {
  return store.page(kind, { limit: Number.MAX_SAFE_INTEGER, ...(role === undefined ? {} : { role }) }).records;
}
