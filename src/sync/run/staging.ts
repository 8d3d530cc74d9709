import type { SyncContext } from '../context.js';
import type { SyncKind } from '../kinds.js';
import { toDatabaseJson } from '../mirror/json.js';
import type { Incoming } from '../mirror/mirror.js';
import type { RecordSource } from '../mirror/statements.js';
import type { SendQuery } from '../store/store.js';

/*
 * The staging table holds what a full run has read, so that nothing of the mirror is written before all of it was
 * read and judged. A record that equals its row in the mirror is staged without its data: an unchanged million is a
 * million ids.
 */

/** How far one kind was read. */
export interface KindProgress {
  readonly cursor: string | undefined;
  readonly isComplete: boolean;
  readonly countBefore: number | undefined;
  readonly countAfter: number | undefined;
}

/** Stages records of one kind. */
export async function stage(
  { schema }: Pick<SyncContext, 'schema'>,
  query: SendQuery,
  run: number,
  kind: SyncKind,
  source: RecordSource,
  rows: readonly Incoming[],
): Promise<void> {
  if (rows.length === 0) {
    return;
  }
  await query(
    `
insert into ${schema}.staging (run, kind, id, data, is_odd)
select
  $2::text::bigint,
  '${kind}',
  incoming.id,
  case when not incoming.is_odd and stored.data = incoming.data and stored.odd is null then null else incoming.data end,
  incoming.is_odd
from (${source === 'events' ? withKnownCreated(schema, kind) : INCOMING}) as incoming
left join ${schema}.${kind} as stored on stored.id = incoming.id
on conflict (run, kind, id) do update set data = excluded.data, is_odd = excluded.is_odd`,
    [toDatabaseJson(rows), String(run)],
  );
}

const INCOMING = `
  select id, data, coalesce(odd, false) as is_odd
  from jsonb_to_recordset($1::text::jsonb) as record (id text, data jsonb, odd boolean)
`;

/** The `created` of an event differs from that of a listing, so the one that is known is kept. */
function withKnownCreated(schema: string, kind: SyncKind): string {
  return `
  select
    record.id,
    case
      when record.data -> 'created' is not null and known.created is not null
      then record.data || jsonb_build_object('created', known.created)
      else record.data
    end as data,
    record.is_odd
  from (${INCOMING}) as record
  left join ${schema}.${kind} as mirrored on mirrored.id = record.id
  left join ${schema}.staging as staged
    on staged.run = $2::text::bigint and staged.kind = '${kind}' and staged.id = record.id
  cross join lateral (select coalesce(staged.data, mirrored.data) -> 'created' as created) as known
`;
}

/** Takes records out again, because an event says that they are gone. */
export async function unstage(
  { schema }: Pick<SyncContext, 'schema'>,
  query: SendQuery,
  run: number,
  kind: SyncKind,
  ids: readonly string[],
): Promise<void> {
  if (ids.length > 0) {
    await query(
      `
delete from ${schema}.staging
where run = $1::text::bigint
  and kind = $2::text
  and id in (select jsonb_array_elements_text($3::text::jsonb))`,
      [String(run), kind, JSON.stringify(ids)],
    );
  }
}

/**
 * Has PostgreSQL count the staging table. It has just been filled, and a plan made for an empty table would compare
 * every record with every other. While the table is being vacuumed or counted already, it is not: to wait for a vacuum
 * would make PostgreSQL end it, and of many full runs at once there would always be one to do so.
 */
export async function measureStaging({ schema, store }: Pick<SyncContext, 'schema' | 'store'>): Promise<void> {
  await store.query(`analyze (skip_locked) ${schema}.staging`);
}

/** A run that stages a larger part of what the mirror has is compared by reading whole tables. */
const LARGE_PART = 1 / 20;

/**
 * Keeps PostgreSQL from comparing row by row within the transaction, where counts are not up to date: sorted or hashed,
 * a comparison of two whole tables takes seconds at most. A small district among many is compared by its own rows
 * instead: without loops, PostgreSQL would read the tables of all districts for it.
 */
export async function compareWholeTables(
  { schema }: Pick<SyncContext, 'schema'>,
  query: SendQuery,
  run: number,
): Promise<void> {
  await query(
    `
select set_config('enable_nestloop', 'off', true) as value
from
  (select count(*) as number from ${schema}.staging where run = $1::text::bigint) as staged,
  (select sum(greatest(reltuples, 0)) as number from pg_class where oid in ($2::text::regclass, $3::text::regclass)) as mirrored
where staged.number >= mirrored.number * ${LARGE_PART}`,
    [String(run), `${schema}.users`, `${schema}.sections`],
  );
}

/** The number of staged records of a kind. */
export async function stagedNumber(
  { schema }: Pick<SyncContext, 'schema'>,
  query: SendQuery,
  run: number,
  kind: SyncKind,
): Promise<number> {
  const [row] = await query(
    `select count(*)::float8 as number from ${schema}.staging where run = $1::text::bigint and kind = $2::text`,
    [String(run), kind],
  );
  return Number(row?.['number'] ?? 0);
}

/** Removes what a run has staged: of one kind, or all of it. */
export async function clearStaging(
  { schema }: Pick<SyncContext, 'schema'>,
  query: SendQuery,
  run: number,
  kind?: SyncKind,
): Promise<void> {
  await query(`delete from ${schema}.staging where run = $1::text::bigint and ($2::text is null or kind = $2::text)`, [
    String(run),
    kind ?? null,
  ]);
}

/** How far each kind of a run was read. */
export async function progressOf(
  { schema }: Pick<SyncContext, 'schema'>,
  query: SendQuery,
  run: number,
): Promise<ReadonlyMap<SyncKind, KindProgress>> {
  const rows = await query(
    `
select kind, cursor, is_complete, count_before::float8 as count_before, count_after::float8 as count_after
from ${schema}.run_kinds
where run = $1::text::bigint`,
    [String(run)],
  );
  return new Map(
    rows.map((row) => [
      row['kind'] as SyncKind,
      {
        cursor: (row['cursor'] as string | null) ?? undefined,
        isComplete: row['is_complete'] === true,
        countBefore: row['count_before'] === null ? undefined : Number(row['count_before']),
        countAfter: row['count_after'] === null ? undefined : Number(row['count_after']),
      },
    ]),
  );
}

/** Notes how far a kind was read, in the transaction that stores what was read. */
export async function noteProgress(
  { schema }: Pick<SyncContext, 'schema'>,
  query: SendQuery,
  run: number,
  kind: SyncKind,
  progress: KindProgress,
): Promise<void> {
  await query(
    `
insert into ${schema}.run_kinds (run, kind, cursor, is_complete, count_before, count_after)
values ($1::text::bigint, $2::text, $3::text, $4::text::boolean, $5::text::bigint, $6::text::bigint)
on conflict (run, kind) do update set
  cursor = excluded.cursor,
  is_complete = excluded.is_complete,
  count_before = excluded.count_before,
  count_after = excluded.count_after`,
    [
      String(run),
      kind,
      progress.cursor ?? null,
      String(progress.isComplete),
      numberOrNull(progress.countBefore),
      numberOrNull(progress.countAfter),
    ],
  );
}

/** Begins the reading of a kind again. */
export async function forgetProgress(
  { schema }: Pick<SyncContext, 'schema'>,
  query: SendQuery,
  run: number,
  kind?: SyncKind,
): Promise<void> {
  await query(
    `delete from ${schema}.run_kinds where run = $1::text::bigint and ($2::text is null or kind = $2::text)`,
    [String(run), kind ?? null],
  );
}

function numberOrNull(number: number | undefined): string | null {
  return number === undefined ? null : String(number);
}
