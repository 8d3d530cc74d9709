import { Command, Option } from 'commander';
import type { Finish } from '../../session/exit-codes.js';
import { commaList, wholeNumber } from '../../session/options.js';
import { uriList } from '../../session/redirect-uris.js';
import type { CommandIo } from '../../terminal/io.js';
import { type CertifyCommandOptions, suiteList } from './options.js';

const HELP = `
Examples:
  $ clever-sdk certify --app http://localhost:3000 --whoami /api/me#id
  $ clever-sdk certify --app http://localhost:3000 --suite sso,library,sync --whoami /api/me#id \\
      --sync-command 'npm run sync' --roster-command 'npm run roster' --report report.html --form form.md
  $ clever-sdk certify --app http://localhost:3000 --only sso.code-once   # one probe again; sso.error-* for several

It prints four variables for the app's environment, waits until the app uses them, and then plays Clever. Exit code 0: nothing failed; 1: something
did. The guide says what is tried and what only a person can check: docs/guides/certification.md.`;

/** `clever-sdk certify`: tries an app as Clever would before it is certified. */
export function certifyCommand(io: CommandIo, finish: Finish): Command {
  return new Command('certify')
    .description('Try an app as Clever would before it is certified, and report what to fix')
    .requiredOption('--app <url>', 'the running app: http://localhost:3000')
    .addOption(
      new Option('--suite <names>', 'sso, library, sync, lms: names with commas (default: sso)').argParser(suiteList),
    )
    .option(
      '--login-url <path>',
      'the page with the “Log in with Clever” button, or where a login starts (default: /login)',
    )
    .option(
      '--whoami <where>',
      'where the app says who is logged in: /api/me#id, or "/account .user-id" for a selector',
    )
    .option('--logout-url <path>', 'where a person logs out')
    .addOption(
      new Option(
        '--redirect-uri <uri>',
        'redirect URI of the app, the primary one first; repeat it for more',
      ).argParser(uriList),
    )
    .option('--sync-command <command>', "runs the app's sync once, to its end")
    .option('--roster-command <command>', 'prints what the app knows: {"cleverId", "kind", "active"} per line')
    .option('--purge-command <command>', 'removes the district that CLEVER_DISTRICT_ID names')
    .option('--lms-command <command>', 'creates, changes and deletes an assignment')
    .option('--cwd <folder>', 'where these commands run (default: here)')
    .addOption(
      new Option(
        '--browser <name>',
        'visit the app with a browser in place of plain HTTP; needs playwright-core',
      ).choices(['chromium']),
    )
    .option('--browser-path <file>', 'the browser (default: CHROMIUM_PATH, or what playwright-core finds)')
    .option('--report <file>', 'write a report for people, as one HTML file')
    .option('--junit <file>', 'write JUnit XML, for CI')
    .option('--json [file]', 'write JSON to a file, or print it in place of the text')
    .option('--form <file>', "write Clever's certification form, filled in with what was seen, as Markdown")
    .option('--only <ids>', 'only these probes: ids with commas, or beginnings that end with a star', commaList)
    .option('--expect <file>', 'known verdicts, as JSON: { "sso.logout": "fail" }; another verdict is an error')
    .option('--seed <number>', 'the same seed invents the same people and districts (default: random)', wholeNumber(0))
    .option('-p, --port <number>', 'port of the sandbox on 127.0.0.1 (default: 3790)', wholeNumber(0, 65_535))
    .option('--client-id <id>', "the app's client id (default: a fixed one)")
    .option('--i-own-this-app <host>', 'try an app that is not on this machine: name its host, as it is in --app')
    .option('--wait <seconds>', "how long to wait for the app's first request (default: 120)", wholeNumber(1, 86_400))
    .option('--answer-time <seconds>', 'how long one answer of the app may take (default: 30)', wholeNumber(1, 3_600))
    .option('--command-time <seconds>', 'how long one command may take (default: 120)', wholeNumber(1, 86_400))
    .option('--time <seconds>', 'how long the whole run may take (default: 900)', wholeNumber(1, 86_400))
    .option('--requests <number>', 'how many requests the app may get (default: 5000)', wholeNumber(1))
    .option('-v, --verbose', 'print a line for each probe and each command on standard error')
    .addHelpText('after', HELP)
    .action(async (options: CertifyCommandOptions) => {
      const { runCertify } = await import('./run.js');
      finish(await runCertify(io, options));
    });
}
