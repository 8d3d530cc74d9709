import type { SyncKind } from '../kinds.js';

/*
 * The tables of a sync, described once. The migrations, the types for Kysely and the schema for Drizzle are made from
 * this description.
 */

/** PostgreSQL's types that the tables have. */
export type ColumnType =
  | 'text'
  | 'bigint'
  | 'integer'
  | 'boolean'
  | 'double precision'
  | 'jsonb'
  | 'timestamptz'
  | 'text[]';

/** A column of a table. */
export interface Column {
  readonly type: ColumnType;
  readonly isNullable?: boolean;
  /** An SQL expression. */
  readonly default?: string;
  /** An SQL expression over the other columns, whose value PostgreSQL stores. */
  readonly generated?: string;
  /** The version of the tables that brought it. Default: that of its table. */
  readonly since?: number;
}

/** A table. */
export interface Table {
  readonly columns: Readonly<Record<string, Column>>;
  readonly key: readonly string[];
  /** Index name to columns, and a condition where the index is partial. */
  readonly indexes?: Readonly<Record<string, string>>;
  /** The same, by the version of the tables that brought them. */
  readonly laterIndexes?: Readonly<Record<number, Readonly<Record<string, string>>>>;
  /** The version of the tables that brought it. Default 1. */
  readonly since?: number;
}

const text = { type: 'text' } as const satisfies Column;
const textOrNull = { type: 'text', isNullable: true } as const satisfies Column;
const time = { type: 'timestamptz', default: 'now()' } as const satisfies Column;
const timeOrNull = { type: 'timestamptz', isNullable: true } as const satisfies Column;
const count = { type: 'bigint', default: '0' } as const satisfies Column;
const numberOrNull = { type: 'bigint', isNullable: true } as const satisfies Column;
const json = { type: 'jsonb' } as const satisfies Column;
const jsonOrNull = { type: 'jsonb', isNullable: true } as const satisfies Column;
const flag = { type: 'boolean', default: 'false' } as const satisfies Column;

/** A column that repeats a member of the record, so that it can be read and indexed like any other. */
const member = (...path: readonly string[]) =>
  ({
    type: 'text',
    isNullable: true,
    generated: path.length === 1 ? `data ->> '${path[0]}'` : `data #>> '{${path.join(',')}}'`,
  }) as const satisfies Column;

/** The members of each kind that have a column of their own. */
const HOT = {
  districts: { name: member('name'), sis_type: member('sis_type') },
  schools: { name: member('name'), sis_id: member('sis_id'), school_number: member('school_number') },
  terms: { name: member('name'), start_date: member('start_date'), end_date: member('end_date') },
  courses: { name: member('name'), number: member('number') },
  users: {
    email: member('email'),
    first_name: member('name', 'first'),
    last_name: member('name', 'last'),
    grade: member('roles', 'student', 'grade'),
  },
  sections: {
    name: member('name'),
    school_id: member('school'),
    course_id: member('course'),
    term_id: member('term_id'),
    teacher_id: member('teacher'),
  },
  resources: {},
} as const satisfies Readonly<Record<SyncKind, Readonly<Record<string, Column>>>>;

/** The states of runs that did not end, in SQL. A step of the migrations has them: other states need another index. */
export const OPEN_STATES = `('reading', 'applying', 'held', 'planned')`;

/** The columns that every table of records begins with. */
const FIRST = { id: text, district_id: text, data: json, odd: jsonOrNull } as const;

/** The columns that every table of records ends with. */
const LAST = {
  first_seen_at: time,
  changed_at: time,
  deleted_at: timeOrNull,
  deleted_why: textOrNull,
  changed_seq: numberOrNull,
} as const;

type RecordColumns<Kind extends SyncKind> = typeof FIRST & (typeof HOT)[Kind] & typeof LAST;

function recordTable<Kind extends SyncKind>(kind: Kind) {
  return {
    columns: { ...FIRST, ...HOT[kind], ...LAST } as RecordColumns<Kind>,
    key: ['id'],
    indexes: { [`${kind}_of_district`]: '(district_id, id)' },
    // The guard looks at what went lately, which is little.
    laterIndexes: { 3: { [`${kind}_archived`]: '(district_id, deleted_at) where deleted_at is not null' } },
  };
}

/** The tables that hold records, by kind. */
export const RECORD_TABLES = {
  districts: recordTable('districts'),
  schools: recordTable('schools'),
  terms: recordTable('terms'),
  courses: recordTable('courses'),
  users: recordTable('users'),
  sections: recordTable('sections'),
  resources: recordTable('resources'),
} as const satisfies Readonly<Record<SyncKind, Table>>;

/** The tables that are derived from the records. */
export const RELATION_TABLES = {
  enrollments: {
    columns: { section_id: text, user_id: text, role: text, is_primary: flag },
    key: ['section_id', 'user_id', 'role'],
    indexes: { enrollments_of_user: '(user_id)' },
  },
  user_schools: {
    columns: { user_id: text, school_id: text },
    key: ['user_id', 'school_id'],
    indexes: { user_schools_of_school: '(school_id)' },
  },
  user_roles: { columns: { user_id: text, role: text }, key: ['user_id', 'role'] },
  contact_students: {
    columns: { contact_id: text, student_id: text, relationship: textOrNull },
    key: ['contact_id', 'student_id'],
    indexes: { contact_students_of_student: '(student_id)' },
  },
} as const satisfies Readonly<Record<string, Table>>;

/** The tables that a sync keeps its own state in. */
const STATE_TABLES = {
  sync_districts: {
    columns: {
      id: text,
      name: textOrNull,
      connection: { type: 'text', default: `'unknown'` },
      api_version: textOrNull,
      access_hash: textOrNull,
      sensitive_fields: { type: 'jsonb', default: `'[]'` },
      cursor: textOrNull,
      cursor_time: timeOrNull,
      last_sync: textOrNull,
      quiet_moves: { type: 'integer', default: '0' },
      records: count,
      last_run_at: timeOrNull,
      last_full_at: timeOrNull,
      next_sync_at: timeOrNull,
      asked_at: timeOrNull,
      lease_owner: textOrNull,
      lease_epoch: count,
      lease_until: timeOrNull,
      held_run: numberOrNull,
      failures: { type: 'integer', default: '0' },
      last_error_code: textOrNull,
      created_at: time,
      /** How often in a row the app's list of tokens lacked the district. */
      missing_looks: { type: 'integer', default: '0', since: 2 },
      /** When that was often enough to believe it; null while the list has it. */
      vanished_at: { ...timeOrNull, since: 2 },
    },
    key: ['id'],
  },
  runs: {
    columns: {
      id: { type: 'bigint', default: 'generated' },
      district_id: text,
      mode: text,
      reason: textOrNull,
      state: text,
      api_version: textOrNull,
      access_hash: textOrNull,
      start_cursor: textOrNull,
      start_last_sync: textOrNull,
      fold_cursor: textOrNull,
      readings: { type: 'integer', default: '1' },
      plan: jsonOrNull,
      plan_hash: textOrNull,
      verdict: jsonOrNull,
      approved_at: timeOrNull,
      approved_by: textOrNull,
      approved_hash: textOrNull,
      created: count,
      updated: count,
      archived: count,
      restored: count,
      unchanged: count,
      odd: count,
      requests: count,
      error_code: textOrNull,
      started_at: time,
      ended_at: timeOrNull,
    },
    key: ['id'],
    indexes: { runs_of_district: '(district_id, id)' },
    // Each run looks for those before it that did not end, among all that are kept.
    laterIndexes: { 3: { runs_open: `(district_id, id) where state in ${OPEN_STATES}` } },
  },
  run_kinds: {
    columns: {
      run: { type: 'bigint' },
      kind: text,
      cursor: textOrNull,
      is_complete: flag,
      count_before: numberOrNull,
      count_after: numberOrNull,
      slack: count,
    },
    key: ['run', 'kind'],
  },
  staging: {
    columns: { run: { type: 'bigint' }, kind: text, id: text, data: jsonOrNull, is_odd: flag },
    key: ['run', 'kind', 'id'],
  },
  changes: {
    columns: {
      seq: { type: 'bigint' },
      district_id: text,
      kind: text,
      id: text,
      op: text,
      fields: { type: 'text[]', default: `'{}'` },
      run: { type: 'bigint' },
      event_id: textOrNull,
      record: jsonOrNull,
      previous: jsonOrNull,
      at: time,
    },
    key: ['seq'],
    indexes: { changes_of_district: '(district_id, seq)', changes_of_record: '(id)' },
  },
  consumers: {
    columns: { consumer: text, district_id: text, seq: count, at: time },
    key: ['consumer', 'district_id'],
  },
  rate_budget: {
    columns: { key: text, state: jsonOrNull, forget_at: { type: 'double precision', default: '0' } },
    key: ['key'],
  },
  /** When something that concerns all districts was last done, whichever process did it. */
  sync_tasks: { columns: { name: text, at: timeOrNull }, key: ['name'], since: 2 },
} as const satisfies Readonly<Record<string, Table>>;

/** All tables, in the order in which they are made. */
export const TABLES: Readonly<Record<string, Table>> = { ...RECORD_TABLES, ...RELATION_TABLES, ...STATE_TABLES };
