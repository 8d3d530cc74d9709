import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { EXIT } from './exit-codes.js';
import { CommandFailure } from './failure.js';

/** What the command's own files have: the owner may read and write, no other user may do anything. */
export const OWN_MODE = 0o600;

/**
 * Opens a file that an earlier run of a command has written; `undefined` when it does not exist.
 *
 * In a folder that several users share, another user can put a file or a link under the name that a command will read.
 * Trusted is only what a command itself has written: a regular file, no link, of this user, with mode 600 and one name.
 * What is checked is the file that was opened, so it cannot be exchanged between the check and the reading. Windows
 * has neither owners nor modes of this kind: there only links and devices are refused.
 *
 * @param access - `r+` to write to it as well.
 * @throws {@link CommandFailure} that says why the file is not trusted.
 */
export async function openOwn(path: string, access: 'r' | 'r+' = 'r'): Promise<FileHandle | undefined> {
  if (await isLink(path)) {
    // Checked again by O_NOFOLLOW below, which Windows does not have.
    throw untrusted(path, 'it is a link');
  }
  const flags = access === 'r' ? constants.O_RDONLY : constants.O_RDWR;
  // Without O_NONBLOCK, opening a named pipe waits for its other end.
  const handle = await open(path, flags | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') {
        return undefined;
      }
      throw error.code === 'ELOOP' ? untrusted(path, 'it is a link') : error;
    },
  );
  if (handle === undefined) {
    return undefined;
  }
  try {
    const problem = problemOf(await handle.stat());
    if (problem !== undefined) {
      throw untrusted(path, problem);
    }
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Whether a name is that of a symbolic link; `false` when it does not exist. */
export async function isLink(path: string): Promise<boolean> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
      return undefined;
    }
    throw error;
  });
  return found?.isSymbolicLink() === true;
}

function problemOf(stats: Stats): string | undefined {
  if (!stats.isFile()) {
    return 'it is no regular file';
  }
  if (stats.nlink !== 1) {
    return 'it has another name as well (a hard link)';
  }
  const userId = process.geteuid?.();
  if (userId === undefined) {
    return undefined;
  }
  if (stats.uid !== userId) {
    return 'it belongs to another user';
  }
  const mode = stats.mode & 0o7777;
  return mode === OWN_MODE ? undefined : `it has mode ${mode.toString(8)}, and this command writes files with mode 600`;
}

function untrusted(path: string, problem: string): CommandFailure {
  return new CommandFailure(
    `${path} is not used: ${problem}, so another user may have put it here. ` +
      'Remove it, or name a file in a folder that only you can write to.',
    EXIT.usage,
  );
}
