import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fromPglite, fromPostgresJs, openPglite, type SyncStore } from '../../sync/index.js';
import type { CommandIo } from '../terminal/io.js';
import { visible } from '../terminal/visible.js';
import type { DatabaseOptions } from './database-options.js';
import { EXIT } from './exit-codes.js';
import { CommandFailure } from './failure.js';

/** The database of a command. */
export interface Database {
  readonly store: SyncStore;
  close(): Promise<void>;
}

/** How a database is opened. */
interface OpenOptions {
  /** Whether one is made in a folder that has none. */
  readonly mayCreate: boolean;
  /** How many connections to a server may be open. Default 4. */
  readonly connections?: number;
}

const CONNECT_SECONDS = 10;

/**
 * Opens the database that `--database` or `DATABASE_URL` names. No message has the URL, which may contain a password.
 *
 * @throws {@link CommandFailure} when none is named, or when it does not answer.
 */
export async function openDatabase(
  io: CommandIo,
  { database = io.env['DATABASE_URL'] }: DatabaseOptions,
  { mayCreate, connections = 4 }: OpenOptions,
): Promise<Database> {
  if (database === undefined || database === '') {
    throw new CommandFailure(
      'no database. Name one with --database, a PostgreSQL URL or a folder, or set DATABASE_URL.',
      EXIT.usage,
    );
  }
  if (/^postgres(?:ql)?:/iu.test(database)) {
    return openServer(database, connections);
  }
  if (database.includes('://')) {
    throw new CommandFailure('the database is neither a URL that begins with postgres:// nor a folder.', EXIT.usage);
  }
  if (!mayCreate && !existsSync(join(database, 'PG_VERSION'))) {
    throw new CommandFailure(
      `there is no database in ${visible(database)}. \`clever-sdk sync run\` makes one and fills it.`,
      EXIT.usage,
    );
  }
  const embedded = await openPglite(database);
  return { store: fromPglite(embedded) as SyncStore, close: () => embedded.close() };
}

async function openServer(url: string, max: number): Promise<Database> {
  const { default: postgres } = await import('postgres');
  let sql: ReturnType<typeof postgres>;
  try {
    sql = postgres(url, {
      max,
      // Prepared statements do not work through every pooler.
      prepare: false,
      // It asks for them when it connects, and a connection that is lost meanwhile would end the process.
      fetch_types: false,
      connect_timeout: CONNECT_SECONDS,
      // They repeat what migrations say of tables that exist.
      onnotice: () => undefined,
    });
  } catch {
    throw new CommandFailure('the URL of the database is not valid: postgres://user@host:5432/name.', EXIT.usage);
  }
  const close = (): Promise<void> => sql.end({ timeout: 5 });
  try {
    await sql`select 1`;
  } catch (error) {
    await close();
    throw unreachable((error as { readonly code?: unknown } | null)?.code);
  }
  return { store: fromPostgresJs(sql) as SyncStore, close };
}

/** The server's own messages name users and hosts, so only its code is read. */
function unreachable(code: unknown): CommandFailure {
  const known: Readonly<Record<string, string>> = {
    '28P01': 'the PostgreSQL server refuses the user or the password. Check both in the URL.',
    '28000': 'the PostgreSQL server refuses the user. Check the URL, and what pg_hba.conf allows.',
    '3D000': 'the PostgreSQL server has no database of that name. Create it first, or correct the URL.',
    '53300': 'the PostgreSQL server has no connection left. Try again, or raise its max_connections.',
  };
  const shown = typeof code === 'string' && /^[\w-]{1,30}$/u.test(code) ? ` (${code})` : '';
  return new CommandFailure(
    (typeof code === 'string' ? known[code] : undefined) ??
      `the PostgreSQL server does not answer${shown}. Check host and port of the URL, and whether the server runs.`,
  );
}
