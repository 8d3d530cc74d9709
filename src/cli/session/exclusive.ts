import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type FileLock, LockHeldError, lockByFile } from '../../locks/file-lock.js';
import { visible } from '../terminal/visible.js';
import { EXIT } from './exit-codes.js';
import { CommandFailure } from './failure.js';

/**
 * Does the work of a command that writes these files, while no other process does. Two at once would mix their lines,
 * or give the file of one the name that the other reports. The lock of a killed process is taken over.
 *
 * @throws {@link CommandFailure} that says who writes the file, or that its folder does not exist.
 */
export async function exclusively<Result>(
  files: readonly (string | undefined)[],
  work: () => Promise<Result>,
): Promise<Result> {
  const locks: FileLock[] = [];
  try {
    for (const file of files) {
      if (file !== undefined) {
        await assertFolderOf(file);
        locks.push(await lockOf(file));
      }
    }
    return await work();
  } finally {
    for (const lock of locks) {
      lock.release();
    }
  }
}

async function assertFolderOf(file: string): Promise<void> {
  const folder = dirname(file);
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true) {
    const problem = found === undefined ? 'does not exist' : 'is no folder';
    throw new CommandFailure(
      `${visible(file)} cannot be written: ${visible(folder)} ${problem}. Make the folder first, or correct the name.`,
      EXIT.usage,
    );
  }
}

async function lockOf(file: string): Promise<FileLock> {
  const name = `${file}.lock`;
  try {
    return await lockByFile(name);
  } catch (error) {
    if (error instanceof LockHeldError) {
      throw new CommandFailure(
        `another command writes ${visible(file)}: ${error.message}. Wait until it has ended, or name another file. ` +
          `(If that process is no clever-sdk, remove ${visible(name)}.)`,
        EXIT.busy,
      );
    }
    const { code } = error as NodeJS.ErrnoException;
    throw typeof code === 'string' ? new CommandFailure(`${visible(file)} cannot be written (${code}).`) : error;
  }
}
