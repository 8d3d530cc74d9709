import { CleverConfigError } from '../errors/config.js';
import { checkOptions } from '../options/known-keys.js';
import { checkInteger } from '../options/values.js';
import { keysOf } from '../util/keys-of.js';
import type { SyncContext } from './context.js';
import { IS_DUE } from './run/due.js';
import type { GuardVerdict } from './run/guard-limits.js';
import { isText } from './text.js';
import { dateIn, inMs } from './times.js';

/*
 * The state of the districts: without a name of a person, and without ids but those of districts.
 */

/** The state of a district. */
export interface DistrictStatus {
  readonly districtId: string;
  readonly name: string | undefined;
  readonly connection: 'unknown' | 'connected' | 'paused' | 'disconnected';
  /** Records that are not archived. */
  readonly records: number;
  readonly lastRunAt: Date | undefined;
  readonly lastFullAt: Date | undefined;
  /** When it is due. */
  readonly nextSyncAt: Date | undefined;
  /** When someone asked for it, if no run has begun since. */
  readonly askedAt: Date | undefined;
  readonly isRunning: boolean;
  /** The held run, with the verdict of the guard. */
  readonly held: { readonly run: number; readonly verdict: GuardVerdict } | undefined;
  /** Failed runs in a row. */
  readonly failures: number;
  /**
   * Why the last one failed: the `code` of its error, `'unknown'` for an error that is not the SDK's, or
   * `'sync_lease_expired'` when its process was killed, or silent for so long that its lease ended.
   */
  readonly lastErrorCode: string | undefined;
}

/** A state by which districts are found. A district may be in several. */
export type DistrictState =
  /** The guard holds its last plan. */
  | 'held'
  /** Its last run failed. */
  | 'failing'
  | 'running'
  /** It was asked for, or its time has come, and no run of it is under way. */
  | 'due'
  /** It has paused its data at Clever. */
  | 'paused'
  /** It is not connected to the app. */
  | 'disconnected';

/** Which districts `sync.status()` returns, and in which order. */
export interface StatusOptions {
  /** Only this one. */
  readonly districtId?: string;
  /** Only those whose name contains this text, in any case, or whose id begins with it. */
  readonly search?: string;
  /** Only those in this state. */
  readonly state?: DistrictState;
  /** By the district's id, which is the default, or by its name. */
  readonly orderBy?: 'id' | 'name';
  /** At most this many, 1 to 10000. Default: all. */
  readonly limit?: number;
  /** Skips this many, for further pages. Default 0. */
  readonly offset?: number;
}

/** How many districts are in each state. */
export interface SyncSummary {
  /** All that the search finds, whatever their state. */
  readonly districts: number;
  readonly states: Readonly<Record<DistrictState, number>>;
  /** Since when the district that has waited longest is due; `undefined` when none is. */
  readonly dueSince: Date | undefined;
  /** The time of the database, by which all others are. */
  readonly at: Date;
}

/** Which districts `sync.summary()` counts: as in {@link StatusOptions}. */
export type SummaryOptions = Pick<StatusOptions, 'search'>;

const CONDITIONS: Readonly<Record<DistrictState, string>> = {
  held: 'district.held_run is not null',
  failing: 'district.failures > 0',
  running: 'coalesce(district.lease_until > clock_timestamp(), false)',
  due: `(${IS_DUE} and coalesce(lease_until <= clock_timestamp(), true))`,
  paused: `district.connection = 'paused'`,
  disconnected: `district.connection = 'disconnected'`,
};

/** Since when a due district is due. One that was never run is due since it was found. */
const DUE_SINCE = 'least(district.asked_at, coalesce(district.next_sync_at, district.created_at))';

/** The states by which districts are found, in the order in which they want attention. */
export const DISTRICT_STATES = Object.keys(CONDITIONS) as readonly DistrictState[];

const STATUS_KEYS = keysOf<StatusOptions>()({
  districtId: true,
  search: true,
  state: true,
  orderBy: true,
  limit: true,
  offset: true,
});
const SUMMARY_KEYS = keysOf<SummaryOptions>()({ search: true });

/** Whether `$1` is null, or found in a district's name, or at the beginning of its id. */
const FOUND = `(
  $1::text is null
  or strpos(lower(district.name), lower($1::text)) > 0
  or strpos(lower(district.id), lower($1::text)) = 1
)`;

/**
 * Returns the state of districts.
 *
 * @throws {@link CleverConfigError} for an option that does not exist or has an invalid value.
 */
export async function readStatus(
  { schema, store }: SyncContext,
  options: StatusOptions = {},
): Promise<DistrictStatus[]> {
  checkOptions('sync.status()', options, STATUS_KEYS);
  const { districtId, search, state, orderBy = 'id', limit, offset = 0 } = options;
  checkText('sync.status()', 'districtId', districtId);
  checkText('sync.status()', 'search', search);
  checkInteger('limit', limit, 1, 10_000);
  checkInteger('offset', offset, 0, Number.MAX_SAFE_INTEGER);
  if (state !== undefined && !Object.hasOwn(CONDITIONS, state)) {
    throw new CleverConfigError(`sync.status(): \`state\` must be one of: ${DISTRICT_STATES.join(', ')}.`);
  }
  if (orderBy !== 'id' && orderBy !== 'name') {
    throw new CleverConfigError("sync.status(): `orderBy` must be 'id' (the default) or 'name'.");
  }
  const rows = await store.query(
    `
select district.id, district.name, district.connection, district.records::float8 as records,
  ${inMs('last_run_at')}, ${inMs('last_full_at')}, ${inMs('next_sync_at')}, ${inMs('asked_at')},
  ${CONDITIONS.running} as is_running,
  held_run::float8 as held_run, run.verdict::text as verdict, failures::float8 as failures, last_error_code
from ${schema}.sync_districts as district
left join ${schema}.runs as run on run.id = district.held_run
where ${FOUND}
  and ($2::text is null or district.id = $2::text)
  and ${state === undefined ? 'true' : CONDITIONS[state]}
order by ${orderBy === 'name' ? 'lower(district.name) nulls last, ' : ''}district.id
limit $3::text::bigint offset $4::text::bigint`,
    [search ?? null, districtId ?? null, limit === undefined ? null : String(limit), String(offset)],
  );
  return rows.map((row) => {
    return {
      districtId: String(row['id']),
      name: (row['name'] as string | null) ?? undefined,
      connection: row['connection'] as DistrictStatus['connection'],
      records: Number(row['records']),
      lastRunAt: dateIn(row, 'last_run_at'),
      lastFullAt: dateIn(row, 'last_full_at'),
      nextSyncAt: dateIn(row, 'next_sync_at'),
      askedAt: dateIn(row, 'asked_at'),
      isRunning: row['is_running'] === true,
      held:
        row['held_run'] === null
          ? undefined
          : {
              run: Number(row['held_run']),
              verdict: JSON.parse(String(row['verdict'] ?? '{"isHeld":true,"findings":[]}')) as GuardVerdict,
            },
      failures: Number(row['failures']),
      lastErrorCode: (row['last_error_code'] as string | null) ?? undefined,
    };
  });
}

/**
 * Counts the districts in each state.
 *
 * @throws {@link CleverConfigError} for an option that does not exist or has an invalid value.
 */
export async function readSummary({ schema, store }: SyncContext, options: SummaryOptions = {}): Promise<SyncSummary> {
  checkOptions('sync.summary()', options, SUMMARY_KEYS);
  checkText('sync.summary()', 'search', options.search);
  const counts = DISTRICT_STATES.map((state) => `(count(*) filter (where ${CONDITIONS[state]}))::float8 as ${state}`);
  const [row] = await store.query(
    `
select count(*)::float8 as districts, ${counts.join(', ')},
  (extract(epoch from min(${DUE_SINCE}) filter (where ${CONDITIONS.due})) * 1000)::float8 as due_since,
  (extract(epoch from clock_timestamp()) * 1000)::float8 as at
from ${schema}.sync_districts as district
where ${FOUND}`,
    [options.search ?? null],
  );
  return {
    districts: Number(row?.['districts']),
    states: Object.fromEntries(DISTRICT_STATES.map((state) => [state, Number(row?.[state])])) as SyncSummary['states'],
    dueSince: dateIn(row, 'due_since'),
    at: new Date(Number(row?.['at'])),
  };
}

function checkText(call: string, name: string, value: unknown): void {
  if (value !== undefined && !isText(value)) {
    throw new CleverConfigError(`${call}: \`${name}\` must be a text that is not empty, without the character U+0000.`);
  }
}
