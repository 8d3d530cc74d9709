import { isCleverError } from '../../errors/base.js';
import { CleverConfigError } from '../../errors/config.js';
import { CleverSyncError } from '../../errors/sync.js';
import { harmlessCause } from '../../privacy/harmless-cause.js';
import { sqlStateOf } from '../store/sql-state.js';

/** How pg-boss says that it was not started, or has stopped. */
const NOT_RUNNING = /\bcall start\(\)|\bpg-boss is stopped\b/iu;
/** The schema, or a table in it, does not exist: `boss.start()` makes both. */
const NO_TABLES = ['3F000', '42P01'];

/**
 * Returns the typed error for what a call of pg-boss threw, which may contain a statement.
 *
 * @returns a `CleverConfigError` when pg-boss is not running, and otherwise a `CleverSyncError` `sync_engine`.
 */
export function typedFailure(error: unknown): Error {
  if (isCleverError(error)) {
    return error;
  }
  const sqlState = sqlStateOf(error);
  if (NO_TABLES.includes(sqlState ?? '') || (error instanceof Error && NOT_RUNNING.test(error.message))) {
    return new CleverConfigError(
      'pgBossEngine(): pg-boss is not running. Call `await boss.start()` before the sync uses it, and `worker.stop()` before `boss.stop()`.',
    );
  }
  const values = { state: sqlState === undefined ? 'no SQLSTATE' : `SQLSTATE ${sqlState}` };
  return new CleverSyncError('sync_engine', { values, sqlState, isRetryable: true, cause: harmlessCause(error) });
}

/**
 * Returns what pg-boss may store of a failed job. It stores every member of an error that it is given, the stack and
 * the cause included, and shows them on its dashboard: so it is given a code and a sentence, and no sentence that the
 * SDK did not write.
 */
export function storableFailure(error: unknown): Error {
  const { name, code, message } = isCleverError(error)
    ? error
    : { name: 'Error', code: 'unknown', message: 'The handling failed with an error that is not of clever-sdk.' };
  const stored = Object.assign(new Error(message), { code });
  Object.defineProperty(stored, 'name', { value: name });
  Object.defineProperty(stored, 'stack', { value: undefined });
  return stored;
}
