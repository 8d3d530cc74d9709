import type { Command } from 'commander';
import type { ConnectionOptions } from './options.js';

/** Options of the commands that open the database of a sync. */
export interface DatabaseOptions extends ConnectionOptions {
  readonly database?: string;
  readonly schema: string;
}

/** Adds the options that say where the tables are. */
export function withDatabaseOptions(command: Command): Command {
  return withSchemaOption(
    command.option(
      '--database <url or folder>',
      'a PostgreSQL URL, or a folder for an embedded database (default: DATABASE_URL)',
    ),
  );
}

/** Adds the option that names the schema. */
export function withSchemaOption(command: Command): Command {
  return command.option('--schema <name>', 'the schema of the tables', 'clever');
}
