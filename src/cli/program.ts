import { Command, Help } from 'commander';
import { wrapAnsi } from 'fast-wrap-ansi';
import { VERSION } from '../version.js';
import { certifyCommand } from './commands/certify/command.js';
import { completeCommand, completionCommand } from './commands/completion/command.js';
import { doctorCommand } from './commands/doctor/command.js';
import { eventsCommand } from './commands/events/command.js';
import { exportCommand } from './commands/export/command.js';
import { loginCommand } from './commands/login/command.js';
import { pullCommand } from './commands/pull/command.js';
import { recordCommand } from './commands/record/command.js';
import { sandboxCommand } from './commands/sandbox/command.js';
import { syncCommand } from './commands/sync/command.js';
import { validateCommand } from './commands/validate/command.js';
import { explainChoices } from './session/choices.js';
import { EXIT_MEANINGS, type Finish } from './session/exit-codes.js';
import type { CommandIo } from './terminal/io.js';
import { LONGEST_LINE } from './terminal/wrap.js';

/** The help that commander would print; the caller prints it, because only the caller knows in which form. */
interface Output {
  help: string;
}

const EXIT_HELP = [
  '',
  'Exit codes:',
  ...Object.entries(EXIT_MEANINGS).map(([code, meaning]) => `  ${code.padEnd(4)} ${meaning}`),
  '',
  'Credentials come from the environment (CLEVER_CLIENT_ID, CLEVER_CLIENT_SECRET, CLEVER_DISTRICT_TOKEN …), from a file',
  'with --settings, or are asked for. They are never arguments.',
].join('\n');

/** All commands. Only their options are loaded; what they do is loaded when they run. */
export function makeProgram(io: CommandIo, output: Output, finish: Finish): Command {
  const program: Command = new Command('clever-sdk')
    .description('Tools for building on Clever')
    .version(VERSION)
    .helpCommand(false)
    // Options after the name of a command are that command's.
    .enablePositionalOptions()
    .addCommand(sandboxCommand(io))
    .addCommand(doctorCommand(io, finish))
    .addCommand(pullCommand(io))
    .addCommand(eventsCommand(io))
    .addCommand(recordCommand(io))
    .addCommand(syncCommand(io, finish))
    .addCommand(certifyCommand(io, finish))
    .addCommand(exportCommand(io))
    .addCommand(validateCommand(io, finish))
    .addCommand(loginCommand(io))
    .addCommand(completionCommand(io))
    .addCommand(
      completeCommand(io, () => program),
      { hidden: true },
    )
    .addHelpText('after', EXIT_HELP);
  for (const command of withAllBelow(program)) {
    explainChoices(command);
    command
      .exitOverride()
      .configureHelp(helpFor(io))
      .configureOutput({
        getOutHelpWidth: () => widthOf(io.terminal.columns),
        getErrHelpWidth: () => widthOf(io.terminal.errorColumns),
        writeOut: (text) => {
          output.help += text;
        },
        // Quotes arguments, which may be secrets; the caller words the error.
        writeErr: () => undefined,
      });
  }
  return program;
}

/** A command, those below it, and so on. */
function withAllBelow(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withAllBelow)];
}

function widthOf(columns = 80): number {
  return Math.min(columns, LONGEST_LINE);
}

/** On a narrow terminal, what an option does is under its name, because beside it there is no room. */
function helpFor({ terminal }: CommandIo): Partial<Help> {
  return {
    formatItem(term, termWidth, description, helper) {
      const width = helper.helpWidth ?? 80;
      if (terminal.columns === undefined || width - termWidth >= NARROWEST_TEXT || description === '') {
        return Help.prototype.formatItem.call(helper, term, termWidth, description, helper);
      }
      return [
        `  ${term}`,
        ...wrapAnsi(description, width - 6)
          .split('\n')
          .map((line) => `      ${line}`),
      ].join('\n');
    },
  };
}

/** The least room for what an option does. */
const NARROWEST_TEXT = 44;
