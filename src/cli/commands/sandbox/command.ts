import { Command, Option } from 'commander';
import { commaList, settingsOption, wholeNumber, withCommonOptions } from '../../session/options.js';
import { uriList } from '../../session/redirect-uris.js';
import type { CommandIo } from '../../terminal/io.js';
import { originArgument, type SandboxCommandOptions, timeArgument, versionList } from './options.js';
import { triggerCommand } from './trigger/command.js';

/** Port unless another is asked for: fixed, so that it can be written into a `.env` file. */
const DEFAULT_PORT = 3789;

const HELP = `
Examples:
  $ clever-sdk sandbox --redirect-uri http://localhost:5173/auth/callback
  $ clever-sdk sandbox --oidc --app-name 'Reading log'   # id_tokens, discovery and keys
  $ clever-sdk sandbox --districts 3 --tier sso --events off
  $ clever-sdk sandbox trigger rename                    # in another terminal, while the sandbox runs

Without --redirect-uri, CLEVER_REDIRECT_URI counts. A login with another redirect URI shows a page that registers it.`;

/** `clever-sdk sandbox`: a Clever on this machine until it is stopped. */
export function sandboxCommand(io: CommandIo): Command {
  const command = new Command('sandbox')
    .description('Start a Clever on this machine, with invented districts, and print the credentials to use it')
    .option('-p, --port <number>', 'port on 127.0.0.1; 0 for any free one', wholeNumber(0, 65_535), DEFAULT_PORT)
    .option('--hosts <names>', 'answer at these host names, too: names with commas, without ports', commaList)
    .addOption(
      new Option(
        '--public-url <url>',
        'where browsers and apps reach the sandbox through a proxy or tunnel: https://clever.test',
      ).argParser(originArgument),
    )
    .option('--https-cert <file>', 'listen with TLS, with this certificate (PEM) and the key of --https-key')
    .option('--https-key <file>', 'the private key of the certificate (PEM)')
    .addOption(
      new Option(
        '--redirect-uri <uri>',
        'redirect URI of the app, the primary one first; repeat it for more (default: CLEVER_REDIRECT_URI)',
      ).argParser(uriList),
    )
    .addOption(settingsOption())
    .option('--app-name <name>', "the app's name in the portal, the Library and on the consent page")
    .option('--client-id <id>', "the app's client id (default: one that follows from the seed)")
    .option('--oidc', 'switch on OpenID Connect, as Clever does on request: id_tokens, discovery, keys')
    .addOption(onOrOff('--events', "whether the app's developer has switched on events"))
    .addOption(
      new Option('--api-versions <versions>', 'what the app may use (default: v3.0,v3.1)').argParser(versionList),
    )
    .option('--seed <number>', 'the same seed gives the same data and credentials (default: 1)', wholeNumber(0))
    .option('--students <number>', 'students of each connected district (default: 1000)', wholeNumber(1))
    .option('--districts <number>', 'connected districts (default: 1)', wholeNumber(1, 1_000))
    .option('--csv <folder>', "a district of Clever's CSV upload files in place of an invented one")
    .option('--recording <folder>', 'a district that `clever-sdk record` recorded, in place of an invented one')
    .option('--csv-strict', 'load nothing when something in these files is wrong, in place of leaving it out')
    .option('--oneroster <zip or folder>', 'a district of OneRoster files, 1.1 or 1.2, in place of an invented one')
    .option('--oneroster-strict', 'the same for these files')
    .addOption(
      new Option('--connection <kind>', 'how people of these districts reach the app (default: district)').choices([
        'district',
        'library',
        'both',
      ]),
    )
    .addOption(
      new Option('--tier <tier>', 'what these districts share (default: secure-sync)').choices(['secure-sync', 'sso']),
    )
    .option('--sensitive <fields>', 'sensitive student fields that they share: names with commas, or all', commaList)
    .addOption(onOrOff('--attendance', 'whether they share attendance'))
    .option('--rate-limit <number>', 'requests of a token in a window (default: 1200)', wholeNumber(1))
    .option('--rate-window <seconds>', 'length of that window (default: 60)', wholeNumber(1, 86_400))
    .option(
      '--login-lifetime <seconds>',
      'how long the token of a person who logs in works (default: 86400)',
      wholeNumber(1),
    )
    .addOption(
      new Option('--clock <time>', 'the time in the sandbox at the start, in ISO 8601 (default: now)').argParser(
        timeArgument,
      ),
    )
    .option('--request-log <number>', 'how many requests the start page remembers (default: 1000)', wholeNumber(0))
    .option('--state <file>', 'keep what changes in a file, and continue from there next time')
    .addHelpText('after', HELP)
    .helpCommand(false)
    // Options after `trigger` are the trigger's own.
    .enablePositionalOptions()
    .addCommand(triggerCommand(io, DEFAULT_PORT))
    .action(async (options: SandboxCommandOptions) => {
      const { runSandbox } = await import('./run.js');
      await runSandbox(io, options);
    });
  return withCommonOptions(command);
}

function onOrOff(name: string, description: string): Option {
  return new Option(`${name} <on|off>`, `${description} (default: on)`).choices(['on', 'off']);
}
