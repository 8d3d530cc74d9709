import { CleverSyncError } from '../../errors/sync.js';
import { assertKnownKeys } from '../../options/known-keys.js';
import { keysOf } from '../../util/keys-of.js';
import type { SyncStore } from '../store/store.js';
import { quoteSchema } from './identifier.js';
import { foundationStatements, MIGRATIONS, noteStatement, SCHEMA_VERSION } from './migrations.js';

/** What `migrate` did. */
export interface MigrationReport {
  /** The version before; 0 for a new schema. */
  readonly from: number;
  /** The version now. */
  readonly to: number;
}

/**
 * Brings the tables to the version of this release, in one transaction. Two processes may call it at once: one waits
 * for the other.
 */
export async function migrate(store: SyncStore, schema: string): Promise<MigrationReport> {
  return store.transaction(async ({ query }) => {
    await query('select pg_advisory_xact_lock(hashtextextended($1::text, 0))::text as locked', [
      `clever-sdk ${schema}`,
    ]);
    for (const statement of foundationStatements(schema)) {
      await query(statement);
    }
    const from = await versionOf(query, schema);
    for (const { version, statements } of MIGRATIONS.filter((migration) => migration.version > from)) {
      for (const statement of statements(schema)) {
        await query(statement);
      }
      await query(noteStatement(schema, version));
    }
    return { from, to: Math.max(from, SCHEMA_VERSION) };
  });
}

/** Where the tables of {@link syncSql} are. */
export interface SyncSqlOptions {
  /** The PostgreSQL schema. Default `'clever'`. */
  readonly schema?: string;
}

/**
 * Returns the statements of all migrations as one text of SQL, for a migration tool of your own.
 *
 * @throws `CleverConfigError` for a name that a schema cannot have.
 */
export function syncSql(options: SyncSqlOptions = {}): string {
  assertKnownKeys('syncSql()', options, SQL_KEYS);
  const schema = quoteSchema(options.schema ?? 'clever');
  const steps = MIGRATIONS.map(({ version, title, statements }) =>
    [`-- ${version}. ${title}`, ...[...statements(schema), noteStatement(schema, version)].map(withSemicolon)].join(
      '\n\n',
    ),
  );
  return `${[...foundationStatements(schema).map(withSemicolon), ...steps].join('\n\n')}\n`;
}

const SQL_KEYS = keysOf<SyncSqlOptions>()({ schema: true });

/**
 * Refuses tables of another version.
 *
 * @throws {@link CleverSyncError} with code `sync_schema`.
 */
export async function checkVersion(store: SyncStore, schema: string): Promise<void> {
  const [exists] = await store.query('select (to_regclass($1::text) is not null) as known', [
    `${schema}.schema_version`,
  ]);
  const found = exists?.['known'] === true ? await versionOf(store.query, schema) : 0;
  if (found !== SCHEMA_VERSION) {
    throw new CleverSyncError('sync_schema', { values: { found, needed: SCHEMA_VERSION } });
  }
}

async function versionOf(query: SyncStore['query'], schema: string): Promise<number> {
  const [row] = await query(`select coalesce(max(version), 0)::float8 as version from ${schema}.schema_version`);
  return Number(row?.['version'] ?? 0);
}

function withSemicolon(statement: string): string {
  return `${statement.trim()};`;
}
