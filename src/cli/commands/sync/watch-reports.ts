import type { HeldRun, SyncEvent, SyncPlan } from '../../../sync/index.js';
import { omitUndefined } from '../../../util/omit-undefined.js';
import { CommandFailure, reportFailure } from '../../session/failure.js';
import type { CommandIo } from '../../terminal/io.js';
import type { SyncOptions } from './options.js';
import { printReport } from './print-report.js';

/** What `sync watch` prints of the runs of its worker. */
export interface WatchReports {
  /** Rejects when an output cannot be written, as when the reader of a pipe has gone. */
  readonly failed: Promise<never>;
  onEvent(event: SyncEvent): void;
  onHeld(held: HeldRun): void;
  /** Waits until everything is written. */
  printed(): Promise<void>;
}

/** What is known of the run of a district, from the parts of it that this worker has had. */
interface KnownRun {
  readonly run: number;
  reason?: string;
  plan?: SyncPlan;
  readonly sums: Record<(typeof SUMMED)[number], number>;
}

const SUMMED = ['created', 'updated', 'archived', 'restored', 'unchanged', 'odd', 'requests', 'durationMs'] as const;

/** Prints a line for each run that ended, and an error for each that failed, in the order in which they did. */
export function watchReports(io: CommandIo, options: SyncOptions): WatchReports {
  const runs = new Map<string, KnownRun>();
  const runOf = ({ districtId, run }: { readonly districtId: string; readonly run: number }): KnownRun => {
    let known = runs.get(districtId);
    if (known?.run !== run) {
      known = { run, sums: Object.fromEntries(SUMMED.map((name) => [name, 0])) as KnownRun['sums'] };
      runs.set(districtId, known);
    }
    return known;
  };
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  let printing = Promise.resolve();
  const print = (work: () => Promise<unknown>): void => {
    printing = printing.then(async () => void (await work())).catch(failed.reject);
  };
  return {
    failed: failed.promise,
    printed: () => printing,
    onHeld: (held) => {
      runOf(held).plan = held.plan;
    },
    onEvent: (event) => {
      if (event.kind === 'run_started') {
        runOf(event).reason = event.reason;
      } else if (event.kind === 'odd') {
        runOf(event).sums.odd += event.records;
      } else if (event.kind === 'run_ended') {
        const { kind: _, ...ended } = event;
        const { reason, plan, sums } = runOf(event);
        for (const name of SUMMED) {
          sums[name] += name === 'odd' ? 0 : ended[name];
        }
        // Another part of the run follows, and its last one is reported.
        if (event.outcome !== 'unfinished') {
          runs.delete(event.districtId);
          print(() => printReport(io, options, { ...ended, ...sums, ...omitUndefined({ reason, plan }) }));
        }
      } else if (event.kind === 'run_failed') {
        const { districtId: district, code } = event;
        runs.delete(district);
        print(() => reportFailure(new CommandFailure(`the run failed: ${code}.`), io, { ...options, district }));
      } else if (event.kind === 'look_failed') {
        const failure = new CommandFailure(
          `the look for due districts failed: ${event.code}. The next one tries again.`,
        );
        print(() => reportFailure(failure, io, options));
      }
    },
  };
}
