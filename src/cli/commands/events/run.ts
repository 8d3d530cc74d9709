import {
  type DistrictClient,
  type EventListParams,
  type EventRecordType,
  hasCode,
  isCleverError,
  type SensitiveField,
} from '../../../index.js';
import { omitUndefined } from '../../../util/omit-undefined.js';
import { didYouMean } from '../../session/closest.js';
import { connectDistrict } from '../../session/connect.js';
import { exclusively } from '../../session/exclusive.js';
import { EXIT } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';
import type { ConnectionOptions } from '../../session/options.js';
import { sensitiveChoice } from '../../session/sensitive.js';
import { duration } from '../../terminal/duration.js';
import type { CommandIo } from '../../terminal/io.js';
import { visible, visibleJson } from '../../terminal/visible.js';
import { loadPosition, savePosition } from './position.js';

/** Options of `clever-sdk events`. */
export interface EventsOptions extends ConnectionOptions {
  readonly follow?: boolean;
  readonly after?: string;
  readonly latest?: boolean;
  readonly checkpoint?: string;
  readonly interval: number;
  readonly recordType?: readonly string[];
  readonly school?: string;
  readonly pageSize?: number;
  readonly data?: boolean;
  readonly sensitive?: readonly string[];
}

/** The district whose events are printed, and the position of the last printed event. */
interface Following {
  readonly io: CommandIo;
  readonly district: DistrictClient<SensitiveField>;
  readonly options: EventsOptions;
  /** The id of the last event that was printed; `undefined` before the first. */
  after: string | undefined;
}

/** Prints events, and with `--follow` those to come, until the command is to end. */
export async function runEvents(io: CommandIo, options: EventsOptions): Promise<void> {
  if (options.sensitive !== undefined && options.data !== true) {
    throw new CommandFailure('--sensitive goes with --data: without it, no record is printed.', EXIT.usage);
  }
  refuseMisspelt(options.recordType);
  await exclusively([options.checkpoint], () => follow(io, options));
}

/** The collections that are known to have events. Clever may have others, so only a slip of the keys is refused. */
const COLLECTIONS = [
  'users',
  'sections',
  'schools',
  'courses',
  'terms',
  'districts',
  'resources',
] as const satisfies readonly EventRecordType[];

function refuseMisspelt(types: readonly string[] = []): void {
  const wrong = types.find((type) => !(COLLECTIONS as readonly string[]).includes(type));
  const meant = wrong === undefined ? '' : didYouMean(wrong, COLLECTIONS);
  if (meant !== '') {
    throw new CommandFailure(`--record-type: no collection has such a name.${meant}`, EXIT.usage);
  }
}

async function follow(io: CommandIo, options: EventsOptions): Promise<void> {
  const sensitive = sensitiveChoice(options.sensitive);
  const { district } = await connectDistrict(io, options, { sensitive });
  try {
    const following: Following = { io, district, options, after: await startingPosition(district, options) };
    await printNew(following);
    for (let waitMs = options.interval * 1_000; options.follow === true; ) {
      await io.sleep(waitMs);
      waitMs = await lookAgain(following);
    }
  } catch (error) {
    // With --follow, the command ends only when the user stops it, which is no failure.
    if (!(options.follow === true && io.signal.aborted)) {
      throw error;
    }
  }
}

async function startingPosition(
  { events }: DistrictClient<SensitiveField>,
  { after, latest, checkpoint }: EventsOptions,
): Promise<string | undefined> {
  if (after !== undefined) {
    return after;
  }
  const kept = checkpoint === undefined ? undefined : await loadPosition(checkpoint);
  return kept ?? (latest === true ? await events.latestCursor() : undefined);
}

/**
 * Prints new events. A failure that may be temporary does not end the command.
 *
 * @returns How long to wait before the next request, in milliseconds.
 */
async function lookAgain(following: Following): Promise<number> {
  const { io, options } = following;
  const intervalMs = options.interval * 1_000;
  try {
    await printNew(following);
    return intervalMs;
  } catch (error) {
    if (!isCleverError(error) || !error.isRetryable) {
      throw error;
    }
    // Until the budget is whole again, the client would refuse the request without sending it.
    const resetAt = hasCode(error, 'rate_limit') ? error.resetAt?.getTime() : undefined;
    const waitMs = Math.max(intervalMs, (resetAt ?? 0) - io.now());
    io.err(`Trying again in ${duration(waitMs)}: ${visible(error.message)}\n`);
    return waitMs;
  }
}

/** Prints page by page; a page counts as printed when it has left this process. */
async function printNew(following: Following): Promise<void> {
  const { io, district, options } = following;
  const { recordType, school, pageSize, data, checkpoint } = options;
  const params: EventListParams = omitUndefined({
    after: following.after,
    record_type: recordType,
    school,
    pageSize,
  });
  for await (const page of district.events.list(params).pages()) {
    const last = page.data.at(-1);
    if (last !== undefined) {
      const lines = page.data.map((event) => visibleJson(data === true ? event : withoutRecord(event)));
      await io.out(`${lines.join('\n')}\n`);
      following.after = last.id;
      if (checkpoint !== undefined) {
        await savePosition(checkpoint, last.id);
      }
    }
  }
}

/** Returns the members of an event that are safe to log. */
function withoutRecord({ id, type, created }: { id: string; type: string; created?: string | null }): object {
  return { id, type, created };
}
