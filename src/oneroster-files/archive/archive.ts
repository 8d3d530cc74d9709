import { openAsBlob } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Archive, type ArchiveEntry, ArchiveError } from './entry.js';
import { openZip } from './read-zip.js';

/**
 * A set of OneRoster's files: the path of a zip file or of a folder, the bytes of a zip file, or the files by name, as
 * text or as bytes in UTF-8.
 */
export type OneRosterInput = string | Uint8Array | Readonly<Record<string, string | Uint8Array>>;

/**
 * Opens a set of files. Of a zip file, no more is in memory than what is being read.
 *
 * @throws {@link ArchiveError} that says what is wrong with it.
 */
export async function openArchive(input: OneRosterInput): Promise<Archive> {
  if (typeof input === 'string') {
    return openPath(input);
  }
  if (input instanceof Uint8Array) {
    return openZip(new Blob([input as Uint8Array<ArrayBuffer>]));
  }
  if (typeof input !== 'object' || input === null) {
    throw new ArchiveError(
      'A set of OneRoster files is the path of a zip file or folder, its bytes, or files by name.',
    );
  }
  const files = Object.entries(input);
  if (files.some(([, content]) => typeof content !== 'string' && !(content instanceof Uint8Array))) {
    throw new ArchiveError('A OneRoster file given by name must be text, or bytes in UTF-8.');
  }
  return {
    entries: files.map(([name, content]) => entryOfBlob(name, new Blob([content as string | Uint8Array<ArrayBuffer>]))),
    close: async () => undefined,
  };
}

async function openPath(path: string): Promise<Archive> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new ArchiveError(
      error.code === 'ENOENT'
        ? 'The OneRoster file or folder does not exist.'
        : `The OneRoster file or folder cannot be read (${error.code ?? 'unknown'}).`,
    );
  });
  if (!found.isDirectory()) {
    if (!found.isFile()) {
      throw new ArchiveError('The OneRoster set is neither a zip file nor a folder.');
    }
    return { ...(await openZip(await openAsBlob(path))), zipName: path.split(/[\\/]/u).at(-1) ?? path };
  }
  const names = (await readdir(path, { withFileTypes: true })).filter((entry) => !entry.isDirectory());
  const entries = await Promise.all(
    names
      .map(({ name }) => name)
      .sort()
      .map(async (name) => entryOfBlob(name, await openAsBlob(join(path, name)))),
  );
  return { entries, close: async () => undefined };
}

function entryOfBlob(name: string, blob: Blob): ArchiveEntry {
  return { name, size: blob.size, isCompressed: false, open: () => blob.stream() };
}
