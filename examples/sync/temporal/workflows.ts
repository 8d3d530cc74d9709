/**
 * The sync on Temporal: one workflow for each district, which runs it, waits, and runs it again. Temporal keeps the
 * due times and the tries after a failure; the lease in the row of the district still decides who may write.
 *
 * What it costs: each run of an idle district is an activity and a timer in Temporal, beside the two requests to
 * Clever, and each district has a workflow that stays open. It is worth that where Temporal is run already; it needs a
 * service of its own, which the other engines do not.
 */
import {
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { SyncActivities } from './activities.ts';

const { runSlice } = proxyActivities<SyncActivities>({
  // A slice takes a minute; a page, or a hook, a while longer.
  startToCloseTimeout: '10 minutes',
  // A worker that died is noticed after this time.
  heartbeatTimeout: '1 minute',
  // No limit of tries: Clever may be away for a day.
  retry: { initialInterval: '30 seconds', backoffCoefficient: 2, maximumInterval: '1 hour' },
});

/** Asks for a run now. One that is under way is followed by one more. */
export const requested = defineSignal('requested');

/** Keeps a district in step until it is cancelled. */
export async function keepInStep(districtId: string, everyMs: number): Promise<never> {
  let isRequested = false;
  setHandler(requested, () => {
    isRequested = true;
  });
  for (;;) {
    isRequested = false;
    const handled = await runSlice(districtId);
    if (handled === 'done') {
      await condition(() => isRequested, everyMs);
    }
    // The history of a workflow has a limit. The next one begins with a run, so no request is lost between the two.
    if (workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof keepInStep>(districtId, everyMs);
    }
  }
}
