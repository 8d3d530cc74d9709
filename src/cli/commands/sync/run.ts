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
        if (codes.at(-1) === EXIT.interrupted) {
          break;
        }
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
    // Ended by its signal, a run stores what it is at and gives its lease back, so that the next one can begin at once.
    const report = await sync.run(districtId, { full: options.full === true, signal: io.signal });
    progress.stop();
    await printReport(io, options, report);
    if (report.outcome === 'unfinished' && options.json !== true) {
      io.err('Interrupted. What was stored is kept, and the next run goes on from there.\n');
    }
    return codeOf(report);
  } finally {
    progress.stop();
  }
}

const CODES: Readonly<Record<SyncReport['outcome'], ExitCode>> = {
  done: EXIT.ok,
  paused: EXIT.ok,
  // Without a budget, only Ctrl+C and SIGTERM end a run early.
  unfinished: EXIT.interrupted,
  held: EXIT.held,
  disconnected: EXIT.access,
};

function codeOf({ outcome }: SyncReport): ExitCode {
  return CODES[outcome];
}

/** The code of several districts: that they were not all run counts most, and a failure more than what is held. */
function worst(codes: readonly ExitCode[]): ExitCode {
  const order = [EXIT.interrupted, EXIT.failure, EXIT.usage, EXIT.access, EXIT.cursor, EXIT.busy, EXIT.held] as const;
  return order.find((code) => codes.includes(code)) ?? EXIT.ok;
}
