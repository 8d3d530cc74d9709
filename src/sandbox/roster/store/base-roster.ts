import type { KnownRole } from '../../../values/index.js';
import type { Called, Kind, RecordOf } from '../records.js';
import type { AssignmentIndex, PairIndex, RecordIndex } from './index-entries.js';
import type { Ids } from './ordered.js';

/**
 * What a district begins with: it never changes, edits lie on it. Answers from indexes or by arithmetic, whatever its size.
 */
export interface BaseRoster {
  get<K extends Kind>(kind: K, id: string): RecordOf[K] | undefined;
  has(kind: Kind, id: string): boolean;
  /** The roles of a person, without the person; none of somebody who is not there. */
  rolesOf(userId: string): readonly KnownRole[];
  /** How a person is called, without the person; `undefined` of somebody who is not there. */
  nameOf(userId: string): Called | undefined;
  /** What is found under a key, ascending. In pairs and assignments, references may lead nowhere. */
  find(index: RecordIndex | PairIndex | AssignmentIndex, key: string): Ids;
}
