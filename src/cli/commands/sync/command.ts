import { Command } from 'commander';
import { type DatabaseOptions, withDatabaseOptions, withSchemaOption } from '../../session/database-options.js';
import type { Finish } from '../../session/exit-codes.js';
import { wholeNumber, withCommonOptions } from '../../session/options.js';
import type { CommandIo } from '../../terminal/io.js';
import { durationArgument, type SyncOptions, withSyncOptions } from './options.js';
import type { ServeOptions } from './serve.js';
import type { WatchOptions } from './watch.js';

const HELP = `
Examples:
  $ clever-sdk sync run --database ./roster           # an embedded database in a folder
  $ DATABASE_URL=postgres://… clever-sdk sync run     # every connected district, by events where they tell all
  $ clever-sdk sync plan --district 4fd43cc5…         # what a run would do, and what the guard says
  $ clever-sdk sync status --serve                    # a page with what is held, and a button to approve it
  $ clever-sdk sync sql > migrations/0007_clever.sql  # the tables, for a migration tool of your own

The URL of a database is read from DATABASE_URL or --database; one with a password from DATABASE_URL only.
A run that would take away more than the guard allows is held (exit code 5) until \`clever-sdk sync approve\`.`;

/** `clever-sdk sync`: an app's database kept in step with Clever. */
export function syncCommand(io: CommandIo, finish: Finish): Command {
  return new Command('sync')
    .description('Keep the tables of a database in step with Clever')
    .helpCommand(false)
    .addHelpText('after', HELP)
    .addCommand(
      withSyncOptions(new Command('run'))
        .description('Bring one district, or every connected one, in step')
        .option('--full', 'read everything, whatever events tell')
        .action(async (options: SyncOptions & { full?: boolean }) => {
          await (await import('./run.js')).runOnce(io, options, finish);
        }),
    )
    .addCommand(
      withSyncOptions(new Command('plan'))
        .description('Read a district in full and print what a run would do, without doing it')
        .option('--ids', 'with the id of each record that would change')
        .action(async (options: SyncOptions & { ids?: boolean }) => {
          await (await import('./plan.js')).runPlan(io, options, finish);
        }),
    )
    .addCommand(
      withCommonOptions(withDatabaseOptions(new Command('approve')))
        .description('Release the plan of a held run: the next run applies that plan and no other')
        .argument('<run>', 'its number, which `sync run` and `sync status` print', wholeNumber(1))
        .option('--by <name>', 'who approves it (default: your user name)')
        .action(async (run: number, options: DatabaseOptions & { by?: string }) => {
          await (await import('./operate.js')).runApprove(io, run, options);
        }),
    )
    .addCommand(
      withCommonOptions(withDatabaseOptions(new Command('status')))
        .description('Print the state of every district, or serve it as a page')
        .option('--serve', 'serve the status page on this machine, with a button to approve, until Ctrl+C')
        .option('--port <number>', 'with --serve: port on 127.0.0.1 (default: any free one)', wholeNumber(0, 65_535))
        .option('--by <name>', 'with --serve: who approves (default: your user name)')
        .action(async (options: ServeOptions & { serve?: boolean }) => {
          if (options.serve === true) {
            await (await import('./serve.js')).serveStatus(io, options);
          } else {
            await (await import('./operate.js')).runStatus(io, options);
          }
        }),
    )
    .addCommand(
      withCommonOptions(withDatabaseOptions(new Command('explain')))
        .description('Say when a record came, changed and went, and why')
        .argument('<id>', "the record's Clever id")
        .action(async (id: string, options: DatabaseOptions) => {
          await (await import('./operate.js')).runExplain(io, id, options);
        }),
    )
    .addCommand(
      withSyncOptions(new Command('watch'))
        .description('Run every district when it is due, until Ctrl+C')
        .option('--every <time>', 'when a district is due again', durationArgument, '6h')
        .option('--concurrency <number>', 'how many districts run at once', wholeNumber(1, 100), 4)
        .option('--interval <seconds>', 'how long to wait between looks', wholeNumber(1, 86_400), 60)
        .option('--health-port <port>', 'answer health checks: GET /healthz, GET /livez', wholeNumber(0, 65_535))
        .option('--health-host <host>', 'where to answer them; 0.0.0.0 in a container', '127.0.0.1')
        .action(async (options: WatchOptions) => {
          await (await import('./watch.js')).runWatch(io, options, finish);
        }),
    )
    .addCommand(
      withSchemaOption(new Command('sql'))
        .description('Print the statements that make the tables')
        .option('--drizzle', 'print a schema file for Drizzle instead')
        .action(async ({ schema, drizzle }: { schema: string; drizzle?: boolean }) => {
          const { drizzleSchema, syncSql } = await import('../../../sync/index.js');
          await io.out(drizzle === true ? drizzleSchema({ schema }) : syncSql({ schema }), 'data');
        }),
    )
    .addCommand(
      withCommonOptions(withDatabaseOptions(new Command('purge')))
        .description('Delete everything of a district for good, at the end of a contract')
        .argument('<district>', "the district's Clever id")
        .option('--yes', 'do not ask')
        .action(async (district: string, options: DatabaseOptions & { yes?: boolean }) => {
          await (await import('./operate.js')).runPurge(io, district, options);
        }),
    );
}
