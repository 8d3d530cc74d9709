import type { KnownRole } from '../../../values/index.js';
import type { Kind, RecordOf } from '../../roster/records.js';
import type { Relation, RosterStore } from '../../roster/store/store.js';

/** How many ids are looked up at a time. Mostly the first record already matches. */
const LOOKED_AT = 100;

/**
 * Returns the ids of all records related to a record, ascending. Does not look the records up, because a
 * list may be long and its records generated.
 */
export function relatedIds(store: RosterStore, relation: Relation, id: string): readonly string[] {
  return store.related(relation, id, { limit: Number.MAX_SAFE_INTEGER }).ids;
}

/**
 * Whether any related record matches, looking no further than the first match. `undefined`: there are no
 * related records.
 */
export function someRelated(
  store: RosterStore,
  relation: Relation,
  id: string,
  isFit: (id: string) => boolean,
): boolean | undefined {
  let { ids, hasMore } = store.related(relation, id, { limit: LOOKED_AT });
  if (ids.length === 0) {
    return undefined;
  }
  while (!ids.some(isFit)) {
    if (!hasMore) {
      return false;
    }
    ({ ids, hasMore } = store.related(relation, id, { limit: LOOKED_AT, after: ids.at(-1) ?? '' }));
  }
  return true;
}

/** Returns all records of a kind, or all people of a role, ids ascending. */
export function everyRecord<K extends Kind>(store: RosterStore, kind: K, role?: KnownRole): readonly RecordOf[K][] {
  return store.page(kind, { limit: Number.MAX_SAFE_INTEGER, role }).records;
}
