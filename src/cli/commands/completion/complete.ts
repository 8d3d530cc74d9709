import type { Command, Option } from 'commander';

/** A word that may come next, and its description. */
type Candidate = readonly [value: string, about: string];

/**
 * The answer to a shell: one completion a line, followed by a tab and a few words. Read from the commands themselves,
 * so that none can be forgotten here. Empty where a file or free text is expected, so that the shell offers its own.
 *
 * @param words - The words after the program's name, up to the one that is being typed, which may be empty.
 */
export function completionsFor(program: Command, words: readonly string[]): string {
  // bash splits `--format=csv` into three words.
  const before = words.slice(0, -1).filter((word) => word !== '=');
  const typed = words.at(-1) === '=' ? '' : (words.at(-1) ?? '');
  const begun = /^(?<option>--[\w-]+)=/u.exec(typed);
  const candidates =
    begun === null
      ? candidatesFor(program, before, typed)
      : choicesOf(optionNamed(program, before, begun.groups?.['option'])).map(
          ([value]): Candidate => [`${begun[0]}${value}`, ''],
        );
  return candidates
    .filter(([value]) => value.startsWith(typed))
    .map(([value, about]) => `${value}${about === '' ? '' : `\t${about}`}\n`)
    .join('');
}

function candidatesFor(program: Command, before: readonly string[], typed: string): readonly Candidate[] {
  const option = optionNamed(program, before, before.at(-1));
  if (option?.required === true) {
    return choicesOf(option);
  }
  const command = commandOf(program, before);
  const hasCommands = command !== undefined && command.commands.length > 0;
  if (typed.startsWith('-')) {
    return optionsOf(command ?? program).map(({ long, description }) => [long ?? '', description]);
  }
  if (command === undefined && before.some((word) => !word.startsWith('-'))) {
    return [];
  }
  if (command === undefined || hasCommands) {
    const commands = program.createHelp().visibleCommands(command ?? program);
    return commands.map((one) => [one.name(), one.description()]);
  }
  const argument = command.registeredArguments[argumentsIn(command, before)];
  return (argument?.argChoices ?? []).map((value) => [value, '']);
}

/** The command that the words name, which may be one of another command: `sync run`, `sandbox trigger rename`. */
function commandOf(program: Command, before: readonly string[]): Command | undefined {
  let command: Command | undefined;
  for (const word of before) {
    const next = (command ?? program).commands.find((one) => one.name() === word || one.alias() === word);
    if (next === undefined) {
      break;
    }
    command = next;
  }
  return command;
}

function optionsOf(command: Command): readonly Option[] {
  return command.createHelp().visibleOptions(command);
}

function optionNamed(program: Command, before: readonly string[], name: string | undefined): Option | undefined {
  const options = optionsOf(commandOf(program, before) ?? program);
  return options.find(({ long, short }) => name !== undefined && (name === long || name === short));
}

function choicesOf(option: Option | undefined): readonly Candidate[] {
  return (option?.argChoices ?? []).map((value) => [value, '']);
}

/** The number of arguments given so far; the values of options do not count. */
function argumentsIn(command: Command, before: readonly string[]): number {
  const takesValue = (word: string | undefined): boolean =>
    word !== undefined &&
    optionsOf(command).some(({ long, short, required }) => required && [long, short].includes(word));
  const first = before.indexOf(command.name()) + 1;
  const words = before.slice(first);
  return words.filter((word, index) => !word.startsWith('-') && !takesValue(words[index - 1])).length;
}
