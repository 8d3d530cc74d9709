import { readJson, writeWhole } from '../../session/atomic-file.js';
import { EXIT } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';

/** What has to be the same for one pull to continue where another stopped. */
export interface PullIdentity {
  readonly resource: string;
  readonly format: 'ndjson' | 'csv';
  readonly excel?: true | undefined;
  readonly formulas?: 'keep' | undefined;
  readonly role?: string | undefined;
  readonly sensitive: 'all' | readonly string[];
  readonly apiVersion: string;
  readonly apiOrigin: string;
  /** Clever's id of the district. */
  readonly district: string;
  readonly from?: string | undefined;
  readonly after?: string | undefined;
}

/** How far a pull has come. */
export interface Checkpoint {
  readonly version: 1;
  readonly pull: PullIdentity;
  /** The position after the last page that was written; absent before the first. */
  readonly cursor?: string;
  /** Length of what was written, in bytes. */
  readonly bytes: number;
  readonly records: number;
  /** How many of the cells were changed against formulas; absent for none. */
  readonly guarded?: number;
  /** Whether the last page was written. */
  readonly isComplete: boolean;
}

/** Writes a checkpoint. It holds the id of a record, so only its owner may read it. */
export async function saveCheckpoint(file: string, checkpoint: Checkpoint): Promise<void> {
  await writeWhole(file, `${JSON.stringify(checkpoint, undefined, 2)}\n`);
}

/**
 * Reads a checkpoint; `undefined` when it does not exist.
 *
 * @throws {@link CommandFailure} for a file that is not a checkpoint, or that another user may have put there.
 */
export async function loadCheckpoint(file: string): Promise<Checkpoint | undefined> {
  const checkpoint = (await readJson(file)) as Checkpoint | undefined;
  if (checkpoint === undefined) {
    return undefined;
  }
  if (
    checkpoint.version !== 1 ||
    !(Number.isSafeInteger(checkpoint.bytes) && checkpoint.bytes >= 0) ||
    typeof checkpoint.pull !== 'object'
  ) {
    throw new CommandFailure(
      `${file} is not a checkpoint of this command. Remove it, or name another with --checkpoint.`,
      EXIT.usage,
    );
  }
  return checkpoint;
}

/**
 * Refuses to continue with another pull than the one that was interrupted.
 *
 * @throws {@link CommandFailure} naming what differs; values are not quoted.
 */
export function assertSamePull(file: string, before: PullIdentity, now: PullIdentity): void {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])] as (keyof PullIdentity)[];
  const different = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(now[name]));
  if (different.length > 0) {
    throw new CommandFailure(
      `--resume: the interrupted pull (${file}) had another ${different.join(', ')}. ` +
        'Repeat its options, or leave --resume out to start over.',
      EXIT.usage,
    );
  }
}
