import type { KnownRole } from '../../../values/index.js';
import type { Kind, RecordOf } from '../../roster/records.js';
import type { Relation, RosterStore } from '../../roster/store/store.js';

/** How many ids are looked up at a time for one that fits: mostly the first one does. */
const LOOKED_AT = 100;

/** Ids of all records that hang on one, ascending. The records are not looked up: a list may be long, and its records made up. */
export function relatedIds(store: RosterStore, relation: Relation, id: string): readonly string[] {
  return store.related(relation, id, { limit: Number.MAX_SAFE_INTEGER }).ids;
}

/** Whether any record that hangs on one fits; looks no further than that. `undefined`: there is none at all. */
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

/** All records of a kind, or all people of a role, ids ascending. */
export function everyRecord<K extends Kind>(store: RosterStore, kind: K, role?: KnownRole): readonly RecordOf[K][] {
  return store.page(kind, { limit: Number.MAX_SAFE_INTEGER, role }).records;
}
