import { Command, InvalidArgumentError, Option } from 'commander';
import { EXIT } from '../../../session/exit-codes.js';
import { CommandFailure } from '../../../session/failure.js';
import { commaList, wholeNumber, withCommonOptions } from '../../../session/options.js';
import type { CommandIo } from '../../../terminal/io.js';
import type { TriggerOptions } from './options.js';
import { TRIGGERS, type TriggerEntry } from './table.js';

const HELP = `
Examples:
  $ clever-sdk sandbox trigger rename                          # the first student, who gets another last name
  $ clever-sdk sandbox trigger transfer --student 58da8a43cc70ab00017a1a87 --school 'North Elementary'
  $ clever-sdk sandbox trigger pause --for 2h --district 'North ISD'
  $ clever-sdk sandbox trigger advance 31d --port 4000

A record that is not named is the first one that the change fits. A district must be named where several could be meant.`;

/** `clever-sdk sandbox trigger`: lets something happen in a sandbox that runs. */
export function triggerCommand(io: CommandIo, defaultPort: number): Command {
  const group = new Command('trigger')
    .description('Let something happen in a running sandbox: a change, a pause, another day')
    .helpCommand(false)
    .addHelpText('after', HELP);
  for (const [name, entry] of Object.entries(TRIGGERS)) {
    const command = new Command(name).description(entry.about);
    if (entry.alias !== undefined) {
      command.alias(entry.alias);
    }
    if (name === 'advance') {
      command.argument('<time>', 'how far: a number with a unit, such as 90s, 30m, 25h or 31d', duration);
    }
    for (const option of optionsOf(entry)) {
      command.addOption(option);
    }
    withTargetOptions(command, entry, defaultPort).action(async (...given: unknown[]) => {
      refuseOptionsBefore(group);
      const [by] = name === 'advance' ? [given[0] as number] : [];
      const { runTrigger } = await import('./run.js');
      await runTrigger(io, name, command.opts<TriggerOptions>(), { defaultPort, by });
    });
    group.addCommand(command);
  }
  return group;
}

function optionsOf({ options }: TriggerEntry): Option[] {
  return options.map(({ flags, description, is }) => {
    const option = new Option(flags, description);
    if (is === 'sync') {
      return option.choices(['sis', 'app']);
    }
    if (is === 'list') {
      return option.argParser(commaList);
    }
    return is === 'duration' ? option.argParser(duration) : option;
  });
}

function withTargetOptions(command: Command, { isOfSandbox = false }: TriggerEntry, defaultPort: number): Command {
  if (!isOfSandbox) {
    command.option('--district <id>', 'id or name of the district (default: the only one that can be meant)');
  }
  return withCommonOptions(
    command
      .option('--url <url>', `address of the sandbox (default: http://127.0.0.1:${defaultPort})`, webAddress)
      .addOption(
        new Option('-p, --port <number>', 'its port on this machine, in place of --url')
          .argParser(wholeNumber(1, 65_535))
          .conflicts('url'),
      ),
  );
}

/** Refuses `sandbox --port 4000 trigger …`, where the option would belong to a sandbox that is to be started. */
function refuseOptionsBefore({ parent: sandbox }: Command): void {
  if (sandbox?.options.some((option) => sandbox.getOptionValueSource(option.attributeName()) === 'cli') === true) {
    throw new CommandFailure(
      'options of a trigger come after its name: clever-sdk sandbox trigger <name> …',
      EXIT.usage,
    );
  }
}

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** A century; a date beyond 275,760 does not exist. */
const LONGEST_MS = 100 * 365 * UNITS.d;

/** Parses a length of time such as `25h` into milliseconds. */
function duration(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smhd])$/u.exec(text) ?? [];
  const milliseconds = Math.round(Number(number) * (UNITS[unit as keyof typeof UNITS] ?? Number.NaN));
  if (!(milliseconds > 0 && milliseconds <= LONGEST_MS)) {
    throw new InvalidArgumentError('It must be a number with a unit, such as 90s, 30m, 25h or 31d.');
  }
  return milliseconds;
}

function webAddress(text: string): string {
  if (!/^https?:\/\//iu.test(text) || !URL.canParse(text)) {
    throw new InvalidArgumentError('It must be an address such as http://localhost:3789.');
  }
  return new URL(text).origin;
}
