import { Command } from 'commander';
import { commaList, wholeNumber, withConnectionOptions } from '../../session/options.js';
import type { CommandIo } from '../../terminal/io.js';
import type { EventsOptions } from './run.js';

const HELP = `
Examples:
  $ clever-sdk events                                     # all that Clever still has: 30 days
  $ clever-sdk events --follow --checkpoint events.json   # continues where it stopped, and waits for more

A line has the event's id, type and time. --data adds the record, which is a person's data more often than not.`;

/** `clever-sdk events`: what changed in a district. */
export function eventsCommand(io: CommandIo): Command {
  const command = new Command('events')
    .description('Print what changed in a district, oldest first, as lines of JSON')
    .option('-f, --follow', 'wait for more; Ctrl+C ends it')
    .option('--after <id>', 'begin after this event')
    .option('--latest', 'begin after the newest event: print only what comes')
    .option('--checkpoint <file>', 'keep the id of the last event here, and begin after it next time')
    .option('--interval <seconds>', 'how long to wait between looks, with --follow', wholeNumber(1, 86_400), 60)
    .option('--record-type <types>', 'only events of these collections: users,sections …', commaList)
    .option('--school <id>', 'only events of this school')
    .option('--page-size <number>', 'events per request (default: 1000)', wholeNumber(1, 10_000))
    .option('--data', 'with the records and what they were before')
    .option('--sensitive <fields>', 'with --data: sensitive student fields to include, or all', commaList)
    .addHelpText('after', HELP)
    .action(async (options: EventsOptions) => {
      const { runEvents } = await import('./run.js');
      await runEvents(io, options);
    });
  return withConnectionOptions(command);
}
