import { omissionOf } from '../../privacy/index.js';
import { SENSITIVE_FIELDS } from '../../privacy/sensitive-fields.js';
import { sha256Hex } from '../../util/sha256.js';
import type { RawRecord } from '../clever/source.js';
import type { SyncContext } from '../context.js';
import { SYNC_KINDS } from '../kinds.js';
import { toDatabaseJson } from '../mirror/json.js';
import type { Incoming, Mirror, WritePlace } from '../mirror/mirror.js';
import type { ResolvedOptions } from '../options.js';
import { OPEN_STATES } from '../tables/tables.js';
import type { Lease } from './lease.js';
import { beginRun, updateRun } from './run-row.js';
import type { Slice } from './slice.js';

/*
 * What a sync may see of a district: the version of the API, the kinds and fields that were chosen, and the scopes that
 * Clever grants. When one of them changes, every record may change at once, without an event.
 */

/**
 * Describes the access of a run in one line.
 *
 * @param scopes - Those of the district's token; `undefined` where they were not asked for.
 * @param stored - The description of the run before, whose scopes hold when they were not asked for.
 */
export async function accessOf(
  { kinds, sensitiveFields }: Pick<ResolvedOptions, 'kinds' | 'sensitiveFields'>,
  apiVersion: string,
  scopes: readonly string[] | undefined,
  stored: string | null,
): Promise<string> {
  const own = await fingerprint([apiVersion, kinds.join(), sensitiveFields.join()].join(' '));
  const granted = scopes === undefined ? (stored?.split('.')[1] ?? '') : await fingerprint([...scopes].sort().join());
  return `${own}.${granted}`;
}

/** Whether two descriptions are of the same access. Scopes that are not known agree with all. */
export function isSameAccess(one: string | null, other: string): boolean {
  const [own, granted] = (one ?? '').split('.');
  const [otherOwn, otherGranted] = other.split('.');
  return own === otherOwn && (granted === '' || otherGranted === '' || granted === otherGranted);
}

async function fingerprint(text: string): Promise<string> {
  return (await sha256Hex(text)).slice(0, 16);
}

const AT_ONCE = 1_000;

/**
 * Notes which sensitive fields the tables of a district may have, before a run stores any of them, so that a run that
 * is killed leaves none that a later one does not know of.
 *
 * @param before - Those that they may have so far.
 */
export async function noteNamedFields({ options, schema }: SyncContext, lease: Lease, before: readonly string[]) {
  const fields = [...new Set([...before, ...options.sensitiveFields])].sort();
  if (fields.length > before.length) {
    await lease.write(({ query }) =>
      query(`update ${schema}.sync_districts set sensitive_fields = $2::text::jsonb where id = $1::text`, [
        lease.districtId,
        JSON.stringify(fields),
      ]),
    );
  }
}

/**
 * Removes sensitive fields from every table of a district, when the choice names fewer of them than before: from live
 * and archived records of every kind, odd ones, staged ones and the change log. A live record that loses one is a
 * change like any other, so that the app's own tables follow. The full run after it finds the records in this state.
 */
export async function removeUnnamedFields(
  context: SyncContext,
  lease: Lease,
  { mirror, slice }: { readonly mirror: Mirror; readonly slice: Slice },
): Promise<void> {
  const { options, schema } = context;
  const { apiVersion, accessHash, cursor, lastSync, sensitiveFields: before } = lease.state;
  const named = new Set<string>(options.sensitiveFields);
  if (before.every((field) => named.has(field))) {
    return;
  }
  const { districtId } = lease;
  const run = await lease.write(({ query }) =>
    beginRun(context, query, {
      districtId,
      mode: 'events',
      reason: 'fewer sensitive fields are named',
      apiVersion: apiVersion ?? '',
      accessHash: accessHash ?? '',
      startCursor: cursor,
      startLastSync: lastSync,
    }),
  );
  const omit = omissionOf(new Set(SENSITIVE_FIELDS.filter((field) => named.has(field))));
  const cleaning: Cleaning = { context, lease, mirror, slice, omit };
  for (const kind of SYNC_KINDS) {
    await cleanRecords(cleaning, { districtId, run, kind });
  }
  await clean(cleaning, { table: `${schema}.changes`, key: 'seq', columns: ['record', 'previous'] });
  await lease.write(async ({ query }) => {
    await query(
      `
delete from ${schema}.staging
where run in (select id from ${schema}.runs where district_id = $1::text)`,
      [districtId],
    );
    await query(
      `
update ${schema}.runs
set state = 'dropped', ended_at = clock_timestamp()
where district_id = $1::text and state in ${OPEN_STATES}`,
      [districtId],
    );
    await query(`update ${schema}.sync_districts set sensitive_fields = $2::text::jsonb where id = $1::text`, [
      districtId,
      JSON.stringify(options.sensitiveFields),
    ]);
    await updateRun(context, query, run, { state: 'done' });
  });
}

/** What cleans the tables of a district. */
interface Cleaning {
  readonly context: SyncContext;
  readonly lease: Lease;
  readonly mirror: Mirror;
  readonly slice: Slice;
  readonly omit: Omit;
}

type Omit = (value: object) => void;

/** Cleans the records of one kind: the live ones as changes, and then whatever else has a field. */
async function cleanRecords(cleaning: Cleaning, place: WritePlace): Promise<void> {
  const { context, lease, mirror, slice, omit } = cleaning;
  const table = `${context.schema}.${place.kind}`;
  let after: string | undefined = '';
  do {
    slice.endIfAborted();
    const from: string = after;
    after = await lease.write(async (transaction) => {
      const rows = await transaction.query(
        `
select id, data::text as data, coalesce(odd = data, false) as is_odd
from ${table} as stored
where district_id = $1::text and deleted_at is null and id > $2::text
order by stored.id
limit ${AT_ONCE}`,
        [lease.districtId, from],
      );
      const cleaned = rows.map((row): Incoming => {
        const data = without(row['data'], omit) as RawRecord;
        return { id: String(row['id']), data, ...(row['is_odd'] === true ? { odd: true } : {}) };
      });
      const changed = cleaned.filter(
        ({ data }, at) => JSON.stringify(data) !== JSON.stringify(parsed(rows[at]?.['data'])),
      );
      await mirror.store(transaction, place, 'listing', changed);
      return rows.length < AT_ONCE ? undefined : String(rows.at(-1)?.['id']);
    });
  } while (after !== undefined);
  await clean(cleaning, { table, key: 'id', columns: ['data', 'odd'] });
}

async function clean(
  { lease, slice, omit }: Pick<Cleaning, 'lease' | 'slice' | 'omit'>,
  {
    table,
    key,
    columns,
  }: { readonly table: string; readonly key: string; readonly columns: readonly [string, string] },
): Promise<void> {
  const [first, second] = columns;
  let after: string | undefined;
  do {
    slice.endIfAborted();
    const from: string | undefined = after;
    after = await lease.write(async ({ query }) => {
      const rows = await query(
        `
select ${key}::text as key, ${first}::text as first, ${second}::text as second
from ${table}
where district_id = $1::text and ($2::text is null or ${key} > ${key === 'seq' ? '$2::text::bigint' : '$2::text'})
order by ${table}.${key}
limit ${AT_ONCE}`,
        [lease.districtId, from ?? null],
      );
      const cleaned = rows.map((row) => ({
        key: row['key'],
        first: without(row['first'], omit),
        second: without(row['second'], omit),
      }));
      await query(
        `
update ${table} as stored
set ${first} = cleaned.first, ${second} = cleaned.second
from jsonb_to_recordset($1::text::jsonb) as cleaned (key text, first jsonb, second jsonb)
where stored.${key}::text = cleaned.key
  and stored.${key} in (select ${key === 'seq' ? 'item::bigint' : 'item'} from jsonb_array_elements_text($2::text::jsonb) as item)
  and (stored.${first} is distinct from cleaned.first or stored.${second} is distinct from cleaned.second)`,
        [toDatabaseJson(cleaned), JSON.stringify(rows.map((row) => row['key']))],
      );
      return rows.length < AT_ONCE ? undefined : String(rows.at(-1)?.['key']);
    });
  } while (after !== undefined);
}

function without(json: unknown, omit: Omit): unknown {
  const value = parsed(json);
  if (typeof value === 'object' && value !== null) {
    omit(value);
  }
  return value;
}

function parsed(json: unknown): unknown {
  return typeof json === 'string' ? JSON.parse(json) : null;
}
