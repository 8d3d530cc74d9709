import { CLIENT_DEFAULTS, type ClientEvent, type DistrictClient, type SensitiveField } from '../../../index.js';
import { removeWhole } from '../../session/atomic-file.js';
import { connectDistrict } from '../../session/connect.js';
import { EXIT } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';
import { sensitiveChoice } from '../../session/sensitive.js';
import type { CommandIo } from '../../terminal/io.js';
import { assertSamePull, type Checkpoint, loadCheckpoint, type PullIdentity } from './checkpoint.js';
import { narrowed } from './columns.js';
import { csv, type Format, ndjson } from './format.js';
import type { PullableResource, PullOptions } from './options.js';
import { PULLABLE } from './resources.js';
import { assertReplaceable } from './target.js';

/** Everything that is decided before a pull reads its first record. */
export interface Plan {
  readonly district: DistrictClient<SensitiveField>;
  readonly format: Format;
  /** The file to write; `undefined` for standard output. */
  readonly file: string | undefined;
  readonly checkpointFile: string | undefined;
  /** The position to begin at. */
  readonly start: Checkpoint;
}

/**
 * Decides everything that must be known before the first record is read.
 *
 * @throws {@link CommandFailure} when the options contradict each other, or what was interrupted.
 */
export async function planPull(
  io: CommandIo,
  resource: PullableResource,
  options: PullOptions,
  onEvent: (event: ClientEvent) => void,
): Promise<Plan> {
  const file = options.out;
  const sensitive = sensitiveChoice(options.sensitive);
  const { district, settings } = await connectDistrict(io, options, { sensitive, onEvent });
  const checkpointFile = checkpointFileOf(options);
  const format = formatOf(options);
  const keepsFormulas = options.formulas === 'keep';
  const identity: PullIdentity = {
    resource,
    format,
    sensitive,
    apiVersion: options.apiVersion ?? CLIENT_DEFAULTS.apiVersion,
    apiOrigin: settings.apiOrigin ?? CLIENT_DEFAULTS.apiOrigin,
    // A token may be replaced meanwhile; the district must not change in the middle of a file.
    district: checkpointFile === undefined ? '' : await idOf(district),
    excel: options.excel === true ? true : undefined,
    formulas: keepsFormulas ? 'keep' : undefined,
    role: options.role,
    from: options.from,
    after: options.after,
  };
  return {
    district,
    file,
    checkpointFile,
    format:
      format === 'csv'
        ? csv(narrowed(PULLABLE[resource].columns, options.role, sensitive), { excel: options.excel, keepsFormulas })
        : ndjson,
    start: await startingCheckpoint(io, checkpointFile, identity, options),
  };
}

/** Where a pull keeps its position; `undefined` for one that keeps none. */
export function checkpointFileOf({ checkpoint, out }: PullOptions): string | undefined {
  return checkpoint ?? (out === undefined ? undefined : `${out}.checkpoint`);
}

/**
 * Looks at what can be known before anything is written or sent.
 *
 * @throws {@link CommandFailure} for options that contradict each other, and for a file that must not be replaced.
 */
export async function checkPull(resource: PullableResource, options: PullOptions): Promise<void> {
  checkOptions(resource, options);
  if (options.out !== undefined) {
    await assertReplaceable(options.out);
  }
}

/** What is written: as `--format` says, otherwise as the ending of the file does. */
function formatOf({ format, excel, out }: PullOptions): 'ndjson' | 'csv' {
  return format ?? (excel === true || out?.toLowerCase().endsWith('.csv') === true ? 'csv' : 'ndjson');
}

function checkOptions(resource: PullableResource, options: PullOptions): void {
  const { role, from, after, resume, out, checkpoint, excel, formulas } = options;
  const refuse = (message: string): CommandFailure => new CommandFailure(message, EXIT.usage);
  if (role !== undefined && resource !== 'users') {
    throw refuse(`--role goes with users, and ${resource} have none.`);
  }
  if ((excel === true || formulas !== undefined) && formatOf(options) !== 'csv') {
    throw refuse('--excel and --formulas go with CSV: pass --format csv, or name a file that ends in .csv.');
  }
  if (/\.xlsx?$/iu.test(out ?? '')) {
    throw refuse('--out: Excel workbooks are not written. Name a file that ends in .csv, with --excel.');
  }
  if (after !== undefined && resource !== 'events') {
    throw refuse(`--after takes the id of an event, and goes with events. For ${resource} there is --from.`);
  }
  if (from !== undefined && resource === 'districts') {
    throw refuse('--from: Clever does not page the list of districts, so there is no position in it.');
  }
  if (resume === true && out === undefined && checkpoint === undefined) {
    throw refuse('--resume needs to know what to continue: name the same --out, or a --checkpoint.');
  }
}

async function idOf({ districts }: DistrictClient<SensitiveField>): Promise<string> {
  return (await districts.list().firstPage()).data[0]?.id ?? '';
}

/** Returns the checkpoint of an interrupted pull if the user asked to resume it; otherwise the beginning. */
async function startingCheckpoint(
  io: CommandIo,
  file: string | undefined,
  identity: PullIdentity,
  { resume, quiet, json }: PullOptions,
): Promise<Checkpoint> {
  const beginning: Checkpoint = { version: 1, pull: identity, bytes: 0, records: 0, isComplete: false };
  const found = file === undefined ? undefined : await loadCheckpoint(file);
  if (file === undefined || found === undefined) {
    return beginning;
  }
  if (resume !== true) {
    // The checkpoint is removed first: without it, the partial file is never continued.
    await removeWhole(file);
    if (quiet !== true && json !== true) {
      io.err('Starting over: an interrupted pull is discarded. (--resume continues one.)\n');
    }
    return beginning;
  }
  assertSamePull(file, found.pull, identity);
  return found.cursor === undefined ? beginning : found;
}
