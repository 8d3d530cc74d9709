import { BlobReader, type Entry, type FileEntry, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js';
import { type Archive, type ArchiveEntry, ArchiveError } from './entry.js';

/** More files than this are not a set of OneRoster's, which has 22. */
const MOST_ENTRIES = 1_000;
/**
 * A large file that is compressed more than this is made to fill memory or disk. A file of one row that repeats is
 * compressed by about 200 to 1; rows with ids of their own by 3 to 15.
 */
const [HIGHEST_RATIO, SMALL] = [250, 16 * 1_048_576];
const CONTENT = { isContent: true } as const;
const STORED = 0;
const DEFLATED = 8;

/** Opens a zip file. */
export async function openZip(blob: Blob): Promise<Archive> {
  const reader = new ZipReader(new BlobReader(blob));
  const entries: ArchiveEntry[] = [];
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (entries.length === MOST_ENTRIES) {
        throw new ArchiveError(
          `The zip file has more than ${MOST_ENTRIES} files; a set of OneRoster's has 22 at most.`,
        );
      }
      if (!isFolder(entry)) {
        entries.push(entryOf(entry));
      }
    }
  } catch (error) {
    await reader.close().catch(() => undefined);
    throw error instanceof ArchiveError
      ? error
      : new ArchiveError('The file is not a zip file, or it is damaged: its list of files cannot be read.', CONTENT);
  }
  return { entries, close: () => reader.close() };
}

function isFolder(entry: Entry): boolean {
  return entry.directory;
}

function entryOf(entry: Entry): ArchiveEntry {
  const refusal = refusalOf(entry);
  return {
    name: entry.filename,
    size: entry.uncompressedSize,
    isCompressed: entry.compressionMethod !== STORED,
    ...(refusal === undefined ? {} : { refusal }),
    open: () => contentOf(entry as FileEntry),
  };
}

function refusalOf({ encrypted, compressionMethod, compressedSize, uncompressedSize }: Entry): string | undefined {
  if (encrypted) {
    return 'is encrypted; write the zip file without a password.';
  }
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) {
    return 'is compressed in a way that few programs read; store it, or compress it by Deflate.';
  }
  const isBomb = uncompressedSize > SMALL && uncompressedSize > compressedSize * HIGHEST_RATIO;
  return isBomb ? 'is compressed so much that it is not read: it could be made to fill memory or disk.' : undefined;
}

/** The content of an entry, which ends in an error when it is longer than the zip file says, or damaged. */
function contentOf(entry: FileEntry): ReadableStream<Uint8Array> {
  let left = entry.uncompressedSize;
  const content = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      left -= chunk.length;
      if (left < 0) {
        controller.error(new ArchiveError('A file of the zip file is longer than the zip file says.', CONTENT));
      } else {
        controller.enqueue(chunk);
      }
    },
  });
  // The stream's own error reaches the reader; this one is the same.
  entry
    .getData(content.writable, { checkSignature: true, useWebWorkers: false })
    .catch(() =>
      content.writable.abort(new ArchiveError('A file of the zip file is damaged.', CONTENT)).catch(() => undefined),
    );
  return content.readable;
}
