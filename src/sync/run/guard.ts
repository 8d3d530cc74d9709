import type { SyncContext } from '../context.js';
import type { SyncKind } from '../kinds.js';
import type { SendQuery } from '../store/store.js';
import type { GuardFinding, GuardLimit, GuardScope, GuardVerdict } from './guard-limits.js';
import type { KindCounts } from './planned.js';

const ROLE_OF_SCOPE: Readonly<Partial<Record<GuardScope, string>>> = {
  students: 'student',
  teachers: 'teacher',
  staff: 'staff',
  contacts: 'contact',
};

/** What the guard judges: what would happen to each kind, and which records would go. */
export interface JudgedPlan {
  readonly counts: Readonly<Partial<Record<SyncKind, KindCounts>>>;
  /** SQL for the ids that would go, one column `id`, with `$1` the district and `$2` the JSON below. */
  readonly goneSql: (kind: SyncKind) => string;
  readonly goneJson: string;
  /** How many people of each role would come. */
  readonly arrivedRoles: () => Promise<ReadonlyMap<string, number>>;
}

/** Judges a plan by what it would take away, together with what went within the last day without approval. */
export async function judge(
  context: Pick<SyncContext, 'schema' | 'options'>,
  query: SendQuery,
  districtId: string,
  plan: JudgedPlan,
): Promise<GuardVerdict> {
  const limits = context.options.guard;
  if (limits === undefined) {
    return { isHeld: false, findings: [] };
  }
  const findings: GuardFinding[] = [];
  for (const [kind, { before, created, archived, restored }] of entriesOf(plan.counts)) {
    const recent = archived === 0 ? 0 : await recentlyGone(context.schema, query, districtId, kind);
    const rest = before - archived + created + restored;
    if (archived > 0 && rest === 0 && kind !== 'districts') {
      findings.push({ scope: kind, before: before + recent, gone: archived + recent, reason: 'empty' });
      continue;
    }
    const limit = kind === 'users' ? undefined : limits[kind as GuardScope];
    // New ids replace old ones each year, so what counts is by how much the number shrinks; a school keeps its id.
    const gone = archived + recent - (kind === 'schools' ? 0 : created + restored);
    if (limit !== undefined && isAbove(limit, before + recent, gone)) {
      findings.push({ scope: kind as GuardScope, before: before + recent, gone, reason: 'share' });
    }
  }
  if ((plan.counts.users?.archived ?? 0) > 0) {
    findings.push(...(await judgePeople(context, query, districtId, plan)));
  }
  return { isHeld: findings.length > 0, findings };
}

function isAbove({ share, floor }: GuardLimit, before: number, gone: number): boolean {
  return before >= floor && gone > 0 && gone > share * before;
}

/** Records that were archived within the last day by a run that no one approved, and are still archived. */
function recentSql(schema: string, kind: SyncKind): string {
  return `
select stored.id, stored.data
from ${schema}.${kind} as stored
left join ${schema}.changes as change on change.seq = stored.changed_seq
left join ${schema}.runs as run on run.id = change.run
where stored.district_id = $1::text
  and stored.deleted_at > now() - interval '1 day'
  and not coalesce(run.approved_hash = run.plan_hash, false)`;
}

async function recentlyGone(schema: string, query: SendQuery, districtId: string, kind: SyncKind): Promise<number> {
  const [row] = await query(`select count(*)::float8 as number from (${recentSql(schema, kind)}) as recent`, [
    districtId,
  ]);
  return Number(row?.['number'] ?? 0);
}

/** Measures the people of each role, and of the school that would lose the most. */
async function judgePeople(
  { schema, options }: Pick<SyncContext, 'schema' | 'options'>,
  query: SendQuery,
  districtId: string,
  { goneSql, goneJson, arrivedRoles }: JudgedPlan,
): Promise<GuardFinding[]> {
  const limits = options.guard ?? {};
  const byRole = await query(groupedSql(schema, goneSql('users'), 'role'), [districtId, goneJson]);
  const arrived = await arrivedRoles();
  const findings = Object.entries(ROLE_OF_SCOPE).flatMap(([name, role]): GuardFinding[] => {
    const scope = name as GuardScope;
    const limit = limits[scope];
    const row = byRole.find((candidate) => candidate['name'] === role);
    const [before, gone] = [Number(row?.['before'] ?? 0), Number(row?.['gone'] ?? 0)];
    if (limit === undefined || gone === 0) {
      return [];
    }
    const isEmpty = before === gone && (arrived.get(role) ?? 0) === 0;
    return isEmpty || isAbove(limit, before, gone)
      ? [{ scope, before, gone, reason: isEmpty ? 'empty' : 'share' }]
      : [];
  });
  if (limits.school_people !== undefined) {
    const { floor, share } = limits.school_people;
    const bySchool = `
${groupedSql(schema, goneSql('users'), 'school')}
having sum(before) >= $3::text::float8 and sum(gone) > $4::text::float8 * sum(before)
order by sum(gone) desc
limit 1`;
    const [worst] = await query(bySchool, [districtId, goneJson, String(floor), String(share)]);
    if (worst !== undefined) {
      findings.push({
        scope: 'school_people',
        before: Number(worst['before']),
        gone: Number(worst['gone']),
        reason: 'school',
      });
    }
  }
  return findings;
}

/** Counts people by role or by school: all, and those who would be gone. */
function groupedSql(schema: string, goneSql: string, by: 'role' | 'school'): string {
  const column = by === 'role' ? 'role' : 'school_id';
  return `
with gone as (${goneSql}
),
recent as (${recentSql(schema, 'users')}
),
parts as (
  select relation.${column} as name, count(*) as before, count(gone.id) as gone
  from ${schema}.users as stored
  join ${schema}.user_${by}s as relation on relation.user_id = stored.id
  left join gone on gone.id = stored.id
  where stored.district_id = $1::text and stored.deleted_at is null
  group by relation.${column}
  union all
  select name, count(*), count(*)
  from recent, ${schema}.${by}s_of(recent.data) as item (name)
  group by name
)
select name, sum(before)::float8 as before, sum(gone)::float8 as gone
from parts
group by name`;
}

function entriesOf<Value>(counts: Readonly<Partial<Record<SyncKind, Value>>>): [SyncKind, Value][] {
  return Object.entries(counts) as [SyncKind, Value][];
}
