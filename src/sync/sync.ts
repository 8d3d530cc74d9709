import { CleverConfigError } from '../errors/config.js';
import { CleverSyncError } from '../errors/sync.js';
import type { SensitiveField, SensitiveFieldsIn, SensitiveFieldsOption } from '../index.js';
import { assertKnownKeys } from '../options/known-keys.js';
import { checkSignal } from '../options/signal.js';
import { checkInteger } from '../options/values.js';
import { defineInspect } from '../privacy/index.js';
import { keysOf } from '../util/keys-of.js';
import type { SyncChange } from './changes/change.js';
import { type ChangesOptions, consume } from './changes/consume.js';
import { SyncSource } from './clever/source.js';
import type { SyncContext } from './context.js';
import type { SyncEngine } from './engine/engine.js';
import { inProcessEngine } from './engine/in-process.js';
import { withTypedErrors } from './errors.js';
import { type Explanation, explainRecord } from './explain.js';
import { type DistrictMirror, mirrorOf } from './mirror/district-mirror.js';
import { type RosterSyncOptions, resolveOptions } from './options.js';
import { type PurgeReport, purgeDistrict } from './purge.js';
import type { SyncPlan } from './run/planned.js';
import type { RunOptions, SyncReport } from './run/report.js';
import { planDistrict, runDistrict } from './run/run-district.js';
import { type RunsOptions, readRuns, type SyncRun } from './runs.js';
import {
  type DistrictStatus,
  readStatus,
  readSummary,
  type StatusOptions,
  type SummaryOptions,
  type SyncSummary,
} from './status.js';
import { checkVersion, type MigrationReport, migrate } from './tables/migrate.js';
import { isText } from './text.js';
import { startWorker } from './worker/start.js';
import { type TickOptions, type TickReport, tick } from './worker/tick.js';
import type { StartOptions, SyncWorker } from './worker/worker.js';

/** Who approves a plan. */
export interface ApproveOptions {
  /** Who: stored with the run. */
  readonly by: string;
  /**
   * The `hash` of the plan that was looked at: the approval is refused when the run has another plan by now. Default:
   * its present plan, whatever that is.
   */
  readonly hash?: string;
}

/**
 * Keeps the tables of an app's database in step with Clever's districts. Made by {@link createRosterSync}.
 *
 * @typeParam Sensitive - The sensitive fields that the tables have, by name.
 */
export interface RosterSync<Sensitive extends SensitiveField = never> {
  /** Makes the tables, or brings them to the version of this release. Safe to call from several processes at once. */
  migrate(): Promise<MigrationReport>;
  /**
   * Brings the mirror of a district in step: by its events where they tell all, by a full reading where they do not.
   * Goes on where an unfinished or a killed run has stopped.
   *
   * @throws {@link CleverSyncError}; see its codes. The mirror is then as far as its last transaction, and the next
   * run continues there.
   */
  run(districtId: string, options?: RunOptions): Promise<SyncReport>;
  /**
   * Reads a district in full and says what a run would do. Changes nothing of the mirror. Its run can be approved.
   */
  plan(districtId: string): Promise<SyncPlan>;
  /**
   * Releases the plan of a held or planned run: the next run applies that very plan, and no other.
   *
   * @throws {@link CleverSyncError} with code `sync_unknown_run` when the run does not wait for approval, or has
   * another plan than `hash`.
   */
  approve(run: number, options: ApproveOptions): Promise<void>;
  /**
   * Reads the change log: each change at least once, in the order of its district. Going on to the next change
   * acknowledges the one before.
   */
  changes(options: ChangesOptions): AsyncIterable<SyncChange<Sensitive>>;
  /**
   * Returns what reads the mirror of one district: its records, and what has changed in it since a position. Nothing is
   * read before one of its calls is used.
   */
  mirror(districtId: string): DistrictMirror<Sensitive>;
  /** Returns the state of every district, or of those that the options choose. */
  status(options?: StatusOptions): Promise<DistrictStatus[]>;
  /** Counts the districts in each state: how many are held, failing, running, due … */
  summary(options?: SummaryOptions): Promise<SyncSummary>;
  /** Returns runs with their counts, the newest first: those of all districts, or of one. */
  runs(options?: RunsOptions): Promise<SyncRun[]>;
  /** Says of a record when it came, changed and went, and why. */
  explain(recordId: string): Promise<Explanation>;
  /**
   * Deletes everything of a district for good: for the end of a contract. Disconnect it at Clever first: a worker that
   * finds it in the app's list of tokens takes it for a new one.
   */
  purge(districtId: string): Promise<PurgeReport>;
  /**
   * Asks for a run of a district, now and whatever its due time: the one that is under way is followed by one more.
   * Kept in the row of the district, so that nothing loses it. A process with an engine queues it at once; from any
   * other, a worker finds it when it looks next.
   */
  request(districtId: string): Promise<void>;
  /**
   * Starts a worker in this process: it runs the districts that the app's list of tokens has, each when it is due,
   * until `worker.stop()`.
   *
   * @throws `CleverConfigError` for an option that does not exist or has an invalid value.
   * @throws {@link CleverSyncError} with code `sync_schema` or `sync_database`, before anything has started.
   */
  start(options?: StartOptions): Promise<SyncWorker>;
  /**
   * Runs due districts for a while and then ends, for serverless functions that a timer calls: what is not ready goes
   * on at the next call. Two calls at once are harmless, because each district has one lease.
   *
   * @throws {@link CleverSyncError} with code `sync_schema` or `sync_database`. A failed run is counted instead.
   */
  tick(options: TickOptions): Promise<TickReport>;
}

/**
 * Makes a sync.
 *
 * @throws `CleverConfigError` for an option that does not exist or has an invalid value.
 *
 * @example
 * ```ts
 * import { createCleverClient } from 'clever-sdk';
 * import { createRosterSync, fromPg } from 'clever-sdk/sync';
 * import { Pool } from 'pg';
 *
 * const clever = createCleverClient({
 *   clientId: process.env['CLEVER_CLIENT_ID'],
 *   clientSecret: process.env['CLEVER_CLIENT_SECRET'],
 * });
 * const sync = createRosterSync({ clever, store: fromPg(new Pool()) });
 * await sync.migrate();
 * for (const { owner } of await clever.oauth.districtTokens()) {
 *   const report = await sync.run(owner.id);
 *   console.log(report.outcome, report.created);
 * }
 * ```
 */
export function createRosterSync<Tx, const Option extends SensitiveFieldsOption = readonly []>(
  options: RosterSyncOptions<Tx, Option>,
): RosterSync<SensitiveFieldsIn<Option>> {
  const resolved = resolveOptions(options);
  const { store, schema, clever, districts, sensitiveFields, pageSize } = resolved;
  const context: SyncContext = {
    store: withTypedErrors(store),
    schema,
    options: resolved,
    source: new SyncSource({ clever, districts, sensitiveFields, pageSize }),
    sensitiveFields,
    emit: (event) => {
      try {
        resolved.onEvent?.(event);
      } catch {
        // An observer must not end a run.
      }
    },
  };
  /** The engines that take requests: that of the options, and that of each worker that was started here. */
  const engines: SyncEngine[] = resolved.engine === undefined ? [] : [resolved.engine];
  const queue = async (districtId: string): Promise<void> => {
    for (const engine of new Set(engines)) {
      try {
        await engine.request([districtId]);
      } catch {
        // The row has the request: whichever worker looks next finds it.
      }
    }
  };
  let isChecked = false;
  const ready = async (): Promise<void> => {
    if (!isChecked) {
      await checkVersion(context.store, schema);
      isChecked = true;
    }
  };
  const sync: RosterSync<SensitiveFieldsIn<Option>> = {
    migrate: () => migrate(context.store, schema),
    async run(districtId, runOptions = {}) {
      checkId('sync.run()', districtId);
      assertKnownKeys('sync.run()', runOptions, RUN_KEYS);
      checkInteger('budgetMs', runOptions.budgetMs, 1, 86_400_000);
      checkSignal(runOptions.signal);
      await ready();
      return runDistrict(context, districtId, runOptions);
    },
    async plan(districtId) {
      checkId('sync.plan()', districtId);
      await ready();
      return planDistrict(context, districtId);
    },
    async approve(run, approveOptions) {
      assertKnownKeys('sync.approve()', (approveOptions ?? {}) as object, APPROVE_KEYS);
      if (!Number.isSafeInteger(run) || !isText(approveOptions?.by)) {
        throw new CleverConfigError('sync.approve() needs the number of a run, and in `by` who approves it.');
      }
      if (approveOptions.hash !== undefined && !isText(approveOptions.hash)) {
        throw new CleverConfigError('sync.approve(): `hash` must be that of a plan, such as `plan.hash`.');
      }
      await ready();
      await queue(await approve(context, run, approveOptions));
    },
    async *changes(changesOptions) {
      assertKnownKeys('sync.changes()', (changesOptions ?? {}) as object, CHANGES_KEYS);
      await ready();
      yield* consume(context, changesOptions) as AsyncIterable<SyncChange<SensitiveFieldsIn<Option>>>;
    },
    mirror(districtId) {
      checkId('sync.mirror()', districtId);
      return mirrorOf(context, districtId, ready) as unknown as DistrictMirror<SensitiveFieldsIn<Option>>;
    },
    async status(statusOptions) {
      await ready();
      return readStatus(context, statusOptions);
    },
    async summary(summaryOptions) {
      await ready();
      return readSummary(context, summaryOptions);
    },
    async runs(runsOptions) {
      await ready();
      return readRuns(context, runsOptions);
    },
    async explain(recordId) {
      checkId('sync.explain()', recordId);
      await ready();
      return explainRecord(context, recordId);
    },
    async purge(districtId) {
      checkId('sync.purge()', districtId);
      await ready();
      return purgeDistrict(context, districtId);
    },
    async request(districtId) {
      checkId('sync.request()', districtId);
      await ready();
      await context.store.query(
        `
insert into ${schema}.sync_districts (id, asked_at) values ($1::text, clock_timestamp())
on conflict (id) do update set asked_at = clock_timestamp()`,
        [districtId],
      );
      await queue(districtId);
    },
    async start(startOptions = {}) {
      const engine = startOptions.engine ?? resolved.engine ?? inProcessEngine();
      await ready();
      const worker = await startWorker(context, startOptions, {
        engine,
        onStop: () => void engines.splice(engines.indexOf(engine), 1),
      });
      engines.push(engine);
      return worker;
    },
    async tick(tickOptions) {
      await ready();
      return tick(context, tickOptions);
    },
  };
  return Object.freeze(defineInspect(sync, () => ({ library: store.library, schema: schema.slice(1, -1) })));
}

const RUN_KEYS = keysOf<RunOptions>()({ full: true, signal: true, budgetMs: true });
const APPROVE_KEYS = keysOf<ApproveOptions>()({ by: true, hash: true });
const CHANGES_KEYS = keysOf<ChangesOptions>()({ consumer: true, signal: true, follow: true, pollMs: true });

/** Returns the district of the run. */
async function approve({ schema, store }: SyncContext, run: number, { by, hash }: ApproveOptions): Promise<string> {
  const [approved] = await store.query(
    `
with approved as (
  update ${schema}.runs
  set approved_at = clock_timestamp(), approved_by = $2::text, approved_hash = plan_hash
  where id = $1::text::bigint and state in ('held', 'planned') and ($3::text is null or plan_hash = $3::text)
  returning district_id
)
update ${schema}.sync_districts as district
set asked_at = clock_timestamp(), next_sync_at = clock_timestamp()
from approved
where district.id = approved.district_id
returning district.id`,
    [String(run), by, hash ?? null],
  );
  if (approved === undefined) {
    throw new CleverSyncError('sync_unknown_run');
  }
  return String(approved['id']);
}

function checkId(call: string, id: unknown): void {
  if (!isText(id)) {
    throw new CleverConfigError(`${call} needs an id of Clever's.`);
  }
}
