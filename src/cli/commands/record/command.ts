import { Command } from 'commander';
import { commaList, wholeNumber, withConnectionOptions } from '../../session/options.js';
import type { CommandIo } from '../../terminal/io.js';
import type { RecordCommandOptions } from './options.js';

const HELP = `
Examples:
  $ clever-sdk record --out ./recording
  $ clever-sdk record --out ./recording --requests 500 --sensitive frl_status
  $ clever-sdk sandbox --recording ./recording           # a sandbox that answers as that district does

Every id, name, address, number and date is replaced before anything is written, and grades and other values that few
people have are replaced by more common ones. report.txt in the folder says what was replaced, kept and left out.`;

/** `clever-sdk record`: a small, pseudonymous copy of a real district. */
export function recordCommand(io: CommandIo): Command {
  const command = new Command('record')
    .description('Write a small copy of a real district, with stand-ins for everyone in it')
    .requiredOption('-o, --out <folder>', 'the folder to write: a new one, or one with an earlier recording')
    .option('--requests <number>', 'the most requests to send (default: 200)', wholeNumber(30, 100_000))
    .option(
      '--group-size <number>',
      'how many people at least have the same grade, enumerations and dates (default: 5)',
      wholeNumber(1, 1_000),
    )
    .option('--sensitive <fields>', 'sensitive student fields to include: names with commas, or all', commaList)
    .option('-q, --quiet', 'no progress and no summary')
    .addHelpText('after', HELP)
    .action(async (options: RecordCommandOptions) => {
      const { runRecord } = await import('./run.js');
      await runRecord(io, options);
    });
  return withConnectionOptions(command);
}
