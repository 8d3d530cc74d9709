import type { SyncReport } from '../../../sync/index.js';
import { EXIT, type ExitCode, type Finish } from '../../session/exit-codes.js';
import { reportFailure } from '../../session/failure.js';
import type { CommandIo } from '../../terminal/io.js';
import { type OpenSync, withSync } from './open.js';
import type { SyncOptions } from './options.js';
import { printReport } from './print-report.js';

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

function codeOf({ outcome }: SyncReport): ExitCode {
  return outcome === 'held' ? EXIT.held : outcome === 'disconnected' ? EXIT.access : EXIT.ok;
}

/** The code of several districts: a failure counts more than what waits for a person. */
function worst(codes: readonly ExitCode[]): ExitCode {
  const order = [EXIT.failure, EXIT.usage, EXIT.access, EXIT.cursor, EXIT.held] as const;
  return order.find((code) => codes.includes(code)) ?? EXIT.ok;
}
