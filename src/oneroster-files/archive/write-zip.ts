import { openAsBlob } from 'node:fs';
import { open } from 'node:fs/promises';
import { BlobReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';

/** A file to put into a zip file. */
export interface ZippedFile {
  /** Its name in the zip file. */
  readonly name: string;
  /** Where its content is. */
  readonly path: string;
  /** The CRC-32 of its content. */
  readonly crc32: number;
}

/** The time of every file in a zip file: fixed, so that the same content gives the same bytes. */
const TIME = new Date(1980, 0, 1);

/**
 * Writes a new zip file of files on disk, a piece at a time, readable by its owner alone.
 *
 * The files are stored, not compressed, and their sizes and checksums are in the headers before them: some importers
 * read nothing else.
 */
export async function writeZip(path: string, files: readonly ZippedFile[], mode: number): Promise<void> {
  const handle = await open(path, 'wx', mode);
  try {
    let position = 0;
    const target = new WritableStream<Uint8Array>({
      async write(chunk) {
        for (let written = 0; written < chunk.length; ) {
          written += (await handle.write(chunk, written, chunk.length - written, position + written)).bytesWritten;
        }
        position += chunk.length;
      },
    });
    const writer = new ZipWriter(target, { useWebWorkers: false, extendedTimestamp: false, lastModDate: TIME });
    for (const { name, path: source, crc32 } of files) {
      const blob = await openAsBlob(source);
      await writer.add(name, new BlobReader(blob), {
        passThrough: true,
        compressionMethod: 0,
        level: 0,
        uncompressedSize: blob.size,
        crc32,
      });
    }
    await writer.close();
    await handle.sync();
  } finally {
    await handle.close();
  }
}
