/** The activities of the sync on Temporal; see workflows.ts. */
import { ApplicationFailure, Context } from '@temporalio/activity';
import { hasCode, isCleverError } from 'clever-sdk';
import type { RosterSync } from 'clever-sdk/sync';

const SLICE_MS = 60_000;
const HEARTBEAT_MS = 10_000;

export type SyncActivities = ReturnType<typeof syncActivities>;

export function syncActivities(sync: Pick<RosterSync, 'run'>) {
  return {
    /** Runs a district for a minute at most, and says whether part of the run is left. */
    async runSlice(districtId: string): Promise<'done' | 'again'> {
      const context = Context.current();
      // Temporal reports in its answer to a heartbeat that an activity was cancelled.
      const heartbeats = setInterval(() => context.heartbeat(), HEARTBEAT_MS);
      try {
        const { outcome } = await sync.run(districtId, { budgetMs: SLICE_MS, signal: context.cancellationSignal });
        return outcome === 'unfinished' ? 'again' : 'done';
      } catch (error) {
        throw failureOf(error);
      } finally {
        clearInterval(heartbeats);
      }
    },
  };
}

/** Temporal stores failures with their causes, and the cause of a failed hook may have a person's name in it. */
function failureOf(error: unknown): ApplicationFailure {
  if (!isCleverError(error)) {
    return ApplicationFailure.nonRetryable('The run ended with an error that is not of clever-sdk.');
  }
  const { code: type, message, isRetryable } = error;
  // What no try can cure ends the workflow, where someone sees it; worker.ts starts another one at its next look. While
  // another process has the district, a later try finds it free.
  const nonRetryable = !isRetryable && !hasCode(error, 'sync_running');
  return ApplicationFailure.create({ message, type, nonRetryable });
}
