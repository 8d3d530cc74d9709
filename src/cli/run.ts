import { type Command, CommanderError } from 'commander';
import { makeProgram } from './program.js';
import { didYouMean } from './session/closest.js';
import { EXIT, type ExitCode } from './session/exit-codes.js';
import { reportFailure } from './session/failure.js';
import { refuseEnvFile, refuseSecrets } from './session/options.js';
import { usageMessage } from './session/usage-message.js';
import type { CommandIo } from './terminal/io.js';
import { visibleIo, visibleJson } from './terminal/visible.js';
import { wrapped } from './terminal/wrap.js';

/**
 * Runs the command line.
 *
 * @param argv - The arguments after the program's name.
 * @returns The exit code, see {@link EXIT}.
 */
export async function run(argv: readonly string[], streams: CommandIo): Promise<ExitCode> {
  const io = visibleIo(streams);
  const output = { help: '' };
  let exitCode: ExitCode = EXIT.ok;
  const program = makeProgram(io, output, (code) => {
    exitCode = code;
  });
  const style = {
    json: asksForJson(program, argv),
    verbose: argv.includes('--verbose') || argv.includes('-v'),
  };
  try {
    refuseSecrets(argv);
    refuseEnvFile(argv);
    if (argv.length === 0) {
      io.err(program.helpInformation({ error: true }));
      return EXIT.usage;
    }
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      return await reportFailure(error, io, style);
    }
    if (error.exitCode === 0) {
      return await printHelp(output.help, io);
    }
    const group = groupNamed(program, argv);
    if (error.code === 'commander.help' && group !== undefined) {
      io.err(group.helpInformation({ error: true }));
      return EXIT.usage;
    }
    const hint = error.code === 'commander.excessArguments' && group !== undefined ? subcommandHint(group, argv) : '';
    const message = `${usageMessage(error)}${hint}`;
    io.err(
      style.json
        ? `${visibleJson({ error: { code: 'usage', message } })}\n`
        : `error: ${message}\n(--help shows every option)\n`,
    );
    return EXIT.usage;
  }
}

/** Whether answers and failures are to be JSON: `--json`, unless it names a file, as that of `certify` may. */
function asksForJson(program: Command, argv: readonly string[]): boolean {
  const { options = [] } = program.commands.find((command) => command.name() === argv[0]) ?? {};
  const mayNameFile = options.find(({ long }) => long === '--json')?.optional === true;
  const next = argv[argv.indexOf('--json') + 1];
  return argv.includes('--json') && !(mayNameFile && next !== undefined && !next.startsWith('-'));
}

/** The last command with commands of its own that the arguments name: `sync`, `sandbox trigger`. */
function groupNamed(program: Command, argv: readonly string[]): Command | undefined {
  let group: Command | undefined;
  for (const word of argv) {
    const { commands } = group ?? program;
    group = commands.find((command) => command.commands.length > 0 && command.name() === word) ?? group;
  }
  return group;
}

/** For a command that also works alone, a misspelt command of its own is an argument too many. */
function subcommandHint(group: Command, argv: readonly string[]): string {
  const [typed = ''] = argv.slice(argv.indexOf(group.name()) + 1).filter((word) => !word.startsWith('-'));
  return didYouMean(
    typed,
    group.commands.map((command) => command.name()),
  );
}

/** Examples may be longer than prose: a command is copied in one piece. */
const LONGEST_EXAMPLE = 120;

async function printHelp(text: string, io: CommandIo): Promise<ExitCode> {
  try {
    const { columns } = io.terminal;
    await io.out(wrapped(text, columns === undefined ? undefined : Math.min(columns, LONGEST_EXAMPLE)));
    return EXIT.ok;
  } catch (error) {
    return await reportFailure(error, io, {});
  }
}
