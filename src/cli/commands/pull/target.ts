import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { syncFolderOf } from '../../session/atomic-file.js';
import { EXIT } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';
import type { CommandIo } from '../../terminal/io.js';

/** Where the text of a pull goes. */
export interface Target {
  /** Whether what follows a checkpoint can be cut off and written again. */
  readonly isRepeatable: boolean;
  /** Writes after what was written before. */
  write(text: string): Promise<void>;
  /** When it settles, what was written survives a loss of power. */
  sync(): Promise<void>;
  /** Everything was written. */
  finish(): Promise<void>;
  /** Closes what is open; safe after `finish`. */
  close(): Promise<void>;
}

const NOTHING_TO_DO: Target = {
  isRepeatable: true,
  write: async () => undefined,
  sync: async () => undefined,
  finish: async () => undefined,
  close: async () => undefined,
};

/** Standard output. */
export function standardOutput(io: CommandIo): Target {
  return {
    ...NOTHING_TO_DO,
    isRepeatable: false,
    write: async (text) => {
      if (text !== '') {
        await io.out(text);
      }
    },
  };
}

/** What an interrupted pull has left. */
export interface Remains {
  /** How much of its partial file is sound; what follows, half a line perhaps, is cut off. */
  readonly bytes: number;
  /** Whether that is all. */
  readonly isComplete: boolean;
}

/**
 * A file that gets its name when it is whole. Until then its name ends in `.partial`.
 *
 * @throws {@link CommandFailure} when the partial file is shorter than its checkpoint says.
 */
export async function fileTarget(file: string, { bytes: keepBytes, isComplete }: Remains): Promise<Target> {
  const partial = partialOf(file);
  if (isComplete && (await sizeOf(partial)) === undefined && (await sizeOf(file)) === keepBytes) {
    // The command ended after the file got its name and before the checkpoint was removed.
    return NOTHING_TO_DO;
  }
  const handle = await openPartial(partial, keepBytes);
  let position = keepBytes;
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) {
      isOpen = false;
      await handle.close();
    }
  };
  return {
    isRepeatable: true,
    write: async (text) => {
      const bytes = Buffer.from(text);
      await writeAll(handle, bytes, position);
      position += bytes.length;
    },
    sync: () => handle.datasync(),
    finish: async () => {
      await handle.datasync();
      await close();
      await rename(partial, file);
      await syncFolderOf(file);
    },
    close,
  };
}

/** The file of a pull that is not finished. */
function partialOf(file: string): string {
  return `${file}.partial`;
}

/**
 * The file that a name leads to.
 *
 * @throws {@link CommandFailure} for a folder or a device: a whole file replaces what has that name.
 */
export async function fileOf(name: string): Promise<string> {
  const found = await stat(name).catch(() => undefined);
  if (found === undefined) {
    return name;
  }
  if (!found.isFile()) {
    throw new CommandFailure(`--out ${name} is not a file. Leave --out out to write to standard output.`, EXIT.usage);
  }
  return await realpath(name);
}

async function openPartial(partial: string, keepBytes: number): Promise<FileHandle> {
  if (keepBytes === 0) {
    // Not opened for overwriting, which would keep the mode of the file that exists.
    await rm(partial, { force: true });
    return await open(partial, 'wx', 0o600);
  }
  if (((await sizeOf(partial)) ?? 0) < keepBytes) {
    throw new CommandFailure(`${partial} is shorter than its checkpoint says. Leave --resume out to start over.`);
  }
  const handle = await open(partial, 'r+');
  await handle.truncate(keepBytes);
  return handle;
}

async function sizeOf(file: string): Promise<number | undefined> {
  return (await stat(file).catch(() => undefined))?.size;
}

async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    written += (await handle.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
  }
}
