import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { asyncLocalStorage, type Context } from '@temporalio/activity';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { CleverSyncError, type RunOptions, type SyncReport } from 'clever-sdk/sync';
import { describe, expect, it } from 'vitest';
import { syncActivities } from '../../../examples/sync/temporal/activities.js';

/*
 * Temporal needs a service, so that nothing runs here on it. The workflow is bundled as a worker does it, which refuses
 * whatever a workflow may not use, and the activity runs as a function.
 */

describe('the workflow on Temporal', () => {
  it('has only what a workflow may use', async () => {
    const workflowsPath = fileURLToPath(new URL('../../../examples/sync/temporal/workflows.ts', import.meta.url));
    const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
    expect(code).toContain('keepInStep');
  }, 60_000);
});

describe('the activity on Temporal', () => {
  function runSlice(run: (options: RunOptions) => Promise<SyncReport>, signal = new AbortController().signal) {
    const context = { cancellationSignal: signal, heartbeat: () => undefined } as unknown as Context;
    const { runSlice: activity } = syncActivities({ run: (_, options = {}) => run(options) });
    return asyncLocalStorage.run(context, () => activity('d1'));
  }
  const ends = (outcome: SyncReport['outcome']) => async () => ({ outcome }) as SyncReport;

  it.each([
    ['done', 'done'],
    ['held', 'done'],
    ['paused', 'done'],
    ['unfinished', 'again'],
  ] as const)('a run that ends with %s: %s', async (outcome, handled) => {
    expect(await runSlice(ends(outcome))).toBe(handled);
  });

  it('passes a minute, and the signal of the activity', async () => {
    const { signal } = new AbortController();
    let passed: RunOptions | undefined;
    await runSlice(async (options) => {
      passed = options;
      return ends('done')();
    }, signal);
    expect(passed).toEqual({ budgetMs: 60_000, signal });
  });

  it.each([
    [new CleverSyncError('sync_running'), 'sync_running', false],
    [new CleverSyncError('sync_schema'), 'sync_schema', true],
    [new Error('Canary'), undefined, true],
  ])('keeps nothing of a failure but its words and code: %s', async (error, type, nonRetryable) => {
    const cause = Object.assign(error, { cause: new Error('Canary-cause') });
    const failure = await runSlice(() => Promise.reject(cause)).catch((caught: unknown) => caught);
    expect(failure).toMatchObject({
      name: 'ApplicationFailure',
      nonRetryable,
      ...(type === undefined ? {} : { type }),
    });
    expect(inspect(failure, { depth: 9 })).not.toContain('Canary');
  });
});
