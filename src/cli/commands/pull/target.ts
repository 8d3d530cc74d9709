import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { syncFolderOf } from '../../session/atomic-file.js';
import { EXIT } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';
import { isLink, OWN_MODE, openOwn } from '../../session/own-file.js';
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
        await io.out(text, 'data');
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
 * @throws {@link CommandFailure} when what an interrupted pull has left is shorter than its checkpoint says, or another
 * user may have put it there.
 */
export async function fileTarget(file: string, { bytes: keepBytes, isComplete }: Remains): Promise<Target> {
  const partial = partialOf(file);
  if (isComplete && (await ownSizeOf(partial)) === undefined && (await ownSizeOf(file)) === keepBytes) {
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
 * Refuses a name that a whole file must not replace.
 *
 * @throws {@link CommandFailure} for a folder or a device, and for a link: another user may have put it there.
 */
export async function assertReplaceable(name: string): Promise<void> {
  const found = await stat(name).catch(() => undefined);
  if (found !== undefined && !found.isFile()) {
    throw new CommandFailure(`--out ${name} is not a file. Leave --out out to write to standard output.`, EXIT.usage);
  }
  if (await isLink(name)) {
    throw new CommandFailure(
      `--out ${name} is a link, and nothing is written through links. Name the file that it leads to.`,
      EXIT.usage,
    );
  }
}

async function openPartial(partial: string, keepBytes: number): Promise<FileHandle> {
  if (keepBytes === 0) {
    // Not opened for overwriting, which would keep the mode of the file that exists.
    await rm(partial, { force: true });
    return await open(partial, 'wx', OWN_MODE);
  }
  const handle = await openOwn(partial, 'r+');
  if (handle === undefined || (await handle.stat()).size < keepBytes) {
    await handle?.close();
    throw new CommandFailure(`${partial} is shorter than its checkpoint says. Leave --resume out to start over.`);
  }
  await handle.truncate(keepBytes);
  return handle;
}

/** The size of a file that an earlier run has written; `undefined` when it does not exist. */
async function ownSizeOf(file: string): Promise<number | undefined> {
  const handle = await openOwn(file);
  try {
    return (await handle?.stat())?.size;
  } finally {
    await handle?.close();
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    written += (await handle.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
  }
}
