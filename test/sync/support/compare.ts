import { createCleverClient } from 'clever-sdk';
import type { Sandbox } from 'clever-sdk/sandbox';
import { DEFAULT_KINDS, type SyncKind } from 'clever-sdk/sync';
import { expect } from 'vitest';
import type { AnyRow, Ask } from './database.js';

/*
 * The oracle of the sync's tests: whatever happened, in the end the tables of a district say what Clever says.
 */

type Json = Readonly<Record<string, unknown>>;
type Records = Map<string, Json>;
type RecordsByKind = Map<SyncKind, Records>;

/** What is compared, and how. */
export interface Comparison {
  readonly ask: Ask;
  readonly sandbox: Sandbox;
  readonly districtId: string;
  /** Quoted. Default `"clever"`. */
  readonly schema?: string;
  /** Default: those of a sync. */
  readonly kinds?: readonly SyncKind[];
  /** Whether the change log has the records. Default `false`. */
  readonly hasValues?: boolean;
  /** Whether the hook `keepOwnRecords` was used. Default `true`. */
  readonly hasOwnTable?: boolean;
  /** Default: the version that a client uses by itself. */
  readonly apiVersion?: 'v3.0' | 'v3.1';
}

/** Expects the mirror, the relation tables, the change log and the hook's own table to equal what Clever has. */
export async function expectInStep(comparison: Comparison): Promise<void> {
  const { districtId, ask, schema = '"clever"', hasValues = false, hasOwnTable = true } = comparison;
  const kinds: readonly SyncKind[] = ['districts', ...(comparison.kinds ?? DEFAULT_KINDS)];
  const source = await sourceOf(comparison, kinds);
  const mirror = await liveRecords(ask, schema, districtId, kinds);
  expect(plain(mirror)).toEqual(plain(source));
  expect(await storedRelations(ask, schema, districtId)).toEqual(relationsOf(mirror));
  await expectLogFolds({ ask, schema, districtId, mirror, hasValues });
  if (hasOwnTable) {
    expect(plain(await ownRecords(ask, districtId, kinds))).toEqual(plain(mirror));
  }
}

/** Expects the tables of a district to agree with one another, whatever Clever has by now. */
export async function expectConsistent({
  districtId,
  ask,
  schema = '"clever"',
  kinds: chosen = DEFAULT_KINDS,
  hasValues = false,
  hasOwnTable = true,
}: Omit<Comparison, 'sandbox'>): Promise<void> {
  const kinds: readonly SyncKind[] = ['districts', ...chosen];
  const mirror = await liveRecords(ask, schema, districtId, kinds);
  expect(await storedRelations(ask, schema, districtId)).toEqual(relationsOf(mirror));
  await expectLogFolds({ ask, schema, districtId, mirror, hasValues });
  if (hasOwnTable) {
    expect(plain(await ownRecords(ask, districtId, kinds))).toEqual(plain(mirror));
  }
}

/** Everything that a district's token sees, without sensitive fields. */
async function sourceOf(
  { sandbox, districtId, apiVersion }: Comparison,
  kinds: readonly SyncKind[],
): Promise<RecordsByKind> {
  const clever = createCleverClient({
    ...sandbox.clientOptions(),
    ...(apiVersion === undefined ? {} : { apiVersion: apiVersion as 'v3.1' }),
  });
  const client = clever.district({ token: sandbox.district(districtId).token });
  const found: RecordsByKind = new Map();
  for (const kind of kinds) {
    const records: Records = new Map();
    for await (const record of client[kind].list({ validation: 'off' })) {
      records.set((record as { id: string }).id, JSON.parse(JSON.stringify(record)) as Json);
    }
    found.set(kind, records);
  }
  return found;
}

/** The records of the mirror that are not archived. */
async function liveRecords(
  ask: Ask,
  schema: string,
  districtId: string,
  kinds: readonly SyncKind[],
): Promise<RecordsByKind> {
  const rows = await ask(
    kinds
      .map(
        (kind) =>
          `select '${kind}' as kind, id, data::text as data from ${schema}.${kind} where district_id = $1 and deleted_at is null`,
      )
      .join(' union all '),
    [districtId],
  );
  return byKind(kinds, rows);
}

async function ownRecords(ask: Ask, districtId: string, kinds: readonly SyncKind[]): Promise<RecordsByKind> {
  const rows = await ask(
    'select kind, id, data::text as data from own_records where district_id = $1 and is_live and kind = any ($2::text[])',
    [districtId, `{${kinds.join()}}`],
  );
  return byKind(kinds, rows);
}

function byKind(kinds: readonly SyncKind[], rows: readonly AnyRow[]): RecordsByKind {
  const found: RecordsByKind = new Map(kinds.map((kind) => [kind, new Map()]));
  for (const { kind, id, data } of rows) {
    found.get(kind as SyncKind)?.set(String(id), JSON.parse(String(data)) as Json);
  }
  return found;
}

/** The rows of every relation table that belong to a district's records, archived ones included. */
async function storedRelations(ask: Ask, schema: string, districtId: string): Promise<Relations> {
  const [row] = await ask(
    `
select
  (select json_agg(array[section_id, user_id, role, is_primary::text])::text from ${schema}.enrollments
    where section_id in (select id from ${schema}.sections where district_id = $1)) as enrollments,
  (select json_agg(array[user_id, school_id])::text from ${schema}.user_schools
    where user_id in (select id from ${schema}.users where district_id = $1)) as user_schools,
  (select json_agg(array[user_id, role])::text from ${schema}.user_roles
    where user_id in (select id from ${schema}.users where district_id = $1)) as user_roles,
  (select json_agg(array[contact_id, student_id, relationship])::text from ${schema}.contact_students
    where contact_id in (select id from ${schema}.users where district_id = $1)) as contact_students`,
    [districtId],
  );
  const rowsOf = (name: keyof Relations): string[] =>
    ((JSON.parse(String(row?.[name] ?? '[]')) ?? []) as unknown[][]).map((cells) => JSON.stringify(cells)).sort();
  return {
    enrollments: rowsOf('enrollments'),
    user_schools: rowsOf('user_schools'),
    user_roles: rowsOf('user_roles'),
    contact_students: rowsOf('contact_students'),
  };
}

interface Relations {
  readonly enrollments: readonly string[];
  readonly user_schools: readonly string[];
  readonly user_roles: readonly string[];
  readonly contact_students: readonly string[];
}

/** The relations that records have, computed here from their documented shape. */
function relationsOf(records: RecordsByKind): Relations {
  const enrollments = new Set<string>();
  for (const [id, section] of records.get('sections') ?? []) {
    for (const student of listIn(section['students'])) {
      enrollments.add(JSON.stringify([id, student, 'student', 'false']));
    }
    const primary = typeof section['teacher'] === 'string' && section['teacher'] !== '' ? [section['teacher']] : [];
    for (const teacher of new Set([...listIn(section['teachers']), ...primary])) {
      enrollments.add(JSON.stringify([id, teacher, 'teacher', String(teacher === section['teacher'])]));
    }
  }
  const [schools, roles, students] = [new Set<string>(), new Set<string>(), new Map<string, string>()];
  for (const [id, user] of records.get('users') ?? []) {
    for (const [name, role] of Object.entries((user['roles'] ?? {}) as Record<string, Json | null>)) {
      if (role === null) {
        continue;
      }
      roles.add(JSON.stringify([id, name]));
      for (const school of [...listIn(role['schools']), role['school']]) {
        if (typeof school === 'string' && school !== '') {
          schools.add(JSON.stringify([id, school]));
        }
      }
      if (name === 'contact') {
        for (const { student, relationship } of (role['student_relationships'] ?? []) as Json[]) {
          const key = JSON.stringify([id, student]);
          if (typeof student === 'string' && !students.has(key)) {
            students.set(key, JSON.stringify([id, student, relationship ?? null]));
          }
        }
      }
    }
  }
  return {
    enrollments: [...enrollments].sort(),
    user_schools: [...schools].sort(),
    user_roles: [...roles].sort(),
    contact_students: [...students.values()].sort(),
  };
}

function listIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string' && item !== '') : [];
}

/**
 * Expects the change log, read from its beginning, to be a history that can have been: nothing is created twice,
 * changed while it is archived, or restored while it is live; and its end to be the mirror.
 */
async function expectLogFolds({
  ask,
  schema,
  districtId,
  mirror,
  hasValues,
}: {
  readonly ask: Ask;
  readonly schema: string;
  readonly districtId: string;
  readonly mirror: RecordsByKind;
  readonly hasValues: boolean;
}): Promise<void> {
  const changes = await ask(
    `select kind, id, op, record::text as record, previous::text as previous, fields::text as fields
    from ${schema}.changes where district_id = $1 order by seq`,
    [districtId],
  );
  const states = new Map<string, { isLive: boolean; record: unknown }>();
  const impossible: string[] = [];
  for (const { kind, id, op, record, previous, fields } of changes) {
    const key = `${kind} ${id}`;
    const state = states.get(key);
    const isPossible =
      op === 'created' ? state === undefined : op === 'restored' ? state?.isLive === false : state?.isLive === true;
    const saysMembers = op !== 'updated' || fields !== '{}';
    if (!isPossible || !saysMembers) {
      impossible.push(`${op} ${kind}`);
    }
    if (hasValues && op !== 'created') {
      expect(JSON.parse(String(previous))).toEqual(state?.record);
    }
    states.set(key, { isLive: op !== 'archived', record: hasValues ? JSON.parse(String(record)) : undefined });
  }
  expect(impossible).toEqual([]);
  for (const [kind, records] of mirror) {
    const live = [...states].filter(([key, { isLive }]) => isLive && key.startsWith(`${kind} `));
    expect(live.map(([key]) => key.split(' ')[1]).sort()).toEqual([...records.keys()].sort());
    if (hasValues) {
      expect(Object.fromEntries(live.map(([key, { record }]) => [key.split(' ')[1], record]))).toEqual(
        Object.fromEntries(records),
      );
    }
  }
}

function plain(records: RecordsByKind): unknown {
  return Object.fromEntries([...records].map(([kind, of]) => [kind, Object.fromEntries([...of].sort())]));
}
