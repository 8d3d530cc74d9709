import { CHECKS } from '../../checks/checks.js';
import { CleverSyncError } from '../../errors/sync.js';
import type { SensitiveField } from '../../index.js';
import type { SyncChange, SyncOperation } from '../changes/change.js';
import type { RawRecord } from '../clever/source.js';
import type { SyncContext } from '../context.js';
import { CHECK_OF_KIND, type SyncKind } from '../kinds.js';
import { callHook } from '../run/hook.js';
import type { Row, StoreTransaction } from '../store/store.js';
import { toDatabaseJson } from './json.js';
import { archiveStatement, insertStatement, type RecordSource, storeStatement, type Wanted } from './statements.js';

/** A record to store. */
export interface Incoming {
  readonly id: string;
  readonly data: RawRecord;
  readonly odd?: true;
  readonly event_id?: string | undefined;
  /** The members that an event says have changed, as paths. */
  readonly fields?: readonly string[] | undefined;
}

/** Why a record is archived: an event said so, it was missing from a complete listing. */
export type ArchiveReason = 'deleted' | 'absent';

/** How many records of each operation a statement wrote. */
export type Written = Readonly<Record<SyncOperation, number>>;

/** The place of a write. */
export interface WritePlace {
  readonly districtId: string;
  readonly run: number;
  readonly kind: SyncKind;
}

export const NOTHING_WRITTEN: Written = { created: 0, updated: 0, archived: 0, restored: 0 };

/** Adds two sums. */
export function sumOf(one: Written, other: Written): Written {
  return {
    created: one.created + other.created,
    updated: one.updated + other.updated,
    archived: one.archived + other.archived,
    restored: one.restored + other.restored,
  };
}

/**
 * Turns the records of a page into rows to store: each id once, the last one counts. A record without an id cannot be
 * stored.
 */
export function incomingOf(kind: SyncKind, records: readonly RawRecord[]): { rows: Incoming[]; withoutId: number } {
  const check = CHECKS[CHECK_OF_KIND[kind]];
  const rows = new Map<string, Incoming>();
  let withoutId = 0;
  for (const data of records) {
    const id = data['id'];
    if (typeof id !== 'string' || id === '') {
      withoutId += 1;
    } else {
      rows.set(id, check(data) ? { id, data } : { id, data, odd: true });
    }
  }
  return { rows: [...rows.values()], withoutId };
}

/** Writes the mirror. Each call is one statement, and one call of the app's hook. */
export class Mirror {
  readonly #context: SyncContext;
  readonly #statements = new Map<string, string>();

  constructor(context: SyncContext) {
    this.#context = context;
  }

  /** Whether the mirror has a record exactly as it is: a comparison that costs less than to store it once more. */
  async has(
    { query }: StoreTransaction,
    { districtId, kind }: WritePlace,
    { id, data, odd }: Incoming,
  ): Promise<boolean> {
    if (odd === true) {
      return false;
    }
    const [row] = await query(
      `
select id
from ${this.#context.schema}.${kind} as stored
where id = $1::text and district_id = $2::text and data = $3::text::jsonb and stored.odd is null and deleted_at is null`,
      [id, districtId, toDatabaseJson(data)],
    );
    return row !== undefined;
  }

  /** Stores records that exist. */
  async store(
    transaction: StoreTransaction,
    place: WritePlace,
    source: RecordSource,
    rows: readonly Incoming[],
  ): Promise<Written> {
    if (rows.length === 0) {
      return NOTHING_WRITTEN;
    }
    return this.#storeJson(transaction, place, source, toDatabaseJson(rows));
  }

  /**
   * Inserts records of a district's first run.
   *
   * @throws {@link CleverSyncError} with `sqlState` 23505 when one of them exists already: then store them.
   */
  async insert(transaction: StoreTransaction, place: WritePlace, rows: readonly Incoming[]): Promise<Written> {
    if (rows.length === 0) {
      return NOTHING_WRITTEN;
    }
    const wanted = this.#wanted('records');
    const statement = this.#statement(`insert ${place.kind} ${wanted}`, (options) =>
      insertStatement(place.kind, wanted, options),
    );
    const effects = await transaction.query(statement, [toDatabaseJson(rows), place.districtId, String(place.run)]);
    return this.#written(transaction, place, effects);
  }

  /** Stores records that were staged, by their ids. */
  async storeStaged(transaction: StoreTransaction, place: WritePlace, ids: readonly string[]): Promise<Written> {
    const { schema } = this.#context;
    // Staged data is null where the mirror holds the same, as of an archived record that is back unchanged.
    const [row] = await transaction.query(
      `
select jsonb_agg(
    jsonb_build_object('id', staged.id, 'data', coalesce(staged.data, stored.data), 'odd', staged.is_odd)
  )::text as rows
from ${schema}.staging as staged
left join ${schema}.${place.kind} as stored on stored.id = staged.id
where staged.run = $1::text::bigint
  and staged.kind = $2::text
  and staged.id in (select jsonb_array_elements_text($3::text::jsonb))`,
      [String(place.run), place.kind, JSON.stringify(ids)],
    );
    return this.#storeJson(transaction, place, 'listing', String(row?.['rows'] ?? '[]'));
  }

  /** Archives records. */
  async archive(
    transaction: StoreTransaction,
    place: WritePlace,
    reason: ArchiveReason,
    gone: readonly { readonly id: string; readonly event_id?: string | undefined }[],
  ): Promise<Written> {
    if (gone.length === 0) {
      return NOTHING_WRITTEN;
    }
    const wanted = this.#wanted('records');
    const rows = await transaction.query(
      this.#statement(`archive ${place.kind} ${wanted}`, (options) => archiveStatement(place.kind, wanted, options)),
      [JSON.stringify(gone), place.districtId, String(place.run), reason],
    );
    return this.#written(transaction, place, rows);
  }

  async #storeJson(
    transaction: StoreTransaction,
    place: WritePlace,
    source: RecordSource,
    json: string,
  ): Promise<Written> {
    const wanted = this.#wanted('records');
    const rows = await transaction.query(
      this.#statement(`store ${place.kind} ${source} ${wanted}`, (options) =>
        storeStatement(place.kind, source, wanted, options),
      ),
      [json, place.districtId, String(place.run)],
    );
    return this.#written(transaction, place, rows);
  }

  #wanted(forHook: Wanted): Wanted {
    return this.#context.options.onChanges === undefined ? 'counts' : forHook;
  }

  #statement(key: string, make: (options: { schema: string; keepsValues: boolean }) => string): string {
    const { schema, options } = this.#context;
    let statement = this.#statements.get(key);
    if (statement === undefined) {
      statement = make({ schema, keepsValues: options.keepsValues });
      this.#statements.set(key, statement);
    }
    return statement;
  }

  async #written(transaction: StoreTransaction, place: WritePlace, rows: readonly Row[]): Promise<Written> {
    const written: Record<string, number> = { ...NOTHING_WRITTEN };
    for (const row of rows) {
      if (row['op'] === 'foreign') {
        throw new CleverSyncError('sync_foreign_record', { run: place.run });
      }
      const op = String(row['op']);
      if (op in NOTHING_WRITTEN) {
        written[op] = (written[op] ?? 0) + Number(row['number'] ?? 1);
      }
    }
    if (this.#context.options.onChanges !== undefined) {
      const changes = rows.filter((row) => String(row['op']) in NOTHING_WRITTEN).map((row) => changeOf(place, row));
      changes.sort((one, other) => one.seq - other.seq);
      await callHook(this.#context, changes, { tx: transaction.tx, districtId: place.districtId, run: place.run });
    }
    return written as unknown as Written;
  }
}

/** The change in a row of a statement or of the change log. */
export function changeOf(place: WritePlace, row: Row): SyncChange<SensitiveField> {
  const previous = row['previous'];
  return {
    seq: Number(row['seq']),
    districtId: place.districtId,
    kind: place.kind,
    id: String(row['id']),
    op: row['op'] as SyncOperation,
    record: row['record'] == null ? null : JSON.parse(String(row['record'])),
    ...(previous == null ? {} : { previous: JSON.parse(String(previous)) }),
    fields: JSON.parse(String(row['fields'] ?? '[]')) as string[],
    run: place.run,
  } as unknown as SyncChange<SensitiveField>;
}
