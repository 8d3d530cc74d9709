import { type Command, InvalidArgumentError, Option } from 'commander';
import { EXIT } from './exit-codes.js';
import { CommandFailure } from './failure.js';

/** Options that every command takes. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** Options of the commands that talk to Clever. */
export interface ConnectionOptions extends CommonOptions {
  readonly settings?: string;
  readonly district?: string;
  readonly apiVersion?: 'v3.0' | 'v3.1';
}

/** Adds the options that every command takes. */
export function withCommonOptions(command: Command): Command {
  return command
    .option('--json', 'answer in JSON, also when it fails')
    .option('-v, --verbose', 'print more on standard error');
}

/** Adds the options of the commands that talk to Clever. */
export function withConnectionOptions(command: Command): Command {
  return withCommonOptions(command)
    .addOption(settingsOption())
    .option('--district <id>', "the district's Clever id, found through the app's credentials")
    .addOption(new Option('--api-version <version>', 'version of the Data API').choices(['v3.1', 'v3.0']));
}

/** The option that names a file of settings. Not `--env-file`, see {@link refuseEnvFile}. */
export function settingsOption(): Option {
  return new Option('--settings <file>', 'read CLEVER_… variables from a file; those of the environment win');
}

/** Parses a whole number within bounds. */
export function wholeNumber(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/u.test(text) || value < minimum || value > maximum) {
      const upTo = maximum === Number.MAX_SAFE_INTEGER ? ' or more' : ` to ${maximum}`;
      throw new InvalidArgumentError(`It must be a whole number, ${minimum}${upTo}.`);
    }
    return value;
  };
}

/** Parses a list with commas; an option that is given again adds to it. */
export function commaList(text: string, previous: readonly string[] = []): readonly string[] {
  const items = text.split(',').map((item) => item.trim());
  if (items.includes('')) {
    throw new InvalidArgumentError('It must be names with commas between them.');
  }
  return [...previous, ...items];
}

/** Tokens and secrets of Clever's: 40 hexadecimal digits or more, `il…` of people, and those published for demos. */
const SECRET = /^(?:[\da-f]{40,}|il[\da-z]{30,}|ilc_\w+|(?:TEST|DEMO)_TOKEN|bearer\s.*|basic\s+[\w+/=]{12,})$/iu;
const SECRET_NAME = '(?:token|secret|passw|passphrase|credential|bearer|api-?key|authorization)';
/** `--client-secret`, `--client-secret=…`, `-token`. */
const SECRET_OPTION = new RegExp(`^(?:--[^=]*${SECRET_NAME}|-[\\w-]*${SECRET_NAME}s?(?:=|$))`, 'iu');
/** `CLEVER_CLIENT_SECRET=…`, a member of JSON, a header, an address with credentials: wherever they are. */
const SECRET_INSIDE = new RegExp(
  `${SECRET_NAME}\\w{0,20}["'\`]?\\s?[=:]\\s?\\S|\\bbearer\\s\\s?\\S|\\bbasic\\s\\s?[\\w+/=]{12}|://[^/\\s@:]*:[^/\\s@]*@`,
  'iu',
);
/** What may be around a secret: quotes, brackets, and what separates values. A path is one piece. */
const WRAPPING = /[\s'"`,;:=&?@(){}<>[\]|]/u;

/**
 * Refuses secrets among the arguments, where process lists and shell histories show them, before anything quotes them.
 *
 * @throws {@link CommandFailure} that says where secrets go instead.
 */
export function refuseSecrets(argv: readonly string[]): void {
  if (argv.some(looksSecret)) {
    throw new CommandFailure(
      'tokens and secrets are not taken from arguments, which process lists and shell histories show. ' +
        'Put them into the environment (CLEVER_DISTRICT_TOKEN, CLEVER_CLIENT_ID and CLEVER_CLIENT_SECRET), into a file for ' +
        '--settings, or wait to be asked. The URL of a database with its password goes into DATABASE_URL. ' +
        'If this one was real, replace it. (--help shows every option)',
      EXIT.usage,
    );
  }
}

function looksSecret(argument: string): boolean {
  const pieces = argument.split(WRAPPING);
  // The value of a short option may follow its letter at once.
  const attached = /^-[a-z](.+)$/isu.exec(argument)?.[1] ?? '';
  return (
    SECRET_OPTION.test(argument) ||
    SECRET_INSIDE.test(argument) ||
    [argument, ...pieces, ...attached.split(WRAPPING)].some((piece) => SECRET.test(piece))
  );
}

/**
 * Refuses `--env-file`. Node takes that option for itself even after the name of a program, and runs what the
 * `NODE_OPTIONS` of the file says before the program begins.
 *
 * @throws {@link CommandFailure} that says what to use instead.
 */
export function refuseEnvFile(argv: readonly string[]): void {
  if (argv.some((argument) => /^--env-file(?:-if-exists)?(?:=|$)/u.test(argument))) {
    throw new CommandFailure(
      'use --settings in place of --env-file. Node takes --env-file for itself and obeys every variable in the file, ' +
        'NODE_OPTIONS included. From a file for --settings, only CLEVER_… variables are read. (--help shows every option)',
      EXIT.usage,
    );
  }
}
