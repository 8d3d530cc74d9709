import { join } from 'node:path';
import { CleverSyncError } from '../../errors/sync.js';
import { type FileLock, LockHeldError, lockByFile } from '../../locks/file-lock.js';

/** What the names of our own files in a folder begin with. */
export const OWN = 'clever-sdk.';

/**
 * Locks a folder for this process, by a file in it. A lock whose process is dead is taken over.
 *
 * @throws {@link CleverSyncError} `sync_folder_locked` with the number of the process that holds it.
 */
export async function lockFolder(folder: string): Promise<FileLock> {
  try {
    return await lockByFile(join(folder, `${OWN}lock`));
  } catch (error) {
    throw error instanceof LockHeldError
      ? new CleverSyncError('sync_folder_locked', { values: { holder: error.message } })
      : error;
  }
}
