import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Duration, SyncKind } from '../../../sync/index.js';
import { didYouMean } from '../../session/closest.js';
import { type DatabaseOptions, withDatabaseOptions } from '../../session/database-options.js';
import { commaList, withConnectionOptions } from '../../session/options.js';

/** Options of the commands that run a sync. */
export interface SyncOptions extends DatabaseOptions {
  readonly kinds?: readonly SyncKind[];
  readonly sensitive?: readonly string[];
  /** Whether the change log keeps the records before and after. */
  readonly history?: 'fields' | 'values';
  /** When a district is due again. */
  readonly every?: Duration;
}

/** Their names, because this file is loaded at every start, and the sync itself only when it runs. */
export const KINDS = [
  'districts',
  'schools',
  'terms',
  'courses',
  'users',
  'sections',
  'resources',
] as const satisfies readonly SyncKind[];

/** Adds the options of the commands that run a sync. */
export function withSyncOptions(command: Command): Command {
  return withConnectionOptions(
    withDatabaseOptions(command)
      .addOption(
        new Option(
          '--kinds <kinds>',
          `what to keep, with commas (default: all but resources): ${KINDS.join(', ')}`,
        ).argParser(kindList),
      )
      .option('--sensitive <fields>', 'sensitive student fields to keep: names with commas, or all', commaList)
      .addOption(
        new Option(
          '--history <fields|values>',
          'what the change log keeps: names of members, or the records before and after, for deltas (default: fields)',
        ).choices(['fields', 'values']),
      ),
  );
}

/** Parses a length of time such as `6h`. */
export function durationArgument(text: string): Duration {
  if (!/^\d+(?:\.\d+)?[smhd]$/u.test(text)) {
    throw new InvalidArgumentError('It must be a number with a unit, such as 30s, 15m, 6h or 7d.');
  }
  return text as Duration;
}

function kindList(text: string, previous?: readonly SyncKind[]): readonly SyncKind[] {
  const kinds = commaList(text, previous);
  const wrong = kinds.find((kind) => !(KINDS as readonly string[]).includes(kind));
  if (wrong !== undefined) {
    throw new InvalidArgumentError(`It must be names of: ${KINDS.join(', ')}.${didYouMean(wrong, KINDS)}`);
  }
  return kinds as readonly SyncKind[];
}
