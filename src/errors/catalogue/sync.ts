import type { SyncErrorCode } from '../codes.js';
import type { CatalogueEntry } from './entry.js';

/** What can end a sync, and what to do about it. Loaded with `clever-sdk/sync`, and by nothing else. */
export const SYNC: Readonly<Record<SyncErrorCode, CatalogueEntry>> = {
  sync_held: {
    what: 'The run is held: its plan would take away more than the guard allows.',
    do: 'Look at the plan: `sync.plan(districtId)`, `sync.status()` or `npx clever-sdk sync status`. Then approve it: `sync.approve(run, { by })` or `npx clever-sdk sync approve <run>`.',
  },
  sync_running: {
    what: 'Another run of this district is under way.',
    do: 'Call sync.request(districtId) to have it followed by one more, or try again later.',
  },
  sync_failed: {
    what: 'The run of a district failed with the error `{code}`.',
    do: 'Nothing has to be done at once: the district is due again later. sync.status() has the code and the number of failures.',
  },
  sync_lease_lost: {
    what: 'Another process has taken this district over, because this one did not renew its lease in time. Nothing was written after that.',
    do: 'Do nothing: the other process continues. If it happens often, look for what blocks the event loop, or raise `leaseMs`.',
  },
  sync_schema: {
    what: 'The tables of the sync do not exist in the schema, or are of another version: found {found}, needed {needed}.',
    do: 'Call sync.migrate() once, which `clever-sdk sync run` also does, or apply the statements that `clever-sdk sync sql` prints.',
  },
  sync_foreign_record: {
    what: 'Clever sent a record for this district that the mirror has under another district. Nothing was overwritten.',
    do: 'Check that each district has its own token. If the two districts have merged, purge the one that is gone first.',
  },
  sync_foreign_district: {
    what: 'The token answers for another district than the one that it is stored under. Nothing was written.',
    do: 'Fetch the token of this district again, and check which district each stored token belongs to.',
  },
  sync_hook: {
    what: 'The hook `onChanges` failed, so the changes of its transaction were rolled back. The next run repeats them.',
    do: "Look at the error's `hookError`, which is not printed because it may contain a record's values.",
  },
  sync_hook_timeout: {
    what: 'The hook `onChanges` did not end within {seconds} s, so the changes of its transaction were rolled back.',
    do: 'Use only the `tx` that the hook is given. With an embedded database, a statement sent to the database itself waits for ever, because it has one connection. Do slow work from sync.changes() instead.',
  },
  sync_database: {
    what: 'The database did not answer or refused a statement of the sync ({state}). Its transaction was rolled back, and the next run continues there.',
    do: 'Check that the database is reachable, has space left, and allows statements of some seconds.',
  },
  sync_incomplete: {
    what: 'Clever sent {read} records of `{kind}` and counts {counted}. Nothing was taken for gone.',
    do: 'Run the sync again later. If it stays so, report it to Clever: the listing and its count disagree.',
  },
  sync_unknown_run: {
    what: 'The run cannot be approved: it does not exist, is not held, or its plan has changed since.',
    do: 'Run the sync again, and approve the run that it then reports as held.',
  },
  sync_rate_budget: {
    what: 'The store of the rate budget, postgresRateBudget() on {library}, failed or did not answer within {timeoutMs} ms (SQLSTATE {state}). No request was sent.',
    do: 'Call sync.migrate() once, which makes its table, and check that the database is reachable and that nothing locks the table.',
  },
  sync_folder_locked: {
    what: 'The folder of the embedded database is already open: {holder}. Two processes at once would ruin it.',
    do: 'Close the other one, or use a PostgreSQL server, which many processes may share.',
  },
  sync_folder_unusable: {
    what: 'The folder of the embedded database was left incomplete, because a process was killed while it wrote.',
    do: 'Delete the folder, or restore a copy of it, and run the sync again: a full run fills it from Clever.',
  },
  sync_pglite_missing: {
    what: 'A folder as database needs PGlite, which is not installed.',
    do: 'Add it with `npm install @electric-sql/pglite`, or use a PostgreSQL server.',
  },
  sync_engine: {
    what: 'The engine of the sync, pg-boss, failed or did not answer ({state}). No district is lost: what is due stays due in its own row.',
    do: 'Check that the database of pg-boss is reachable and has space left. The next look for due districts repeats the request.',
  },
};
