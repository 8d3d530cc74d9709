import type { CommanderError } from 'commander';

/**
 * Says what was wrong with the arguments without repeating them: one may be a secret in the wrong place, and what is
 * printed ends up in logs. Only the names of options and commands that exist are quoted, and the name of an unknown
 * option if it consists of words.
 */
export function usageMessage({ code, message }: Pick<CommanderError, 'code' | 'message'>): string {
  const text = message.replace(/^error: /u, '');
  const rewrite = Object.hasOwn(REWRITES, code) ? REWRITES[code as keyof typeof REWRITES] : undefined;
  if (rewrite === undefined) {
    return QUOTES_NO_ARGUMENT.has(code) ? text : UNKNOWN;
  }
  return rewrite(text) ?? UNKNOWN;
}

const UNKNOWN = 'the arguments are not understood.';

/** These messages of commander quote its own options and commands only. */
const QUOTES_NO_ARGUMENT: ReadonlySet<string> = new Set([
  'commander.missingArgument',
  'commander.optionMissingArgument',
  'commander.missingMandatoryOptionValue',
  'commander.conflictingOption',
]);

/**
 * Those that quote an argument, by commander's code. What an argument may contain is unknown, so each pattern is
 * anchored at both ends, and takes everything between what commander wrote.
 */
const REWRITES: Readonly<Record<string, (text: string) => string | undefined>> = {
  'commander.unknownOption': (text) => {
    const [, flag = '', hint = ''] = /^unknown option '(.*)'(\n\(Did you mean [\w\s,-]*\?\))?$/su.exec(text) ?? [];
    return `unknown option${/^--[a-z]+(?:-[a-z]+)*$/u.test(flag) ? ` '${flag}'` : ''}${hint}`;
  },
  'commander.unknownCommand': (text) => {
    const [, hint = ''] = /^unknown command '.*'(\n\(Did you mean [\w\s,-]*\?\))?$/su.exec(text) ?? [];
    return `unknown command${hint}`;
  },
  'commander.excessArguments': (text) => /^too many arguments[^:]*/u.exec(text)?.[0].concat('.'),
  'commander.invalidArgument': (text) => {
    const option = /^option '([\w\s,<>-]+)' argument '.*' is invalid\. (.*)$/su.exec(text);
    if (option !== null) {
      return `option '${option[1]}': the value is invalid. ${option[2]}`;
    }
    const argument = /^command-argument value '.*' is invalid for argument '(\w+)'\. (.*)$/su.exec(text);
    return argument === null ? undefined : `argument '${argument[1]}': the value is invalid. ${argument[2]}`;
  },
};
