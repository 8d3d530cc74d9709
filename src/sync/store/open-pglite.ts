import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { CleverConfigError } from '../../errors/config.js';
import { CleverSyncError } from '../../errors/sync.js';
import type { FileLock } from '../../locks/file-lock.js';
import { harmlessCause } from '../../privacy/harmless-cause.js';
import { lockFolder, OWN } from './folder-lock.js';
import type { Pglite, PgliteTransaction } from './from-pglite.js';

/** What the hook of a sync is given with an embedded database: PGlite's `Transaction`. */
export interface EmbeddedTransaction extends PgliteTransaction {
  /** Sends one statement with parameters. */
  query<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<{ readonly rows: Row[] }>;
  /** Sends statements without parameters. */
  exec(text: string): Promise<unknown>;
}

/** `AsyncDisposable` where the compiler knows it. Named as such, it would be an error for compilers that do not. */
type Disposable = SymbolConstructor extends { readonly asyncDispose: infer Key extends symbol }
  ? { readonly [Name in Key]: () => PromiseLike<void> }
  : object;

/** An open database in a folder. It is a `PGlite` whose `close` also gives the folder free. */
export interface EmbeddedDatabase extends Pglite<EmbeddedTransaction>, Disposable {
  /** Sends one statement with parameters. */
  query<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<{ readonly rows: Row[] }>;
  /** Sends statements without parameters. Returns the result of each. */
  exec(text: string): Promise<{ readonly rows: Record<string, unknown>[] }[]>;
  /** Opens a transaction, and commits it when the work is done. */
  transaction<Result>(work: (tx: EmbeddedTransaction) => Promise<Result>): Promise<Result>;
  /** Waits for what is under way, closes the database and gives the folder free. May be called again. */
  close(): Promise<void>;
}

/** The part of `@electric-sql/pglite` that is used. */
interface PgliteModule {
  readonly PGlite: { create(folder: string): Promise<EmbeddedDatabase> };
}

/** What every folder of PostgreSQL has from the moment that it is complete. The first comes last: see `createIn`. */
const COMPLETE = ['PG_VERSION', 'base', 'global', 'pg_wal', 'pg_xact'];
/** Where a database is made before it is moved to its place. */
const NEW = `${OWN}new`;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** How long a signal waits for the database to close. */
const CLOSE_MS = 5_000;

/**
 * Opens the embedded PostgreSQL of a folder, and creates it when the folder is empty or does not exist.
 *
 * Needs the package `@electric-sql/pglite`. PGlite itself does not lock its folder, and two processes at once ruin it,
 * so this keeps a lock in it. The lock of a process that is dead is taken over. A database that was being made when its
 * process was killed is made again. A kill in the middle of a transaction loses that transaction and no other
 * (observed: PGlite repeats its log, as PostgreSQL does).
 *
 * `SIGINT` and `SIGTERM` close the database before the process ends, unless the app listens to them itself: then it
 * has to call `close`. The lock is released in any case when the process exits.
 *
 * @param folder - Where the database is. It needs about 40 MB.
 * @throws {@link CleverSyncError} `sync_folder_locked` while another process has the folder open;
 * `sync_folder_unusable` for a folder that cannot be opened; `sync_pglite_missing` without the package.
 * @throws `CleverConfigError` for a folder with other files, which are left alone.
 *
 * @example
 * ```ts
 * import { fromPglite, openPglite } from 'clever-sdk/sync';
 *
 * const db = await openPglite('./roster');
 * const store = fromPglite(db);
 * await db.close();
 * ```
 */
export async function openPglite(folder: string): Promise<EmbeddedDatabase> {
  if (typeof folder !== 'string' || folder === '') {
    throw new CleverConfigError('openPglite(folder): pass the path of a folder.');
  }
  const path = resolve(folder);
  const pglite = await loadPglite();
  mkdirSync(path, { recursive: true });
  refuseForeignFiles(path);
  const lock = await lockFolder(path);
  try {
    await createIn(path, pglite);
    return closing(await openIn(path, pglite), lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function loadPglite(): Promise<PgliteModule> {
  try {
    return (await import('@electric-sql/pglite')) as unknown as PgliteModule;
  } catch (error) {
    throw new CleverSyncError('sync_pglite_missing', { cause: harmlessCause(error) });
  }
}

/** The files in a folder that are not ours. */
function filesIn(path: string): string[] {
  return readdirSync(path).filter((name) => !name.startsWith(OWN));
}

function refuseForeignFiles(path: string): void {
  const names = filesIn(path);
  if (names.length > 0 && !names.some((name) => COMPLETE.includes(name)) && !existsSync(join(path, NEW))) {
    throw new CleverConfigError(
      `openPglite('${path}'): the folder has files, and none of a database. Name one that is empty or does not exist.`,
    );
  }
}

/**
 * Creates the database where none exists: in a folder of its own, from which it is moved to its place, the mark of a
 * database last. What a kill has left of that is removed first.
 */
async function createIn(path: string, { PGlite }: PgliteModule): Promise<void> {
  const fresh = join(path, NEW);
  const isComplete = COMPLETE.every((name) => existsSync(join(path, name)));
  if (existsSync(fresh)) {
    const remains = isComplete ? [NEW] : [NEW, ...filesIn(path)];
    for (const name of remains) {
      rmSync(join(path, name), { recursive: true, force: true });
    }
  }
  if (filesIn(path).length > 0) {
    return;
  }
  const db = await PGlite.create(fresh);
  await db.close();
  const [mark = ''] = COMPLETE;
  const names = readdirSync(fresh).filter((name) => name !== mark);
  for (const name of [...names, mark]) {
    renameSync(join(fresh, name), join(path, name));
  }
  rmdirSync(fresh);
}

async function openIn(path: string, { PGlite }: PgliteModule): Promise<EmbeddedDatabase> {
  if (!COMPLETE.every((name) => existsSync(join(path, name)))) {
    throw new CleverSyncError('sync_folder_unusable');
  }
  try {
    const db = await PGlite.create(path);
    await db.query('select count(*) from pg_class');
    return db;
  } catch (error) {
    throw new CleverSyncError('sync_folder_unusable', { cause: harmlessCause(error) });
  }
}

/** The open databases of this process: what closes each, and its lock. */
const opened = new Map<() => Promise<void>, FileLock>();

/** Has the database give its folder free when it is closed, by a call, by a signal or by the end of the process. */
function closing(db: EmbeddedDatabase, lock: FileLock): EmbeddedDatabase {
  const closeDatabase = db.close.bind(db);
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= closeDatabase().finally(() => {
      lock.release();
      process.removeListener('exit', lock.release);
      opened.delete(close);
      listen(opened.size > 0);
    });
    return closed;
  };
  db.close = close;
  process.once('exit', lock.release);
  opened.set(close, lock);
  listen(true);
  return db;
}

function listen(isWanted: boolean): void {
  for (const signal of SIGNALS) {
    process.removeListener(signal, onSignal);
    if (isWanted) {
      process.on(signal, onSignal);
    }
  }
}

/** An app that listens as well has its own way to end, in which it closes its databases. */
async function onSignal(signal: NodeJS.Signals): Promise<void> {
  if (process.listenerCount(signal) > 1) {
    return;
  }
  const all = Promise.allSettled([...opened.keys()].map((close) => close()));
  await Promise.race([all, sleep(CLOSE_MS, undefined, { ref: false })]);
  for (const lock of opened.values()) {
    lock.release(); // its transaction did not end in time, and ends with the process
  }
  listen(false);
  process.kill(process.pid, signal);
}
