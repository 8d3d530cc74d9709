import { Command } from 'commander';
import { commaList, wholeNumber, withCommonOptions } from '../../session/options.js';
import type { CommandIo } from '../../terminal/io.js';
import type { SandboxCommandOptions } from './run.js';

/** Port unless another is asked for: fixed, so that it can be written into a `.env` file. */
const DEFAULT_PORT = 3789;

/** `clever-sdk sandbox`: a Clever on this machine until it is stopped. */
export function sandboxCommand(io: CommandIo): Command {
  const command = new Command('sandbox')
    .description('Start a Clever on this machine, with invented districts, and print the credentials to use it')
    .option('-p, --port <number>', 'port on 127.0.0.1; 0 for any free one', wholeNumber(0, 65_535), DEFAULT_PORT)
    .option('--hosts <names>', 'answer at these host names, too: names with commas, without ports', commaList)
    .option('--seed <number>', 'the same seed gives the same data and credentials (default: 1)', wholeNumber(0))
    .option('--students <number>', 'students of the district (default: 1000)', wholeNumber(1))
    .option('--csv <folder>', "a district of Clever's CSV upload files in place of an invented one")
    .option('--state <file>', 'keep what changes in a file, and continue from there next time')
    .action(async (options: SandboxCommandOptions) => {
      const { runSandbox } = await import('./run.js');
      await runSandbox(io, options);
    });
  return withCommonOptions(command);
}
