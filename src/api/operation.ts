import type { AdviceName } from '../errors/catalogue/statuses.js';
import type { RecordKind } from '../schemas/record.js';
import type { Query } from '../transport/index.js';

/** A call of a resource, in the words of the specification. */
export interface Operation<Kind extends RecordKind> {
  /** What the caller typed, for messages: `schools.listUsers()`. */
  readonly call: string;
  readonly kind: Kind;
  /** The path after the version: `/schools/{id}/users`. */
  readonly path: string;
  /** Whether the version of the API comes before the path. Default `true`. */
  readonly isVersioned?: boolean;
  /** Replaces `{id}`. */
  readonly id?: string | undefined;
  /** Replace placeholders by name: `{ section_id }`. */
  readonly ids?: Readonly<Record<string, string>>;
  /** The limit of one attempt where neither the call nor the client names one, in milliseconds. */
  readonly defaultTimeoutMs?: number;
  /** Advice for the statuses that mean something else here; wins over that for the kind of token. */
  readonly advice?: AdviceName;
  /** Puts a record as sent into the place where it is documented, as a copy, before it is checked and handed out. */
  readonly arrange?: (record: Record<string, unknown>) => Record<string, unknown>;
}

/** A call that lists. */
export interface ListOperation<Kind extends RecordKind> extends Operation<Kind> {
  /** Parameters that every request of this listing sends. */
  readonly query?: Query;
  /** Query parameters that the caller may pass, beside those of paging. */
  readonly filters?: readonly string[];
  /** Options that the resource handles itself; they are not sent. */
  readonly ownOptions?: readonly string[];
  /** Whether Clever pages this listing. Default `true`. */
  readonly isPaged?: boolean;
  /** Whether its order matters, so that it cannot be read in parallel. Default `false`. */
  readonly isSequential?: boolean;
  /** The most records per request. Default 10000. */
  readonly maxPageSize?: number;
  /** Where to begin, sent as `starting_after`. */
  readonly startingAfter?: string | undefined;
  /** See {@link Listing}. */
  readonly hasOpaqueCursor?: boolean;
  /** See {@link Listing}. */
  readonly beforeReading?: () => void;
}

/** A call whose answer is the record itself, without an envelope. */
export interface BareOperation<Kind extends RecordKind> extends Omit<Operation<Kind>, 'arrange'> {
  /** Whether the answer has what makes it usable at all. Default: it is an object. */
  readonly isUsable?: (answer: Record<string, unknown>) => boolean;
}

/** A call that writes. */
export interface WriteOperation<Kind extends RecordKind> extends Operation<Kind> {
  readonly method: 'POST' | 'PATCH';
}

/** A call that deletes. */
export type DeleteOperation = Omit<Operation<RecordKind>, 'kind' | 'arrange'>;
