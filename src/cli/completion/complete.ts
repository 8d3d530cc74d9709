import { type Command as Completable, type Complete, RootCommand } from '@bomb.sh/tab';
import type { Command } from 'commander';
import type { Shell } from '../commands/completion.js';

/** The script that teaches a shell to ask `clever-sdk complete`. */
export function completionScript(program: Command, shell: Shell): string {
  return printedBy(() => describe(program).setup(program.name(), program.name(), shell));
}

/** The answer to a shell: one completion a line. */
export function completionsFor(program: Command, words: readonly string[]): string {
  return printedBy(() => describe(program).parse([...words]));
}

/** What the commands take, read from commander, so that it cannot be forgotten here. */
function describe(program: Command): RootCommand {
  const root = new RootCommand();
  addOptions(root, program);
  for (const command of program.createHelp().visibleCommands(program)) {
    const described = root.command(command.name(), command.description());
    addOptions(described, command);
    for (const argument of command.registeredArguments) {
      described.argument(argument.name(), offering(argument.argChoices), argument.variadic);
    }
  }
  return root;
}

function addOptions(described: Completable, command: Command): void {
  for (const option of command.createHelp().visibleOptions(command)) {
    const [name, letter] = [option.long?.slice(2) ?? '', option.short?.slice(1)];
    if (option.required || option.optional) {
      described.option(name, option.description, offering(option.argChoices), letter);
    } else if (letter === undefined) {
      described.option(name, option.description);
    } else {
      described.option(name, option.description, letter);
    }
  }
}

function offering(choices: readonly string[] = []): (complete: Complete) => void {
  return (complete) => {
    for (const choice of choices) {
      complete(choice, '');
    }
  };
}

/** The library prints by `console.log`, and synchronously; the command line writes by itself, and waits for it. */
function printedBy(print: () => void): string {
  const log = console.log;
  const lines: string[] = [];
  console.log = (line: unknown) => void lines.push(`${String(line)}\n`);
  try {
    print();
  } finally {
    console.log = log;
  }
  return lines.join('');
}
