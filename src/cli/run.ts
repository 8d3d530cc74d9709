import { Command, CommanderError } from 'commander';
import type { CommandIo } from './io.js';
import { sandboxCommand } from './sandbox-command.js';

/** Exit codes of the command line. */
const EXIT = {
  /** Done. */
  ok: 0,
  /** It was tried and failed. */
  failure: 1,
  /** It was not understood. */
  usage: 2,
} as const;

/**
 * Runs the command line.
 *
 * @param argv - The arguments behind the program's name.
 * @returns The exit code, see {@link EXIT}.
 */
export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const program = new Command('clever-sdk')
    .description('Tools for building on Clever')
    .helpCommand(false)
    .addCommand(sandboxCommand(io));
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .showHelpAfterError('(--help shows every option)')
      .configureOutput({
        writeOut: (text) => io.out(text),
        writeErr: (text) => io.err(text),
      });
  }
  if (argv.length === 0) {
    io.err(program.helpInformation());
    return EXIT.usage;
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      throw error;
    }
    if (error.exitCode === 0) {
      return EXIT.ok;
    }
    return error.code === 'commander.error' ? EXIT.failure : EXIT.usage;
  }
}
