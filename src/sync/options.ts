import {
  type ApiVersion,
  type CleverClient,
  CleverConfigError,
  type CleverTokenClient,
  createCleverClient,
  type SensitiveField,
  type SensitiveFieldsIn,
  type SensitiveFieldsOption,
} from '../index.js';
import { assertKnownKeys } from '../options/known-keys.js';
import { checkFunction, checkInteger } from '../options/values.js';
import { SENSITIVE_FIELDS, sensitiveFieldsIn } from '../privacy/index.js';
import { keysOf } from '../util/keys-of.js';
import type { SyncChange } from './changes/change.js';
import type { KnownDistrict } from './clever/source.js';
import { type Duration, milliseconds } from './duration.js';
import { checkEngine } from './engine/check-engine.js';
import type { SyncEngine } from './engine/engine.js';
import type { SyncEvent } from './events.js';
import { DEFAULT_KINDS, orderedKinds, SYNC_KINDS, type SyncKind } from './kinds.js';
import { type GuardOptions, type ResolvedGuard, resolveGuard } from './run/guard-limits.js';
import type { SyncPlan } from './run/planned.js';
import {
  type BackOffOptions,
  type EveryOption,
  type QuietHoursOption,
  resolveSchedule,
  type Schedule,
} from './schedule.js';
import type { SyncStore } from './store/store.js';
import { quoteSchema } from './tables/identifier.js';

/** What the hook `onChanges` is given beside the changes. */
export interface HookContext<Tx> {
  /** The library's own transaction, in which the changes are stored. Use it for every statement. */
  readonly tx: Tx;
  /** The district whose records changed: Clever's id. */
  readonly district: string;
  /** The number of the run. */
  readonly run: number;
}

/** What `onHeld` is given. */
export interface HeldRun {
  readonly run: number;
  readonly districtId: string;
  readonly plan: SyncPlan;
}

/**
 * Options of `createRosterSync`.
 *
 * @typeParam Tx - The transaction of the store's library, as the hook gets it.
 * @typeParam Option - The sensitive fields that are kept.
 */
export interface RosterSyncOptions<Tx = unknown, Option extends SensitiveFieldsOption = readonly []> {
  /** A client with the app's credentials, which finds the token of each district. Or pass `districts`. */
  readonly clever?: CleverClient<ApiVersion> | CleverTokenClient<ApiVersion>;
  /** Districts with their tokens, for a sync without the app's credentials. */
  readonly districts?: readonly KnownDistrict[];
  /** Where the tables are: `fromPg(pool)`, `fromPglite(db)` … */
  readonly store: SyncStore<Tx>;
  /** The PostgreSQL schema of the tables. Default `'clever'`. */
  readonly schema?: string;
  /** The kinds of record to keep, beside the district itself. Default: schools, terms, courses, users, sections. */
  readonly kinds?: readonly SyncKind[];
  /** The sensitive student fields to keep, each by its name. Default: none reaches a table. */
  readonly sensitiveFields?: Option;
  /**
   * Called with the changes of each transaction, before it commits: at most 1,000 at a time, in their order. What it
   * writes with `tx` is committed with them, or not at all. When it throws, the transaction is rolled back and
   * the run ends with a {@link CleverSyncError} of code `sync_hook`; the next run repeats the changes.
   */
  readonly onChanges?: (
    changes: readonly SyncChange<SensitiveFieldsIn<Option>>[],
    context: HookContext<Tx>,
  ) => void | Promise<void>;
  /**
   * Called when the guard holds a run. The mirror is as it was. `'throw'` has `run()` reject with a
   * {@link CleverSyncError} of code `sync_held` in place of the outcome `held`.
   */
  readonly onHeld?: ((held: HeldRun) => void | Promise<void>) | 'throw';
  /** Called for each {@link SyncEvent}. Errors that it throws are ignored. */
  readonly onEvent?: (event: SyncEvent) => void;
  /** What may go at once without approval. `false` switches the guard off. */
  readonly guard?: GuardOptions | false;
  /**
   * The share of a district's records above which changes come faster by a full run than by events. Default 1/3.
   */
  readonly bulkShare?: number;
  /** How often a district is read in full, beside what events tell. Default `'7d'`. */
  readonly fullEvery?: Duration;
  /**
   * When a district is due again after a run. Each district has its own place within that time, so that districts are
   * due one after another, whenever they were first run. Default `'6h'`.
   */
  readonly every?: EveryOption;
  /** Hours in which workers begin no regular run. Default: none. */
  readonly quietHours?: QuietHoursOption;
  /** When a district is due again whose run failed or was killed. Default: after 30 s, then doubled up to 1 h. */
  readonly backOff?: BackOffOptions;
  /** What spreads districts over processes, for `sync.request()` and `sync.start()`. */
  readonly engine?: SyncEngine;
  /** `'values'` keeps the record before and after each change in the change log. Default `'fields'`: names only. */
  readonly history?: 'fields' | 'values';
  /** How long the change log and the runs are kept. Default `'90d'`. */
  readonly keepChanges?: Duration;
  /** How long a process may be silent before another one takes its district over, in milliseconds. Default 60000. */
  readonly leaseMs?: number;
  /** How long `onChanges` may take, in milliseconds. Default 60000. */
  readonly hookTimeoutMs?: number;
  /** Records per request, 1 to 10000. Default: the client's. */
  readonly pageSize?: number;
}

/** The options, checked, with every default filled in. */
export interface ResolvedOptions {
  readonly clever: CleverClient<ApiVersion> | CleverTokenClient<ApiVersion>;
  readonly districts: readonly KnownDistrict[] | undefined;
  readonly store: SyncStore;
  /** Quoted. */
  readonly schema: string;
  readonly kinds: readonly SyncKind[];
  readonly sensitiveFields: readonly SensitiveField[];
  readonly onChanges:
    | ((changes: readonly SyncChange<SensitiveField>[], context: HookContext<unknown>) => void | Promise<void>)
    | undefined;
  readonly onHeld: ((held: HeldRun) => void | Promise<void>) | 'throw' | undefined;
  readonly onEvent: ((event: SyncEvent) => void) | undefined;
  readonly guard: ResolvedGuard | undefined;
  readonly bulkShare: number;
  readonly fullEveryMs: number;
  readonly schedule: Schedule;
  readonly engine: SyncEngine | undefined;
  readonly keepsValues: boolean;
  readonly keepChangesMs: number;
  readonly leaseMs: number;
  readonly hookTimeoutMs: number;
  readonly pageSize: number | undefined;
}

const KEYS = keysOf<RosterSyncOptions>()({
  clever: true,
  districts: true,
  store: true,
  schema: true,
  kinds: true,
  sensitiveFields: true,
  onChanges: true,
  onHeld: true,
  onEvent: true,
  guard: true,
  bulkShare: true,
  fullEvery: true,
  every: true,
  quietHours: true,
  backOff: true,
  engine: true,
  history: true,
  keepChanges: true,
  leaseMs: true,
  hookTimeoutMs: true,
  pageSize: true,
});

/**
 * Checks the options of a sync.
 *
 * @throws {@link CleverConfigError} naming the option and what to pass.
 */
export function resolveOptions<Tx, Option extends SensitiveFieldsOption>(
  options: RosterSyncOptions<Tx, Option>,
): ResolvedOptions {
  assertKnownKeys('createRosterSync()', (options ?? {}) as object, KEYS);
  const { store, schema = 'clever', kinds = DEFAULT_KINDS, history = 'fields', bulkShare = 1 / 3 } = options;
  if (typeof store?.query !== 'function' || typeof store.transaction !== 'function') {
    throw new CleverConfigError('createRosterSync(): `store` must be a store, such as fromPg(pool).');
  }
  if (!Array.isArray(kinds) || !kinds.every((kind) => SYNC_KINDS.includes(kind as SyncKind))) {
    throw new CleverConfigError(`createRosterSync(): \`kinds\` must be a list of: ${SYNC_KINDS.join(', ')}.`);
  }
  const sensitiveFields = sensitiveFieldsIn(options.sensitiveFields ?? []);
  if (sensitiveFields === undefined) {
    throw new CleverConfigError(
      `createRosterSync(): \`sensitiveFields\` must be 'all' or a list of: ${SENSITIVE_FIELDS.join(', ')}.`,
    );
  }
  if (history !== 'fields' && history !== 'values') {
    throw new CleverConfigError("createRosterSync(): `history` must be 'fields' (the default) or 'values'.");
  }
  if (typeof bulkShare !== 'number' || !(bulkShare > 0 && bulkShare <= 1)) {
    throw new CleverConfigError('createRosterSync(): `bulkShare` must be a number above 0, at most 1.');
  }
  const { engine, onChanges, onHeld, onEvent, leaseMs = 60_000, hookTimeoutMs = 60_000, pageSize } = options;
  checkFunction('onChanges', onChanges);
  if (onHeld !== 'throw') {
    checkFunction('onHeld', onHeld);
  }
  checkFunction('onEvent', onEvent);
  checkEngine('createRosterSync()', engine);
  checkInteger('leaseMs', leaseMs, 1_000, 3_600_000);
  checkInteger('hookTimeoutMs', hookTimeoutMs, 1, 3_600_000);
  if (pageSize !== undefined) {
    checkInteger('pageSize', pageSize, 1, 10_000);
  }
  return Object.freeze({
    ...resolveClient(options),
    store,
    schema: quoteSchema(schema),
    kinds: orderedKinds(kinds),
    sensitiveFields: [...sensitiveFields].sort(),
    onChanges: onChanges as ResolvedOptions['onChanges'],
    onHeld,
    onEvent,
    guard: resolveGuard(options.guard),
    bulkShare,
    fullEveryMs: milliseconds('fullEvery', options.fullEvery ?? '7d'),
    schedule: resolveSchedule(options),
    engine,
    keepsValues: history === 'values',
    keepChangesMs: milliseconds('keepChanges', options.keepChanges ?? '90d'),
    leaseMs,
    hookTimeoutMs,
    pageSize,
  });
}

function resolveClient({
  clever,
  districts,
}: Pick<RosterSyncOptions, 'clever' | 'districts'>): Pick<ResolvedOptions, 'clever' | 'districts'> {
  if (districts === undefined) {
    if (typeof clever?.district !== 'function') {
      throw new CleverConfigError(
        "createRosterSync(): pass `clever`, a client with the app's credentials, or `districts`, each with its token.",
      );
    }
    return { clever, districts };
  }
  const isList = Array.isArray(districts) && districts.every((one) => typeof one?.districtId === 'string' && one.token);
  if (!isList) {
    throw new CleverConfigError('createRosterSync(): `districts` must be a list of `{ districtId, token }`.');
  }
  return { clever: clever ?? createCleverClient(), districts };
}
