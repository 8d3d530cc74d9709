import type { DataFile, OneRosterVersion } from '../../oneroster-files/index.js';
import type { Losses } from './losses.js';
import type { Wishes } from './members.js';
import type { MetadataColumn } from './metadata.js';

/** A row before it is known which version is written: cells by the names of columns. */
export interface NeutralRow {
  readonly file: DataFile;
  readonly cells: Readonly<Record<string, string>> & { readonly sourcedId: string };
}

/** What is known of the roster while a record is converted. */
export interface RosterKnowledge {
  hasSchool(id: string): boolean;
  hasCourse(id: string): boolean;
  hasTerm(id: string): boolean;
  hasUser(id: string): boolean;
  /** The ids of a student's contacts. */
  agentsOf(studentId: string): readonly string[];
}

/** What every conversion needs. */
export interface ConvertContext extends Wishes {
  readonly version: OneRosterVersion;
  /** Id of the district. */
  readonly district: string;
  /** The day of the export, as `YYYY-MM-DD`. */
  readonly today: string;
  readonly metadata: readonly MetadataColumn[];
  /** Whether staff become principals by their title. */
  readonly principalsByTitle: boolean;
  readonly knowledge: RosterKnowledge;
  readonly losses: Losses;
}
