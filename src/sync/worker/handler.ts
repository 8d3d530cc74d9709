import { isCleverError } from '../../errors/base.js';
import { CleverSyncError } from '../../errors/sync.js';
import type { SyncContext } from '../context.js';
import type { DistrictHandler } from '../engine/engine.js';
import type { SyncReport } from '../run/report.js';
import { runDueDistrict } from '../run/run-district.js';

/** What a handler keeps of its runs. */
export interface HandlerState {
  /** The districts that run now. */
  readonly running: Set<string>;
  /** The code of the last error, until a run succeeds. */
  lastErrorCode: string | undefined;
}

/**
 * Makes what an engine calls for each district that it has queued: one slice of a run, if the district is still due and
 * no other process has it.
 */
export function districtHandler(
  context: SyncContext,
  { sliceMs, state }: { readonly sliceMs: number; readonly state: HandlerState },
): DistrictHandler {
  return async (districtId, { signal }) => {
    state.running.add(districtId);
    let report: SyncReport | undefined;
    try {
      report = await runDueDistrict(context, districtId, { signal, budgetMs: sliceMs });
      state.lastErrorCode = undefined;
    } catch (error) {
      const { code, isRetryable } = isCleverError(error) ? error : { code: 'unknown', isRetryable: false };
      state.lastErrorCode = code;
      if (isRetryable) {
        // Engines store errors, so it has neither a cause nor what a hook has thrown.
        throw new CleverSyncError('sync_failed', { values: { code }, isRetryable });
      }
      // The row of the district has the code, and says when it is due again: an engine's own tries would cure nothing.
    } finally {
      state.running.delete(districtId);
    }
    return report?.outcome === 'unfinished' ? 'again' : 'done';
  };
}
