import type { SyncOperation } from './changes/change.js';
import type { SyncContext } from './context.js';
import { SYNC_KINDS, type SyncKind } from './kinds.js';
import { dateIn, inMs } from './times.js';

/** A change in a record's history. */
export interface ExplainedChange {
  readonly seq: number;
  readonly op: SyncOperation;
  readonly at: Date;
  readonly run: number;
  /** The event that reported it; `undefined` for a full run. */
  readonly eventId: string | undefined;
  /** The members that changed. Names, not values. */
  readonly fields: readonly string[];
}

/** What the mirror knows of a record. */
export interface Explanation {
  readonly id: string;
  /** `undefined` when the mirror has no record with this id. */
  readonly kind: SyncKind | undefined;
  readonly districtId: string | undefined;
  readonly state: 'live' | 'archived' | 'unknown';
  readonly firstSeenAt: Date | undefined;
  readonly changedAt: Date | undefined;
  readonly deletedAt: Date | undefined;
  /** `deleted`: an event said so. `absent`: a complete listing did not have it. */
  readonly deletedWhy: 'deleted' | 'absent' | undefined;
  /** Whether what Clever sent last of it lacked its documented shape, and is kept beside the last good one. */
  readonly isOdd: boolean;
  /** The ids that it refers to and that the mirror does not have, or has archived, by kind. */
  readonly missing: Readonly<Partial<Record<SyncKind, readonly string[]>>>;
  /** Its changes as far as the log is kept, the newest first, at most 100. */
  readonly history: readonly ExplainedChange[];
  /** One sentence for a person who asks why it is, or is not, there. */
  readonly summary: string;
}

/** The references of each kind: SQL over `stored` that gives ids, with the kind they are of. */
const REFERENCES: Readonly<Partial<Record<SyncKind, (schema: string) => readonly [SyncKind, string][]>>> = {
  users: (schema) => [
    ['schools', `select school_id from ${schema}.user_schools where user_id = $1::text`],
    ['users', `select student_id from ${schema}.contact_students where contact_id = $1::text`],
  ],
  sections: (schema) => [
    ['users', `select user_id from ${schema}.enrollments where section_id = $1::text`],
    ['schools', `select school_id from ${schema}.sections where id = $1::text`],
    ['courses', `select course_id from ${schema}.sections where id = $1::text`],
    ['terms', `select term_id from ${schema}.sections where id = $1::text`],
  ],
};

/** Looks a record up in all tables, with its history. */
export async function explainRecord(context: SyncContext, id: string): Promise<Explanation> {
  const { schema, store, options } = context;
  const tables = SYNC_KINDS.map(
    (kind) => `
select '${kind}' as kind, district_id, first_seen_at, changed_at, deleted_at, deleted_why, odd is not null as is_odd
from ${schema}.${kind}
where id = $1::text`,
  );
  const [row] = await store.query(
    `select kind, district_id, ${inMs('first_seen_at')}, ${inMs('changed_at')}, ${inMs('deleted_at')}, deleted_why, is_odd
from (${tables.join('\nunion all')}
) as found`,
    [id],
  );
  const history = await store.query(
    `select seq::float8 as seq, op, ${inMs('at')}, run::float8 as run, event_id, array_to_json(fields)::text as fields
from ${schema}.changes
where id = $1::text
order by changes.seq desc
limit 100`,
    [id],
  );
  const kind = row?.['kind'] as SyncKind | undefined;
  const missing: Partial<Record<SyncKind, readonly string[]>> = {};
  for (const [target, ids] of (kind && REFERENCES[kind]?.(schema)) ?? []) {
    if (options.kinds.includes(target)) {
      const rows = await store.query(
        `select item.id
from (${ids}) as item (id)
where item.id is not null
  and not exists (select from ${schema}.${target} as stored where stored.id = item.id and stored.deleted_at is null)
order by item.id`,
        [id],
      );
      if (rows.length > 0) {
        missing[target] = [...(missing[target] ?? []), ...rows.map((found) => String(found['id']))];
      }
    }
  }
  const known = {
    id,
    kind,
    districtId: row === undefined ? undefined : String(row['district_id']),
    state:
      row === undefined ? ('unknown' as const) : row['deleted_at'] === null ? ('live' as const) : ('archived' as const),
    firstSeenAt: dateIn(row, 'first_seen_at'),
    changedAt: dateIn(row, 'changed_at'),
    deletedAt: dateIn(row, 'deleted_at'),
    deletedWhy: (row?.['deleted_why'] as Explanation['deletedWhy'] | null) ?? undefined,
    isOdd: row?.['is_odd'] === true,
    missing,
    history: history.map((change) => ({
      seq: Number(change['seq']),
      op: change['op'] as SyncOperation,
      at: new Date(Number(change['at'])),
      run: Number(change['run']),
      eventId: (change['event_id'] as string | null) ?? undefined,
      fields: JSON.parse(String(change['fields'])) as string[],
    })),
  };
  return { ...known, summary: summaryOf(known) };
}

function summaryOf({ state, deletedAt, deletedWhy, firstSeenAt, missing }: Omit<Explanation, 'summary'>): string {
  if (state === 'unknown') {
    return 'The mirror has never had a record with this id: the district does not share it, or it has not been synced since.';
  }
  if (state === 'archived') {
    const why =
      deletedWhy === 'deleted'
        ? 'Clever sent an event that it was deleted or is no longer shared'
        : 'a complete reading of the district did not have it any more';
    return `Archived at ${deletedAt?.toISOString()}, because ${why}.`;
  }
  const dangling = Object.entries(missing).map(([kind, ids]) => `${ids.length} of ${kind}`);
  const rest =
    dangling.length === 0 ? '' : ` It refers to records that the mirror does not have: ${dangling.join(', ')}.`;
  return `Present since ${firstSeenAt?.toISOString()}.${rest}`;
}
