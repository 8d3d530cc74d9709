import { assertKnownKeys } from '../../options/known-keys.js';
import { keysOf } from '../../util/keys-of.js';
import { quoteSchema } from './identifier.js';
import { type Column, type ColumnType, RECORD_TABLES, RELATION_TABLES, type Table } from './tables.js';

/** Where the tables of {@link drizzleSchema} are. */
export interface DrizzleSchemaOptions {
  /** The PostgreSQL schema. Default `'clever'`. */
  readonly schema?: string;
}

const KEYS = keysOf<DrizzleSchemaOptions>()({ schema: true });

/** The function of `drizzle-orm/pg-core` for each type. */
const MAKERS: Readonly<Record<ColumnType, string>> = {
  text: 'text()',
  bigint: "bigint({ mode: 'number' })",
  integer: 'integer()',
  boolean: 'boolean()',
  'double precision': 'doublePrecision()',
  jsonb: 'jsonb()',
  timestamptz: 'timestamp({ withTimezone: true })',
  'text[]': 'text().array()',
};

/**
 * Returns a schema file for Drizzle: TypeScript that describes the tables which apps read. Save it beside your own
 * schema, and exclude its PostgreSQL schema from Drizzle's migrations (`schemaFilter`), because the sync makes them.
 *
 * @throws `CleverConfigError` for a name that a schema cannot have.
 */
export function drizzleSchema(options: DrizzleSchemaOptions = {}): string {
  assertKnownKeys('drizzleSchema()', options, KEYS);
  const { schema = 'clever' } = options;
  quoteSchema(schema);
  const tables: Readonly<Record<string, Table>> = { ...RECORD_TABLES, ...RELATION_TABLES };
  const body = Object.entries(tables)
    .map(([name, table]) => tableText(name, table))
    .join('\n\n');
  const names = ['boolean', 'bigint', 'jsonb', 'pgSchema', 'primaryKey', 'text', 'timestamp'].filter((name) =>
    `${body}pgSchema`.includes(name),
  );
  return `import { ${names.join(', ')} } from 'drizzle-orm/pg-core';

const clever = pgSchema(${JSON.stringify(schema)});

${body}
`;
}

function tableText(name: string, { columns, key }: Table): string {
  const variable = name.replaceAll(/_(\w)/gu, (_, letter: string) => letter.toUpperCase());
  const lines = Object.entries(columns).map(([column, definition]) => `    ${column}: ${columnText(definition)},`);
  const keyText =
    key.length === 1
      ? ''
      : `, (table) => [primaryKey({ columns: [${key.map((column) => `table.${column}`).join(', ')}] })]`;
  const keyed =
    key.length === 1
      ? lines.map((line) => line.replace(/^( {4}id: text\(\)\.notNull\(\)),$/u, '$1.primaryKey(),'))
      : lines;
  return `export const ${variable} = clever.table(\n  ${JSON.stringify(name)},\n  {\n${keyed.join('\n')}\n  }${keyText},\n);`;
}

function columnText({ type, isNullable = false, default: value, generated }: Column): string {
  const parts = [
    MAKERS[type],
    isNullable ? '' : '.notNull()',
    generated === undefined ? '' : `.generatedAlwaysAs(${JSON.stringify(generated)})`,
    value === 'now()' ? '.defaultNow()' : value === 'false' ? '.default(false)' : '',
  ];
  return parts.join('');
}
