import { Command, Option } from 'commander';
import { withDatabaseOptions } from '../../session/database-options.js';
import { commaList, withConnectionOptions } from '../../session/options.js';
import type { CommandIo } from '../../terminal/io.js';
import type { ExportCommandOptions } from './options.js';

const HELP = `
Examples:
  $ clever-sdk export oneroster --version 1.1 --out OneRoster.zip
  $ clever-sdk export oneroster --out ./roster --demographics          # a folder, version 1.2
  $ clever-sdk export oneroster --database ./roster-db --out OneRoster.zip               # from the mirror of a sync
  $ clever-sdk export oneroster --database ./roster-db --out delta.zip --since 812@1…    # what has changed since

A folder must be new, empty, or of an earlier export. Nothing is replaced before the new export is whole.
The checkpoint for --since is printed by the export before. Deltas need a sync that ran with --history values.`;

/** `clever-sdk export`: a district's roster in a format of others. */
export function exportCommand(io: CommandIo): Command {
  return new Command('export')
    .description("Write a district's roster in another format")
    .helpCommand(false)
    .addCommand(
      withConnectionOptions(withDatabaseOptions(new Command('oneroster')))
        .description('Write OneRoster CSV, to a zip file or a folder')
        .addOption(new Option('--version <version>', 'version of OneRoster').choices(['1.1', '1.2']).default('1.2'))
        .requiredOption('-o, --out <file or folder>', 'a zip file, when it ends in .zip; readable by you alone')
        .option('--since <checkpoint>', 'write only what has changed since an earlier export; needs --database')
        .option('--demographics', 'with demographics.csv: dates of birth, sex, race and ethnicity')
        .option(
          '--sensitive <fields>',
          'sensitive student fields for metadata columns: names with commas, or all',
          commaList,
        )
        .option('--metadata <members>', 'lms_status and extension fields (ext.name) for metadata columns', commaList)
        .option('--principals', 'staff with the title of a principal become principals (1.2)')
        .option('-q, --quiet', 'no progress and no summary')
        .addHelpText('after', HELP)
        .action(async (options: ExportCommandOptions) => {
          await (await import('./run.js')).runExport(io, options);
        }),
    );
}
