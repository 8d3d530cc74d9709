import { exclusively } from '../../session/exclusive.js';
import { duration } from '../../terminal/duration.js';
import type { CommandIo } from '../../terminal/io.js';
import { visible, visibleJson } from '../../terminal/visible.js';
import type { Checkpoint } from './checkpoint.js';
import { Journal } from './journal.js';
import type { PullableResource, PullOptions } from './options.js';
import { checkPull, checkpointFileOf, type Plan, planPull } from './plan.js';
import { type Progress, startProgress } from './progress.js';
import { PULLABLE } from './resources.js';
import { fileTarget, standardOutput } from './target.js';

/** Reads all records of one kind and writes them by pages, so that an interruption neither loses nor repeats any. */
export async function runPull(io: CommandIo, resource: PullableResource, options: PullOptions): Promise<void> {
  await checkPull(resource, options);
  await exclusively([options.out, checkpointFileOf(options)], () => pullAlone(io, resource, options));
}

async function pullAlone(io: CommandIo, resource: PullableResource, options: PullOptions): Promise<void> {
  const progress = startProgress(streamOf(io, options), { label: resource, now: () => io.now() });
  try {
    const plan = await planPull(io, resource, options, (event) => progress.observe(event));
    await carryOut(plan, io, resource, options, progress);
  } finally {
    progress.stop();
  }
}

/** Where the progress is shown, if at all; the lines of `--verbose` would interrupt it. */
function streamOf({ terminal }: CommandIo, { quiet, json, verbose }: PullOptions): NodeJS.WriteStream | undefined {
  return quiet === true || json === true || verbose === true ? undefined : terminal.progress;
}

async function carryOut(
  plan: Plan,
  io: CommandIo,
  resource: PullableResource,
  options: PullOptions,
  progress: Progress,
): Promise<void> {
  const { file, checkpointFile, start } = plan;
  const startedAt = io.now();
  const target = file === undefined ? standardOutput(io) : await fileTarget(file, start);
  const journal = new Journal(target, checkpointFile, start, () => io.now());
  try {
    if (!start.isComplete) {
      await readPages(resource, options, plan, journal, progress);
    }
    await journal.finish();
    progress.stop();
  } catch (error) {
    progress.stop();
    // The first failure is the one to report; a second one, such as a full disk, would hide it.
    await journal.save().catch(() => undefined);
    if (checkpointFile !== undefined && options.quiet !== true && options.json !== true) {
      const why = io.signal.aborted ? 'Interrupted. ' : '';
      io.err(`${why}What was read is kept: the same command with --resume continues.\n`);
    }
    throw error;
  } finally {
    await target.close();
  }
  await summarize(io, resource, options, journal.reached, io.now() - startedAt);
}

async function readPages(
  resource: PullableResource,
  options: PullOptions,
  { district, format, start }: Plan,
  journal: Journal,
  progress: Progress,
): Promise<void> {
  if (start.cursor === undefined) {
    await journal.write(format.head);
  }
  const position = start.cursor === undefined ? {} : { from: start.cursor, after: undefined };
  const total = progress.isShown ? await totalOf(resource, options, district) : undefined;
  progress.begin({ total, records: start.records });
  for await (const page of PULLABLE[resource].list(district, { ...options, ...position }).pages()) {
    const text = format.lines(page.data);
    await journal.write(text, {
      cursor: page.cursor,
      ...(format.guarded === 0 ? {} : { guarded: (start.guarded ?? 0) + format.guarded }),
      records: journal.reached.records + page.data.length,
      isComplete: !page.hasNext,
    });
    progress.update(journal.reached.records);
  }
}

/** Clever counts whole collections only, and not all of them. Without a count, the pull shows no end. */
async function totalOf(
  resource: PullableResource,
  { role, from, after }: PullOptions,
  district: Plan['district'],
): Promise<number | undefined> {
  const isWhole = role === undefined && from === undefined && after === undefined;
  return isWhole ? await PULLABLE[resource].count?.(district).catch(() => undefined) : undefined;
}

async function summarize(
  io: CommandIo,
  resource: PullableResource,
  { out, json, quiet }: PullOptions,
  { records, guarded }: Checkpoint,
  durationMs: number,
): Promise<void> {
  if (json === true) {
    const text = `${visibleJson({ resource, records, guarded, out, durationMs })}\n`;
    await (out === undefined ? io.err(text) : io.out(text));
  } else if (quiet !== true) {
    const where = out === undefined ? '' : ` in ${visible(out)}`;
    const number = new Intl.NumberFormat('en');
    io.err(`${number.format(records)} ${resource}${where} (${duration(durationMs)})\n`);
    if (guarded !== undefined) {
      io.err(
        `${number.format(guarded)} of the cells begin like a formula and got an apostrophe in front. ` +
          '(--formulas keep leaves the data as it is.)\n',
      );
    }
  }
}
