import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { decodeText } from '../../util/decode-text.js';
import { parseJson } from '../../util/parse-json.js';
import { OWN_MODE, openOwn } from './own-file.js';

/**
 * Replaces a whole file: a reader finds the old text or the new one, also after a crash. Only the owner may read it. A
 * link under that name is replaced, and the file that it leads to is not changed.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  // The name is always the same, so that a crash leaves at most one such file, which the next write removes.
  const temporary = temporaryOf(path);
  try {
    await rm(temporary, { force: true });
    // `wx` creates a file, and neither follows a link nor takes over a file that exists.
    const handle = await open(temporary, 'wx', OWN_MODE);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolderOf(path);
}

/**
 * The JSON of a file that was written by {@link writeWhole}, `{}` for what is no JSON object; `undefined` when the file
 * does not exist.
 *
 * @throws {@link CommandFailure} when another user may have put it there, see {@link openOwn}.
 */
export async function readJson(path: string): Promise<object | undefined> {
  const handle = await openOwn(path);
  if (handle === undefined) {
    return undefined;
  }
  try {
    const json = parseJson(decodeText(await handle.readFile()));
    return typeof json === 'object' && json !== null ? json : {};
  } finally {
    await handle.close();
  }
}

/** Removes a file that was written by {@link writeWhole}, and the temporary file that a crash may have left. */
export async function removeWhole(path: string): Promise<void> {
  await rm(temporaryOf(path), { force: true });
  await rm(path, { force: true });
}

function temporaryOf(path: string): string {
  return `${path}.tmp`;
}

/** Makes a rename survive a loss of power, where the system can. */
export async function syncFolderOf(path: string): Promise<void> {
  // Windows opens no folders; the rename is atomic there anyway.
  const folder = await open(dirname(path), 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
