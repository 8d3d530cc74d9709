import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseJson } from '../../util/parse-json.js';

/**
 * Replaces a whole file: a reader finds the old text or the new one, also after a crash. Only the owner may read it.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  // The name is always the same, so that a crash leaves at most one such file, which the next write removes.
  const temporary = temporaryOf(path);
  try {
    await rm(temporary, { force: true });
    const handle = await open(temporary, 'wx', 0o600);
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

/** The JSON of a file, `{}` for what is no JSON object; `undefined` when the file does not exist. */
export async function readJson(path: string): Promise<object | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  });
  if (text === undefined) {
    return undefined;
  }
  const json = parseJson(text);
  return typeof json === 'object' && json !== null ? json : {};
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
