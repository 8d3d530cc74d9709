import { functionStatements } from './functions.js';
import { type Column, TABLES, type Table } from './tables.js';

/** A step from one version of the tables to the next. */
export interface Migration {
  readonly version: number;
  readonly title: string;
  /** Single statements, in order, for a quoted schema. */
  statements(schema: string): readonly string[];
}

/**
 * Every step, in order. A published step is never changed: a new one follows it. A test holds the statements of each
 * published step to the ones that were published.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    title: 'tables of the sync',
    statements: (schema) => [
      ...tablesOf(1).flatMap(([name, table]) => tableStatements(schema, name, table)),
      `create sequence if not exists ${schema}.change_seq owned by ${schema}.changes.seq`,
      ...functionStatements(schema),
    ],
  },
  {
    version: 2,
    title: 'districts that the list of tokens lacks, and tasks for all districts',
    statements: (schema) => [
      ...columnStatements(schema, 2),
      ...tablesOf(2).flatMap(([name, table]) => tableStatements(schema, name, table)),
    ],
  },
  {
    version: 3,
    title: 'indexes for a long history',
    statements: (schema) =>
      Object.entries(TABLES).flatMap(([name, { laterIndexes }]) =>
        indexStatements(schema, name, laterIndexes?.[3] ?? {}),
      ),
  },
];

/** The version that this release works with. */
export const SCHEMA_VERSION: number = Math.max(...MIGRATIONS.map(({ version }) => version));

/** The statements that must exist before any step: the schema, and the list of the steps that were taken. */
export function foundationStatements(schema: string): readonly string[] {
  return [
    `create schema if not exists ${schema}`,
    `create table if not exists ${schema}.schema_version (\n  version integer primary key,\n  at timestamptz not null default now()\n)`,
  ];
}

/** The statement that notes a step as taken. */
export function noteStatement(schema: string, version: number): string {
  return `insert into ${schema}.schema_version (version) values (${version})`;
}

/** The tables that a version brought. */
function tablesOf(version: number): [string, Table][] {
  return Object.entries(TABLES).filter(([, { since = 1 }]) => since === version);
}

/** Adds the columns that a version brought to tables that existed before it. */
function columnStatements(schema: string, version: number): string[] {
  return Object.entries(TABLES).flatMap(([name, { columns }]) =>
    Object.entries(columns)
      .filter(([, { since }]) => since === version)
      .map(
        ([column, definition]) =>
          `alter table ${schema}.${name} add column if not exists ${column} ${definitionOf(definition)}`,
      ),
  );
}

/** Makes a table as the version that brought it did: later columns are added by their own steps. */
function tableStatements(schema: string, name: string, { columns, key, indexes = {} }: Table): string[] {
  const lines = Object.entries(columns)
    .filter(([, { since }]) => since === undefined)
    .map(([column, definition]) => `  ${column} ${definitionOf(definition)}`);
  return [
    `create table if not exists ${schema}.${name} (\n${[...lines, `  primary key (${key.join(', ')})`].join(',\n')}\n)`,
    ...indexStatements(schema, name, indexes),
  ];
}

function indexStatements(schema: string, name: string, indexes: Readonly<Record<string, string>>): string[] {
  return Object.entries(indexes).map(([index, on]) => `create index if not exists ${index} on ${schema}.${name} ${on}`);
}

function definitionOf({ type, isNullable = false, default: value, generated }: Column): string {
  if (generated !== undefined) {
    return `${type} generated always as (${generated}) stored`;
  }
  if (value === 'generated') {
    return `${type} generated always as identity`;
  }
  return [type, isNullable ? '' : 'not null', value === undefined ? '' : `default ${value}`].filter(Boolean).join(' ');
}
