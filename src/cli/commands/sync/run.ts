import { hasCode, isCleverError } from '../../../index.js';
import type { SyncReport } from '../../../sync/index.js';
import { EXIT, type ExitCode, type Finish } from '../../session/exit-codes.js';
import { reportFailure } from '../../session/failure.js';
import type { CommandIo } from '../../terminal/io.js';
import { visibleJson } from '../../terminal/visible.js';
import { type OpenSync, withSync } from './open.js';
import type { SyncOptions } from './options.js';
import { planTable, reportLine, verdictText } from './table.js';

/** `sync run`: brings one district, or every connected one, in step. */
export async function runOnce(
  io: CommandIo,
  options: SyncOptions & { readonly full?: boolean },
  finish: Finish,
): Promise<void> {
  await withSync(io, options, async (opened) => {
    const ids = await opened.districtIds();
    const codes: ExitCode[] = [];
    for (const districtId of ids) {
      io.signal.throwIfAborted();
      try {
        codes.push(await runDistrict(io, options, opened, districtId));
      } catch (error) {
        if (io.signal.aborted || ids.length === 1) {
          throw error;
        }
        // One district's failure ends the run of that district alone.
        codes.push(await reportFailure(error, io, { ...options, district: districtId }));
      }
    }
    finish(worst(codes));
  });
}

/** `sync watch`: runs every district when it is due, until it is stopped. */
export async function runWatch(io: CommandIo, options: SyncOptions & { readonly interval: number }): Promise<void> {
  await withSync(io, options, async (opened) => {
    try {
      while (!io.signal.aborted) {
        await runDue(io, options, opened);
        await io.sleep(options.interval * 1_000);
      }
    } catch (error) {
      // The command ends when the user stops it, which is no failure.
      if (!io.signal.aborted) {
        throw error;
      }
    }
  });
}

/** Runs the districts that are due. A failure that time may cure is reported, and the next look tries again. */
async function runDue(io: CommandIo, options: SyncOptions, opened: OpenSync): Promise<void> {
  let due: readonly string[];
  try {
    due = await dueDistricts(io, opened);
  } catch (error) {
    if (!isCleverError(error) || !error.isRetryable) {
      throw error;
    }
    await reportFailure(error, io, options);
    return;
  }
  for (const districtId of due) {
    io.signal.throwIfAborted();
    try {
      await runDistrict(io, options, opened, districtId);
    } catch (error) {
      io.signal.throwIfAborted();
      // Another process runs it: that is as good.
      if (!hasCode(error, 'sync_running')) {
        await reportFailure(error, io, { ...options, district: districtId });
      }
    }
  }
}

async function dueDistricts(io: CommandIo, { sync, districtIds }: OpenSync): Promise<readonly string[]> {
  const known = new Map((await sync.status()).map((district) => [district.districtId, district]));
  return (await districtIds()).filter((districtId) => {
    const { nextSyncAt, askedAt } = known.get(districtId) ?? {};
    return askedAt !== undefined || nextSyncAt === undefined || nextSyncAt.getTime() <= io.now();
  });
}

async function runDistrict(
  io: CommandIo,
  options: SyncOptions & { readonly full?: boolean },
  { sync, progress }: OpenSync,
  districtId: string,
): Promise<ExitCode> {
  try {
    const report = await sync.run(districtId, { full: options.full === true });
    progress.stop();
    await printReport(io, options, report);
    return codeOf(report);
  } finally {
    progress.stop();
  }
}

async function printReport(io: CommandIo, options: SyncOptions, report: SyncReport): Promise<void> {
  const { plan, ...rest } = report;
  if (options.json === true) {
    const { kinds, verdict, summary } = plan ?? {};
    await io.out(`${visibleJson({ ...rest, ...(plan === undefined ? {} : { plan: { kinds, verdict, summary } }) })}\n`);
    return;
  }
  const held = plan === undefined ? '' : `\n${planTable(plan, io.terminal.columns)}\n\n${verdictText(plan)}\n`;
  await io.out(`${reportLine(report)}\n${held}`);
}

function codeOf({ outcome }: SyncReport): ExitCode {
  return outcome === 'held' ? EXIT.held : outcome === 'disconnected' ? EXIT.access : EXIT.ok;
}

/** The code of several districts: a failure counts more than what waits for a person. */
function worst(codes: readonly ExitCode[]): ExitCode {
  const order = [EXIT.failure, EXIT.usage, EXIT.access, EXIT.cursor, EXIT.held] as const;
  return order.find((code) => codes.includes(code)) ?? EXIT.ok;
}
