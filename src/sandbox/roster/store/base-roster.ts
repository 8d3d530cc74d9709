import type { KnownRole } from '../../../values/index.js';
import type { Kind, NameAndEmail, RecordOf } from '../records.js';
import type { AssignmentIndex, PairIndex, RecordIndex } from './index-entries.js';
import type { Ids } from './ordered.js';

/**
 * The initial roster of a district, which never changes; edits are kept apart in an overlay. Answers from
 * indexes or by arithmetic, so the cost does not depend on its size.
 */
export interface BaseRoster {
  get<K extends Kind>(kind: K, id: string): RecordOf[K] | undefined;
  has(kind: Kind, id: string): boolean;
  /** Returns the roles of a person without the record; an empty list for an unknown id. */
  rolesOf(userId: string): readonly KnownRole[];
  /** Returns the name and address of a person without the record; `undefined` for an unknown id. */
  nameOf(userId: string): NameAndEmail | undefined;
  /** Returns the ids under a key of an index, ascending. Those of pairs and assignments may have no record. */
  find(index: RecordIndex | PairIndex | AssignmentIndex, key: string): Ids;
}
