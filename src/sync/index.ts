/**
 * Keeps an app's database in step with Clever: one mirror of each district on PostgreSQL, right after any crash.
 *
 * @packageDocumentation
 */

export { CleverSyncError } from '../errors/sync.js';
export type { SyncChange, SyncChangeOf, SyncOperation } from './changes/change.js';
export type { ChangesOptions } from './changes/consume.js';
export type { KnownDistrict } from './clever/source.js';
export type { Duration } from './duration.js';
export type {
  DistrictHandler,
  Handled,
  HandlerContext,
  StopEngine,
  SyncEngine,
  WorkOptions,
} from './engine/engine.js';
export { inProcessEngine } from './engine/in-process.js';
export type { DistrictEvent, RunEvent, SyncEvent, WorkerEvent } from './events.js';
export type { ExplainedChange, Explanation } from './explain.js';
export { DEFAULT_KINDS, SYNC_KINDS, type SyncKind, type SyncRecords } from './kinds.js';
export type { DistrictMirror, MirrorChange, MirrorReadOptions } from './mirror/district-mirror.js';
export type { HeldRun, HookContext, RosterSyncOptions } from './options.js';
export {
  type StatusPageAnswer,
  type StatusPageOptions,
  type StatusPageQuestion,
  type StatusPageSync,
  statusPage,
} from './page/status-page.js';
export type { PurgeReport } from './purge.js';
export {
  DEFAULT_GUARD,
  type GuardFinding,
  type GuardLimit,
  type GuardOptions,
  type GuardScope,
  type GuardVerdict,
} from './run/guard-limits.js';
export type { KindCounts, SyncPlan } from './run/planned.js';
export type { RunCounts, RunMode, RunOptions, RunOutcome, SyncReport } from './run/report.js';
export type { RunState } from './run/run-row.js';
export type { RunsOptions, SyncRun } from './runs.js';
export type { BackOffOptions, EveryOption, QuietHours, QuietHoursOption, ScheduledDistrict } from './schedule.js';
export type { DistrictState, DistrictStatus, StatusOptions, SummaryOptions, SyncSummary } from './status.js';
export * from './store/index.js';
export { type ApproveOptions, createRosterSync, type RosterSync } from './sync.js';
export { type DrizzleSchemaOptions, drizzleSchema } from './tables/drizzle.js';
export type { SyncTables } from './tables/kysely.js';
export { type MigrationReport, type SyncSqlOptions, syncSql } from './tables/migrate.js';
export type { TickOptions, TickReport } from './worker/tick.js';
export type { StartOptions, StopOptions, StopReport, SyncWorker, WorkerHealth } from './worker/worker.js';
