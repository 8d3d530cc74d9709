import type { SyncOperation } from '../changes/change.js';
import type { SyncContext } from '../context.js';
import type { SyncKind } from '../kinds.js';
import { HAS_GOOD } from '../mirror/statements.js';
import type { SendQuery } from '../store/store.js';
import { judge } from './guard.js';
import type { KindCounts, StoredPlan, SyncPlan } from './planned.js';
import { compareWholeTables } from './staging.js';

const IDS_AT_ONCE = 1_000;

/**
 * Compares what was staged with the mirror. The plan is derived from state: it changes nothing, and after a part of it
 * was applied, the rest of it is the plan.
 */
export async function makePlan(
  context: SyncContext,
  query: SendQuery,
  districtId: string,
  run: number,
): Promise<StoredPlan> {
  const { schema, options } = context;
  await compareWholeTables(context, query, run);
  const kinds: Partial<Record<SyncKind, KindCounts>> = {};
  let hash = '';
  for (const kind of options.kinds) {
    const [row] = await query(countsSql(schema, kind), [districtId, String(run)]);
    const number = (name: string): number => Number(row?.[name] ?? 0);
    kinds[kind] = {
      before: number('before'),
      created: number('created'),
      updated: number('updated'),
      archived: number('archived'),
      restored: number('restored'),
      unchanged: number('unchanged'),
      odd: number('odd'),
    };
    hash += `${kind}:${row?.['hash'] ?? ''};`;
  }
  const verdict = await judge(context, query, districtId, {
    counts: kinds,
    goneSql: (kind) => `
select stored.id ${GONE(schema, kind)} and $2::text is not null`,
    goneJson: String(run),
    arrivedRoles: () => arrivedRoles(schema, query, districtId, run),
  });
  return { kinds, verdict, hash };
}

/** Makes the plan that users see. */
export function presentPlan(context: SyncContext, districtId: string, run: number, plan: StoredPlan): SyncPlan {
  return {
    run,
    districtId,
    ...plan,
    summary: summaryOf(plan),
    ids: (kind, operation) => plannedIds(context, districtId, run, kind, operation),
  };
}

/** The ids that an operation is planned for, in chunks: what `apply` works through, and what a plan shows. */
export async function nextIds(
  { schema }: Pick<SyncContext, 'schema'>,
  query: SendQuery,
  districtId: string,
  {
    run,
    kind,
    what,
    after,
  }: { run: number; kind: SyncKind; what: 'stored' | 'archived' | SyncOperation; after: string },
): Promise<readonly string[]> {
  const rows = await query(
    `${idsSql(schema, kind, what)} and stored_id > $3::text order by stored_id limit ${IDS_AT_ONCE}`,
    [districtId, String(run), after],
  );
  return rows.map((row) => String(row['stored_id']));
}

async function* plannedIds(
  context: SyncContext,
  districtId: string,
  run: number,
  kind: SyncKind,
  operation: SyncOperation,
): AsyncGenerator<string, void, undefined> {
  let after = '';
  for (;;) {
    const ids = await nextIds(context, context.store.query, districtId, { run, kind, what: operation, after });
    yield* ids;
    const last = ids.at(-1);
    if (last === undefined || ids.length < IDS_AT_ONCE) {
      return;
    }
    after = last;
  }
}

/** What makes a staged record one that must be stored. That its row is another district's is found by the storing. */
const OPERATION = `
case
  when stored.id is null then 'created'
  when stored.deleted_at is not null then 'restored'
  when staged.data is not null and not staged.is_odd and staged.data is distinct from stored.data then 'updated'
  when staged.is_odd and staged.data is distinct from stored.odd
    then case when ${HAS_GOOD} then 'odd' else 'updated' end
  when not staged.is_odd and stored.odd is not null then 'odd'
  else 'unchanged'
end`;

const STAGED = (schema: string, kind: SyncKind): string => `
from ${schema}.staging as staged
left join ${schema}.${kind} as stored on stored.id = staged.id and stored.district_id = $1::text
where staged.run = $2::text::bigint and staged.kind = '${kind}'`;

const GONE = (schema: string, kind: SyncKind): string => `
from ${schema}.${kind} as stored
where stored.district_id = $1::text
  and stored.deleted_at is null
  and not exists (
    select from ${schema}.staging as staged
    where staged.run = $2::text::bigint and staged.kind = '${kind}' and staged.id = stored.id
  )`;

function countsSql(schema: string, kind: SyncKind): string {
  return `
with staged as (
  select operation, count(*) as number, sum(mark) as mark, count(*) filter (where is_odd) as odd
  from (
    select
      staged.is_odd,
      ${OPERATION} as operation,
      hashtextextended(staged.id || coalesce(staged.data::text, ''), 1)::numeric as mark
    ${STAGED(schema, kind)}
  ) as each
  group by operation
),
gone as (
  select count(*) as number, sum(hashtextextended(stored.id, 2)::numeric) as mark
  ${GONE(schema, kind)}
)
select
  (select count(*) from ${schema}.${kind} where district_id = $1::text and deleted_at is null)::float8 as before,
  coalesce((select number from staged where operation = 'created'), 0)::float8 as created,
  coalesce((select number from staged where operation = 'updated'), 0)::float8 as updated,
  coalesce((select number from staged where operation = 'restored'), 0)::float8 as restored,
  coalesce((select sum(number) from staged where operation in ('unchanged', 'odd')), 0)::float8 as unchanged,
  coalesce((select sum(odd) from staged), 0)::float8 as odd,
  (select number from gone)::float8 as archived,
  concat_ws(
    ',',
    (
      select string_agg(operation || ' ' || number || ' ' || mark, ',' order by operation)
      from staged
      where operation <> 'unchanged'
    ),
    (select 'archived ' || number || ' ' || coalesce(mark, 0) from gone)
  ) as hash`;
}

/** Ends where a condition may follow. */
function idsSql(schema: string, kind: SyncKind, what: 'stored' | 'archived' | SyncOperation): string {
  if (what === 'archived') {
    return `select * from (select stored.id as stored_id ${GONE(schema, kind)}) as planned where true`;
  }
  const condition = what === 'stored' ? `operation <> 'unchanged'` : `operation = '${what}'`;
  return `
select stored_id
from (select staged.id as stored_id, ${OPERATION} as operation ${STAGED(schema, kind)}) as planned
where ${condition}`;
}

async function arrivedRoles(
  schema: string,
  query: SendQuery,
  districtId: string,
  run: number,
): Promise<ReadonlyMap<string, number>> {
  const rows = await query(
    `
select role, count(*)::float8 as number
from (
  select coalesce(staged.data, stored.data) as data, ${OPERATION} as operation
  ${STAGED(schema, 'users')}
) as planned,
  ${schema}.roles_of(planned.data) as item (role)
where operation in ('created', 'restored')
group by role`,
    [districtId, String(run)],
  );
  return new Map(rows.map((row) => [String(row['role']), Number(row['number'])]));
}

function summaryOf({ kinds, verdict }: StoredPlan): string {
  const parts = Object.entries(kinds).flatMap(([kind, counts]) => {
    const changes = (['created', 'updated', 'archived', 'restored'] as const)
      .filter((operation) => counts[operation] > 0)
      .map((operation) => `${counts[operation].toLocaleString('en-US')} ${operation}`);
    return changes.length === 0 ? [] : [`${kind}: ${changes.join(', ')} of ${counts.before.toLocaleString('en-US')}`];
  });
  const text = parts.length === 0 ? 'nothing would change' : parts.join('; ');
  return verdict.isHeld ? `held: ${text}` : text;
}
