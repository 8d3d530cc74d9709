import type { AdviceName } from '../errors/catalogue/statuses.js';
import type { RecordKind } from '../schemas/record.js';
import type { Query } from '../transport/index.js';

/** The description of a call to a resource. */
export interface Operation<Kind extends RecordKind> {
  /** The call as the caller typed it, for messages: `schools.listUsers()`. */
  readonly call: string;
  readonly kind: Kind;
  /** The path after the version: `/schools/{id}/users`. */
  readonly path: string;
  /** Whether the path is preceded by the API version. Default `true`. */
  readonly isVersioned?: boolean;
  /** Replaces `{id}`. */
  readonly id?: string | undefined;
  /** Replace placeholders by name: `{ section_id }`. */
  readonly ids?: Readonly<Record<string, string>>;
  /** The limit for one attempt if neither the call nor the client sets one, in milliseconds. */
  readonly defaultTimeoutMs?: number;
  /** The longest answer if neither the call nor the client sets one, in bytes. */
  readonly defaultMaxResponseBytes?: number;
  /** The set of advice for statuses with a special meaning here; takes precedence over that for the kind of token. */
  readonly advice?: AdviceName;
  /**
   * Returns a copy of a received record in its documented form. Called before the record is checked and
   * delivered.
   */
  readonly arrange?: (record: Record<string, unknown>) => Record<string, unknown>;
}

/** The description of a call that lists records. */
export interface ListOperation<Kind extends RecordKind> extends Operation<Kind> {
  /** Parameters that every page request of this listing sends. */
  readonly query?: Query;
  /** Query parameters that the caller may pass, in addition to those for paging. */
  readonly filters?: readonly string[];
  /** Options that the resource handles itself; not sent. */
  readonly ownOptions?: readonly string[];
  /** Whether Clever pages this listing. Default `true`. */
  readonly isPaged?: boolean;
  /** Whether the order of the records matters, so that the listing cannot be read in parallel. Default `false`. */
  readonly isSequential?: boolean;
  /** The maximum number of records per request. Default 10000. */
  readonly maxPageSize?: number;
  /** The id after which to begin, sent as `starting_after`. */
  readonly startingAfter?: string | undefined;
  /** See {@link Listing}. */
  readonly hasOpaqueCursor?: boolean;
  /** See {@link Listing}. */
  readonly beforeReading?: () => void;
}

/** The description of a call whose answer is the record itself, without an envelope. */
export interface BareOperation<Kind extends RecordKind> extends Omit<Operation<Kind>, 'arrange'> {
  /** Checks whether the answer is usable at all. Default: any object is usable. */
  readonly isUsable?: (answer: Record<string, unknown>) => boolean;
}

/** The description of a call that writes a record. */
export interface WriteOperation<Kind extends RecordKind> extends Operation<Kind> {
  readonly method: 'POST' | 'PATCH';
}

/** The description of a call that deletes a record. */
export type DeleteOperation = Omit<Operation<RecordKind>, 'kind' | 'arrange'>;
