import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CleverConfigError } from '../../index.js';
import { DATA_FILES, MANIFEST, writeZip } from '../../oneroster-files/index.js';
import { FILE_MODE, FOLDER_MODE, type WrittenFile } from './row-files.js';

/** Where an export goes: a zip file, or a folder. It is in its place only when it is whole. */
export interface Output {
  /** The folder in which files are written until they are whole. */
  readonly folder: string;
  /** Puts the files in their place. */
  finish(files: readonly WrittenFile[]): Promise<void>;
  /** Removes what is not in its place. */
  clean(): Promise<void>;
}

const OWN_NAMES: ReadonlySet<string> = new Set([MANIFEST, ...DATA_FILES.map((file) => `${file}.csv`)]);

/**
 * Prepares where an export goes.
 *
 * @param out - The path of a zip file, when it ends in `.zip`; otherwise that of a folder.
 * @throws `CleverConfigError` for a place that must not be replaced.
 */
export async function openOutput(out: string): Promise<Output> {
  const isZip = /\.zip$/iu.test(out);
  const found = await stat(out).catch(() => undefined);
  if (found !== undefined && (isZip ? !found.isFile() : !found.isDirectory())) {
    throw new CleverConfigError(
      isZip
        ? 'exportOneRoster(): `out` ends in .zip and is a folder. Name a file, or a folder without that ending.'
        : 'exportOneRoster(): `out` is a file, and no zip file by its name. Name one that ends in .zip, or a folder.',
    );
  }
  if (found !== undefined && !isZip && !isReplaceable(await readdir(out))) {
    throw new CleverConfigError(
      'exportOneRoster(): the folder `out` is not empty, and is no earlier export: it has other files, or no manifest.csv. Name a new folder, or an empty one.',
    );
  }
  const path = out.replace(/[\\/]+$/u, '');
  await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
  // A name that nothing has: whatever else exists is not the export's to replace.
  const folder = await mkdtemp(`${path}.partial-`);
  return {
    folder,
    async finish(files) {
      await (isZip ? finishZip(out, folder, files) : finishFolder(out, files));
    },
    clean: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Whether a folder is empty or an earlier export, by the names in it. Files of OneRoster's alone may be anyone's. */
function isReplaceable(names: readonly string[]): boolean {
  return names.length === 0 || (names.includes(MANIFEST) && names.every((name) => OWN_NAMES.has(name)));
}

async function finishZip(out: string, folder: string, files: readonly WrittenFile[]): Promise<void> {
  const whole = join(folder, 'OneRoster.zip');
  await writeZip(whole, files, FILE_MODE);
  await rename(whole, out);
}

/**
 * The manifest comes last: a folder without one is not a whole set. Files that are not OneRoster's, put there during
 * the export, stay.
 */
async function finishFolder(out: string, files: readonly WrittenFile[]): Promise<void> {
  await mkdir(out, { recursive: true, mode: FOLDER_MODE });
  await rm(join(out, MANIFEST), { force: true });
  for (const name of (await readdir(out)).filter((one) => OWN_NAMES.has(one))) {
    await rm(join(out, name), { force: true });
  }
  for (const { name, path } of files.toSorted((one) => (one.name === MANIFEST ? 1 : -1))) {
    await rename(path, join(out, name));
  }
}
