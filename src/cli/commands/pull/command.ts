import { Argument, Command, Option } from 'commander';
import { commaList, wholeNumber, withConnectionOptions } from '../../session/options.js';
import type { CommandIo } from '../../terminal/io.js';
import { type PullableResource, type PullOptions, RESOURCES } from './options.js';

const HELP = `
Examples:
  $ clever-sdk pull users --role student --out students.csv
  $ clever-sdk pull users --excel --out students.csv    # opens in Excel by a double click
  $ clever-sdk pull sections | jq .name
  $ clever-sdk pull users --out users.ndjson --resume   # continues where a pull was cut off

A file appears under its name when it is whole; until then it is FILE.partial, with FILE.checkpoint beside it.`;

/** `clever-sdk pull`: a district's records as lines of JSON or as CSV. */
export function pullCommand(io: CommandIo): Command {
  const command = new Command('pull')
    .description('Read all records of one kind, to a file or to standard output')
    .addArgument(new Argument('<resource>', 'what to read').choices(RESOURCES))
    .addOption(
      new Option('--role <role>', 'only users with this role').choices([
        'student',
        'teacher',
        'staff',
        'district_admin',
        'contact',
      ]),
    )
    .addOption(new Option('--format <format>', "default: by --out's ending, else ndjson").choices(['ndjson', 'csv']))
    .option('--excel', 'CSV for Excel alone: a byte order mark, its line ends, and 007 as a text')
    .addOption(
      new Option(
        '--formulas <guard|keep>',
        'CSV: an apostrophe before what a spreadsheet would run, which changes data; or the exact data (default: guard)',
      ).choices(['guard', 'keep']),
    )
    .option('-o, --out <file>', 'write to a file, readable by you alone')
    .option('--resume', 'continue where an interrupted pull of the same kind stopped, if there was one')
    .option('--checkpoint <file>', 'where to keep the position (default: FILE.checkpoint beside --out)')
    .option('--from <cursor>', 'begin after a page: the `cursor` of a checkpoint or of the SDK')
    .option('--after <id>', 'events only: begin after this event')
    .option('--page-size <number>', 'records per request (default: 1000)', wholeNumber(1, 10_000))
    .option('--sensitive <fields>', 'sensitive student fields to include: names with commas, or all', commaList)
    .option('-q, --quiet', 'no progress and no summary')
    .addHelpText('after', HELP)
    .action(async (resource: PullableResource, options: PullOptions) => {
      const { runPull } = await import('./run.js');
      await runPull(io, resource, options);
    });
  return withConnectionOptions(command);
}
