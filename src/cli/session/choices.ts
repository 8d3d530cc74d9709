import { type Argument, type Command, InvalidArgumentError, type Option } from 'commander';
import { didYouMean } from './closest.js';

/** What people call something, and what it is called here. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  students: 'users --role student',
  teachers: 'users --role teacher',
  staff: 'users --role staff',
  contacts: 'users --role contact',
  guardians: 'users --role contact',
  admins: 'users --role district_admin',
  classes: 'sections',
  enrollments: 'sections, which have the ids of their students and teachers',
};

/** Lets a wrong word for one of several choices be answered with the one that was meant. */
export function explainChoices(command: Command): void {
  for (const one of [...command.registeredArguments, ...command.options] as readonly (Argument | Option)[]) {
    const { argChoices } = one;
    if (argChoices !== undefined) {
      one.argParser((typed: string) => {
        if (argChoices.includes(typed)) {
          return typed;
        }
        throw new InvalidArgumentError(`Allowed choices are ${argChoices.join(', ')}.${hintFor(typed, argChoices)}`);
      });
    }
  }
}

function hintFor(typed: string, choices: readonly string[]): string {
  const singular = typed.toLowerCase();
  const name = [singular, `${singular}s`, `${singular}es`].find((one) => Object.hasOwn(OTHER_NAMES, one));
  const meant = name === undefined ? undefined : OTHER_NAMES[name];
  return meant !== undefined && choices.includes(meant.split(/[ ,]/u)[0] ?? '')
    ? ` Did you mean ${meant}?`
    : didYouMean(typed, choices);
}
