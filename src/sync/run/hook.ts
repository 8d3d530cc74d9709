import { isCleverError } from '../../errors/base.js';
import { CleverSyncError } from '../../errors/sync.js';
import type { SensitiveField } from '../../index.js';
import type { SyncChange } from '../changes/change.js';
import type { SyncContext } from '../context.js';

/**
 * Calls the app's hook with the changes of a transaction, and waits for it as long as it may take. What it throws
 * rolls the transaction back.
 */
export async function callHook(
  { options }: Pick<SyncContext, 'options'>,
  changes: readonly SyncChange<SensitiveField>[],
  { tx, districtId, run }: { readonly tx: unknown; readonly districtId: string; readonly run: number },
): Promise<void> {
  const { onChanges, hookTimeoutMs } = options;
  if (onChanges === undefined || changes.length === 0) {
    return;
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new CleverSyncError('sync_hook_timeout', { run, values: { seconds: Math.ceil(hookTimeoutMs / 1_000) } }));
    }, hookTimeoutMs);
  });
  try {
    await Promise.race([(async () => onChanges(changes, { tx, district: districtId, run }))(), tooLate]);
  } catch (error) {
    throw isCleverError(error) && error instanceof CleverSyncError && error.code === 'sync_hook_timeout'
      ? error
      : new CleverSyncError('sync_hook', { run, hookError: error });
  } finally {
    clearTimeout(timer);
  }
}
