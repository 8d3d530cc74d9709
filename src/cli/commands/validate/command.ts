import { Command } from 'commander';
import type { Finish } from '../../session/exit-codes.js';
import { type CommonOptions, withCommonOptions } from '../../session/options.js';
import type { CommandIo } from '../../terminal/io.js';

const HELP = `
Examples:
  $ clever-sdk validate oneroster OneRoster.zip
  $ clever-sdk validate oneroster ./roster --json | jq '.problems[] | select(.severity == "clever")'

No value of the files is printed. Exit code 0: no rule is broken, and Clever's importer leaves nothing out; 1: there are problems.`;

/** `clever-sdk validate`: checks of files that others have written. */
export function validateCommand(io: CommandIo, finish: Finish): Command {
  return new Command('validate')
    .description('Check roster files, by file, line and column')
    .helpCommand(false)
    .addCommand(
      withCommonOptions(new Command('oneroster'))
        .description("Check OneRoster CSV, 1.1 or 1.2, and say what Clever's importer would leave out")
        .argument('<zip or folder>', 'the files')
        .addHelpText('after', HELP)
        .action(async (path: string, options: CommonOptions) => {
          await (await import('./run.js')).runValidate(io, path, options, finish);
        }),
    );
}
