import { Command, Option } from 'commander';
import type { Finish } from '../../session/exit-codes.js';
import { NEEDED_NODE } from '../../session/node-version.js';
import { withConnectionOptions } from '../../session/options.js';
import { uriList } from '../../session/redirect-uris.js';
import type { CommandIo } from '../../terminal/io.js';
import type { DoctorOptions } from './diagnostic-target.js';

/** `clever-sdk doctor`: what is wrong with a connection to Clever, and whom to ask. */
export function doctorCommand(io: CommandIo, finish: Finish): Command {
  const command = new Command('doctor')
    .description(
      'Check credentials, redirect URIs, districts, scopes, endpoints, clock and rate limit, and say what to do',
    )
    .addHelpText('after', `\nIt needs no working connection. clever-sdk needs Node ${NEEDED_NODE} or newer.`)
    .addOption(
      new Option(
        '--redirect-uri <uri>',
        'redirect URI of the app to look up; repeat it for more (default: CLEVER_REDIRECT_URI)',
      ).argParser(uriList),
    )
    .action(async (options: DoctorOptions) => {
      const { runDoctor } = await import('./run.js');
      finish(await runDoctor(io, options));
    });
  return withConnectionOptions(command);
}
