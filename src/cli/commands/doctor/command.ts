import { Command } from 'commander';
import type { Finish } from '../../session/exit-codes.js';
import { NEEDED_NODE } from '../../session/node-version.js';
import { type ConnectionOptions, withConnectionOptions } from '../../session/options.js';
import type { CommandIo } from '../../terminal/io.js';

/** `clever-sdk doctor`: what is wrong with a connection to Clever, and whom to ask. */
export function doctorCommand(io: CommandIo, finish: Finish): Command {
  const command = new Command('doctor')
    .description('Check credentials, districts, scopes, endpoints, clock and rate limit, and say what to do')
    .addHelpText('after', `\nIt needs no working connection. clever-sdk needs Node ${NEEDED_NODE} or newer.`)
    .action(async (options: ConnectionOptions) => {
      const { runDoctor } = await import('./run.js');
      finish(await runDoctor(io, options));
    });
  return withConnectionOptions(command);
}
