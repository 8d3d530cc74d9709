import { decodeText } from '../../../util/decode-text.js';
import { parseJson } from '../../../util/parse-json.js';
import { SandboxError } from '../error.js';

/**
 * Returns every JSON body in a folder and its subfolders, in the order of their paths. Files that are not
 * JSON are ignored, because a folder of recordings may contain notes.
 *
 * @throws {@link SandboxError} when the folder cannot be read.
 */
export async function readJsonBodies(folder: string): Promise<unknown[]> {
  // Loaded here because the rest of the sandbox runs without Node.
  const { readdir, readFile } = await import('node:fs/promises');
  const { join } = await import('node:path');
  let entries: { readonly name: string; readonly parentPath: string; isFile(): boolean }[];
  try {
    entries = await readdir(folder, { recursive: true, withFileTypes: true });
  } catch {
    throw new SandboxError('The folder of recordings does not exist or cannot be read.');
  }
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const bodies = await Promise.all(paths.map(async (path) => parseJson(decodeText(await readFile(path)))));
  return bodies.filter((body) => body !== undefined);
}
