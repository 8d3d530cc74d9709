import type { SyncKind } from '../kinds.js';
import { RELATIONS, type Relation } from './relations.js';

/*
 * The statements that write the mirror. Each of them writes records of one kind, everything that is derived from them,
 * and the change log: data and log cannot part.
 *
 * Parameters of all of them: $1 the records as a JSON array, $2 the district, $3 the run.
 */

/** Where the records of a statement come from, which decides what is compared. */
export type RecordSource =
  /** A page of a listing, or rows that were staged: the truth, compared whole. */
  | 'listing'
  /**
   * Events. Their `created` differs from that of the Data API, so a stored one is kept; and an event that is older
   * than the stored record says nothing.
   */
  | 'events';

/** What a statement returns. */
export type Wanted =
  /** The number of records of each `op`. */
  | 'counts'
  /** Each change, with the record before it. */
  | 'changes'
  /** Each change, with the record before and after it. */
  | 'records';

/** What the statements are made for. */
export interface StatementOptions {
  readonly schema: string;
  /** Whether the change log keeps the records before and after. */
  readonly keepsValues: boolean;
}

const RETURNED: Readonly<Record<Wanted, string>> = {
  counts: 'select op, count(*)::float8 as number from effects group by op',
  changes: `select op, id, seq::text as seq, event_id, array_to_json(fields)::text as fields, before::text as previous
from effects`,
  records: `select op, id, seq::text as seq, event_id, array_to_json(fields)::text as fields, before::text as previous,
  data::text as record
from effects`,
};

/** A row more where another district's run has stored one of the records at the same moment. */
const LOST: Readonly<Record<Wanted, string>> = {
  counts: lostRow(1),
  changes: lostRow(5),
  records: lostRow(6),
};

function lostRow(others: number): string {
  const nulls = others === 1 ? '1' : Array.from({ length: others }, () => 'null').join(', ');
  return `union all
select 'foreign', ${nulls}
where (select count(*) from written) < (select count(*) from effects where op <> 'foreign')`;
}

/**
 * Writes records that exist: new ones are inserted, changed ones updated, archived ones restored. A record that equals
 * its row is not written.
 *
 * Of `$1`: `[{ id, data, odd, event_id, fields }]`; `fields` names the changed members where an event has named them.
 * An odd record, which lacks its documented shape, does not replace a good one: it is kept beside it. Where a good one
 * never came, the odd ones replace one another.
 *
 * `op` of the result: `created`, `updated`, `restored`; `odd` where only the odd record changed; `foreign` where the
 * row belongs to another district, and then nothing of it is written.
 */
export function storeStatement(
  kind: SyncKind,
  source: RecordSource,
  wanted: Wanted,
  { schema, keepsValues }: StatementOptions,
): string {
  const table = `${schema}.${kind}`;
  const relations = RELATIONS[kind] ?? [];
  return `
with incoming as (
  select id, data, coalesce(odd, false) as is_odd, event_id, fields
  from jsonb_to_recordset($1::text::jsonb)
    as record (id text, data jsonb, odd boolean, event_id text, fields text[])
),
compared as materialized (
  select
    incoming.id,
    incoming.event_id,
    incoming.fields as known_fields,
    stored.id is null as is_new,
    stored.deleted_at is not null as was_gone,
    stored.district_id <> $2::text as is_foreign,
    stored.data as before,
    stored.odd as odd_before,
    case when incoming.is_odd and ${HAS_GOOD} then stored.data else sent.data end as data,
    case when incoming.is_odd then sent.data end as odd
  from incoming
  left join ${table} as stored on stored.id = incoming.id
  cross join lateral (select ${source === 'events' ? EVENT_DATA : 'incoming.data'} as data) as sent${source === 'events' ? `\n  where ${IS_CURRENT}` : ''}
),
effects as (
  select
    compared.*,
    case
      when is_foreign then 'foreign'
      when is_new then 'created'
      when was_gone then 'restored'
      when before is distinct from data then 'updated'
      else 'odd'
    end as op,
    case
      when is_new or before is not distinct from data then '{}'
      when known_fields is not null then known_fields
      else ${schema}.changed_members(before, data)
    end as fields,
    nextval('${schema.replaceAll("'", "''")}.change_seq') as seq
  from compared
  where is_new or was_gone or before is distinct from data or odd_before is distinct from odd or is_foreign
),
written as (
  insert into ${table} as stored (id, district_id, data, odd, changed_seq)
  select id, $2::text, data, odd, seq
  from effects
  where op <> 'foreign'
  on conflict (id) do update set
    data = excluded.data,
    odd = excluded.odd,
    changed_at = now(),
    changed_seq = excluded.changed_seq,
    deleted_at = null,
    deleted_why = null
  where stored.district_id = excluded.district_id
  returning id
),
logged as (
  insert into ${schema}.changes (seq, district_id, kind, id, op, fields, run, event_id, record, previous)
  select seq, $2::text, '${kind}', id, op, fields, $3::text::bigint, event_id, ${keepsValues ? 'data, before' : 'null, null'}
  from effects
  where op in ('created', 'updated', 'restored')
)${relations.map((relation) => storeRelation(schema, relation)).join('')}
${RETURNED[wanted]}
${LOST[wanted]}`;
}

/**
 * Inserts the records of a district's first run: a plainer statement for the many pages on which all are new.
 * PostgreSQL refuses it where one of them exists already (SQLSTATE 23505), and then {@link storeStatement} must store
 * them.
 *
 * Parameters and result as of {@link storeStatement}; `op` of the result: `created`.
 */
export function insertStatement(kind: SyncKind, wanted: Wanted, { schema, keepsValues }: StatementOptions): string {
  return `
with effects as materialized (
  select
    id,
    null as event_id,
    'created' as op,
    '{}'::text[] as fields,
    null::jsonb as before,
    data,
    case when odd then data end as odd,
    nextval('${schema.replaceAll("'", "''")}.change_seq') as seq
  from jsonb_to_recordset($1::text::jsonb) as record (id text, data jsonb, odd boolean)
),
written as (
  insert into ${schema}.${kind} (id, district_id, data, odd, changed_seq)
  select id, $2::text, data, odd, seq
  from effects
),
logged as (
  insert into ${schema}.changes (seq, district_id, kind, id, op, run, record)
  select seq, $2::text, '${kind}', id, op, $3::text::bigint, ${keepsValues ? 'data' : 'null'}
  from effects
)${(RELATIONS[kind] ?? []).map((relation) => insertRelation(schema, relation)).join('')}
${RETURNED[wanted]}`;
}

/**
 * Archives records: their rows stay, with the time and the reason, and nothing is derived from them any more.
 *
 * Of `$1`: `[{ id, event_id }]`. `$4` the reason. `op` of the result: `archived`.
 */
export function archiveStatement(kind: SyncKind, wanted: Wanted, { schema, keepsValues }: StatementOptions): string {
  const table = `${schema}.${kind}`;
  return `
with gone as (
  select id, event_id from jsonb_to_recordset($1::text::jsonb) as record (id text, event_id text)
),
effects as (
  select
    stored.id,
    gone.event_id,
    'archived' as op,
    stored.data as before,
    stored.data,
    '{}'::text[] as fields,
    nextval('${schema.replaceAll("'", "''")}.change_seq') as seq
  from gone
  join ${table} as stored on stored.id = gone.id
  where stored.district_id = $2::text and stored.deleted_at is null
),
written as (
  update ${table} as stored
  set deleted_at = now(), deleted_why = $4::text, changed_at = now(), changed_seq = effects.seq
  from effects
  where stored.id = effects.id
),
logged as (
  insert into ${schema}.changes (seq, district_id, kind, id, op, run, event_id, record, previous)
  select seq, $2::text, '${kind}', id, op, $3::text::bigint, event_id, ${keepsValues ? 'data, before' : 'null, null'}
  from effects
)${(RELATIONS[kind] ?? []).map((relation) => dropRelation(schema, relation)).join('')}
${RETURNED[wanted]}`;
}

/** Whether the stored record once had its documented shape: otherwise it is stored as the odd one, too. */
export const HAS_GOOD = 'stored.id is not null and stored.odd is distinct from stored.data';

const EVENT_DATA = `case
      when stored.data -> 'created' is not null and incoming.data -> 'created' is not null
      then incoming.data || jsonb_build_object('created', stored.data -> 'created')
      else incoming.data
    end`;

const IS_CURRENT = `stored.deleted_at is not null
    or not coalesce(incoming.data ->> 'last_modified' < stored.data ->> 'last_modified', false)`;

/** Whether a record has changed in the members that a relation is derived from. */
function hasChanged(members: readonly string[]): string {
  const differs = members.map((member) => `effects.before -> '${member}' is distinct from effects.data -> '${member}'`);
  return `(effects.op in ('created', 'restored') or (effects.op = 'updated' and (${differs.join(' or ')})))`;
}

/** Replaces the rows that are derived from changed records, writing only what differs. */
function storeRelation(schema: string, { table, parent, key, others, derive, members }: Relation): string {
  const derived = `derived_${table}`;
  const columns = [...key, ...others];
  const update =
    others.length === 0
      ? 'do nothing'
      : `do update set ${others.map((column) => `${column} = excluded.${column}`).join(', ')}
  where ${others.map((column) => `stored.${column} is distinct from excluded.${column}`).join(' or ')}`;
  return `,
${derived} as (
  select effects.id as ${parent}, ${columns.map((column) => `item.${column}`).join(', ')}
  from effects, ${schema}.${derive}(effects.data) as item (${columns.join(', ')})
  where ${hasChanged(members)}
),
dropped_${table} as (
  delete from ${schema}.${table} as stored
  using effects
  where stored.${parent} = effects.id
    and effects.op <> 'created'
    and ${hasChanged(members)}
    and not exists (
      select from ${derived} as item
      where item.${parent} = stored.${parent} and ${key.map((column) => `item.${column} = stored.${column}`).join(' and ')}
    )
),
stored_${table} as (
  insert into ${schema}.${table} as stored (${[parent, ...columns].join(', ')})
  select ${[parent, ...columns].join(', ')} from ${derived}
  on conflict (${[parent, ...key].join(', ')}) ${update}
)`;
}

/** Stores the rows that are derived from new records. */
function insertRelation(schema: string, { table, parent, key, others, derive }: Relation): string {
  const columns = [...key, ...others];
  return `,
stored_${table} as (
  insert into ${schema}.${table} (${[parent, ...columns].join(', ')})
  select effects.id, ${columns.map((column) => `item.${column}`).join(', ')}
  from effects, ${schema}.${derive}(effects.data) as item (${columns.join(', ')})
  on conflict do nothing
)`;
}

function dropRelation(schema: string, { table, parent }: Relation): string {
  return `,
dropped_${table} as (
  delete from ${schema}.${table} as stored using effects where stored.${parent} = effects.id
)`;
}
