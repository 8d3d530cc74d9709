import type { SyncKind, SyncRecords } from '../kinds.js';
import type { Column, ColumnType, RECORD_TABLES, RELATION_TABLES, Table } from './tables.js';

/** What a column is in TypeScript, as `pg` and PGlite read it; a `bigint` is text there. */
interface Values {
  text: string;
  bigint: string;
  integer: number;
  boolean: boolean;
  'double precision': number;
  jsonb: unknown;
  timestamptz: Date;
  'text[]': string[];
}

type Value<Its extends Column> = Values[Its['type'] & ColumnType] | (Its['isNullable'] extends true ? null : never);

type RowOf<Its extends Table> = { [Name in keyof Its['columns']]: Value<Its['columns'][Name]> };

/** A row of a table of records. */
type RecordRow<Kind extends SyncKind> = Omit<RowOf<(typeof RECORD_TABLES)[Kind]>, 'data'> & { data: SyncRecords[Kind] };

/**
 * The tables of a sync that apps read, for Kysely and other typed query builders:
 * `new Kysely<AppTables & SyncTables>(…).withSchema('clever').selectFrom('users')`. Made from the same description as
 * the tables themselves.
 */
export type SyncTables = { [Kind in SyncKind]: RecordRow<Kind> } & {
  [Name in keyof typeof RELATION_TABLES]: RowOf<(typeof RELATION_TABLES)[Name]>;
};
