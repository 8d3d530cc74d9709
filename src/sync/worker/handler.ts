import { isCleverError } from '../../errors/base.js';
import { CleverSyncError } from '../../errors/sync.js';
import type { SyncContext } from '../context.js';
import type { DistrictHandler } from '../engine/engine.js';
import type { SyncReport } from '../run/report.js';
import { runDueDistrict } from '../run/run-district.js';

/** What a worker's handler keeps of its runs. */
export class HandlerState {
  /** Each call under way with its district: an engine may call the handler twice for one. */
  readonly #calls = new Map<Promise<unknown>, string>();
  readonly #stopping = new AbortController();
  /** The code of the error of the last run; `undefined` if it succeeded. */
  runErrorCode: string | undefined;
  /** The code of the error of the last look; `undefined` if it succeeded. */
  lookErrorCode: string | undefined;

  /** The districts that run now. */
  get running(): readonly string[] {
    return [...new Set(this.#calls.values())];
  }

  /** Aborted when the worker stops. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  async call<Result>(districtId: string, work: () => Promise<Result>): Promise<Result> {
    const call = work();
    this.#calls.set(call, districtId);
    try {
      return await call;
    } finally {
      this.#calls.delete(call);
    }
  }

  /** Begins no other run, has those under way end at their next safe place, and waits for them. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.allSettled(this.#calls.keys());
  }
}

/**
 * Makes what an engine calls for each district that it has queued: one slice of a run, if the district is still due and
 * no other process has it.
 */
export function districtHandler(
  context: SyncContext,
  { sliceMs, state }: { readonly sliceMs: number; readonly state: HandlerState },
): DistrictHandler {
  const run = async (districtId: string, engineSignal: AbortSignal): Promise<SyncReport | undefined> => {
    const signal = AbortSignal.any([engineSignal, state.stopping]);
    try {
      const report = await runDueDistrict(context, districtId, { signal, budgetMs: sliceMs });
      state.runErrorCode = undefined;
      return report;
    } catch (error) {
      const { code, isRetryable } = isCleverError(error) ? error : { code: 'unknown', isRetryable: false };
      state.runErrorCode = code;
      if (isRetryable) {
        // Engines store errors, so it has neither a cause nor what a hook has thrown.
        throw new CleverSyncError('sync_failed', { values: { code }, isRetryable });
      }
      // The row of the district has the code, and says when it is due again: an engine's own tries would cure nothing.
      return undefined;
    }
  };
  return async (districtId, { signal }) => {
    if (state.stopping.aborted) {
      return 'again'; // for another worker
    }
    const report = await state.call(districtId, () => run(districtId, signal));
    return report?.outcome === 'unfinished' ? 'again' : 'done';
  };
}
