import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import {
  columnsOf,
  type DataFile,
  filesOf,
  MANIFEST,
  MANIFEST_HEADER,
  manifestRows,
  type OneRosterVersion,
  plainText,
  writeRow,
} from '../../oneroster-files/index.js';
import type { NeutralRow } from '../convert/context.js';
import type { MetadataColumn } from '../convert/metadata.js';

/** Only its owner may read what has people in it. */
export const [FILE_MODE, FOLDER_MODE] = [0o600, 0o700];

/** How much text is collected before it is written, in characters. */
const BUFFERED = 262_144;

/** The system that an export names as its source. */
const SOURCE = { systemName: 'Clever', systemCode: 'clever-sdk' };

/** A row to write; of a delta, with its status and time. */
export interface WrittenRow extends NeutralRow {
  readonly status?: 'active' | 'tobedeleted';
  readonly at?: Date;
}

/** A file that is complete. */
export interface WrittenFile {
  readonly name: string;
  readonly path: string;
  readonly crc32: number;
}

/** Which files are written. */
export interface RowFilesOptions {
  readonly version: OneRosterVersion;
  readonly isDelta: boolean;
  readonly metadata: readonly MetadataColumn[];
}

/** Writes rows to the files that they belong in, in a folder. A file appears with its first row. */
export class RowFiles {
  readonly #folder: string;
  readonly #options: RowFilesOptions;
  readonly #files = new Map<DataFile, RowFile>();

  constructor(folder: string, options: RowFilesOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  /** How many rows each file has. */
  get counts(): Partial<Record<DataFile, number>> {
    return Object.fromEntries([...this.#files].map(([file, { rows }]) => [file, rows]));
  }

  /** Writes rows; a file that the version does not have gets none. */
  async write(rows: readonly WrittenRow[]): Promise<void> {
    for (const row of rows) {
      if (filesOf(this.#options.version).includes(row.file)) {
        await (this.#files.get(row.file) ?? (await this.#begin(row.file))).add(row);
      }
    }
  }

  async #begin(file: DataFile): Promise<RowFile> {
    const { version, metadata } = this.#options;
    const own = metadata.filter(({ files }) => (files as readonly string[]).includes(file)).map(({ name }) => name);
    const columns = [...columnsOf(file, version).map(({ name }) => name), ...own];
    const begun = await RowFile.open(join(this.#folder, `${file}.csv`), columns);
    this.#files.set(file, begun);
    return begun;
  }

  /** Ends all files and writes the manifest. */
  async finish(): Promise<readonly WrittenFile[]> {
    const { version, isDelta } = this.#options;
    const mode = isDelta ? 'delta' : 'bulk';
    const modes = Object.fromEntries([...this.#files.keys()].map((file) => [file, mode]));
    const manifest = await RowFile.open(join(this.#folder, MANIFEST), MANIFEST_HEADER);
    for (const [propertyName, value] of manifestRows(version, modes, SOURCE)) {
      await manifest.addCells([propertyName, value]);
    }
    const written: WrittenFile[] = [{ name: MANIFEST, ...(await manifest.finish()) }];
    for (const file of filesOf(version)) {
      const begun = this.#files.get(file);
      if (begun !== undefined) {
        written.push({ name: `${file}.csv`, ...(await begun.finish()) });
      }
    }
    return written;
  }

  /** Closes what is open; safe after `finish`. */
  async close(): Promise<void> {
    for (const file of this.#files.values()) {
      await file.close();
    }
  }
}

class RowFile {
  static async open(path: string, columns: readonly string[]): Promise<RowFile> {
    const file = new RowFile(path, await open(path, 'wx', FILE_MODE), columns);
    await file.addCells(columns);
    file.rows = 0;
    return file;
  }

  rows = 0;
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #columns: readonly string[];
  #text = '';
  #crc32 = 0;
  #isOpen = true;

  private constructor(path: string, handle: FileHandle, columns: readonly string[]) {
    this.#path = path;
    this.#handle = handle;
    this.#columns = columns;
  }

  async add({ cells, status, at }: WrittenRow): Promise<void> {
    const all: Readonly<Record<string, string>> = {
      ...cells,
      status: status ?? '',
      dateLastModified: at?.toISOString() ?? '',
    };
    await this.addCells(this.#columns.map((column) => plainText(all[column] ?? '')));
  }

  async addCells(cells: readonly string[]): Promise<void> {
    this.rows += 1;
    this.#text += writeRow(cells);
    if (this.#text.length > BUFFERED) {
      await this.#flush();
    }
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.from(this.#text);
    this.#text = '';
    this.#crc32 = crc32(bytes, this.#crc32);
    for (let written = 0; written < bytes.length; ) {
      written += (await this.#handle.write(bytes, written)).bytesWritten;
    }
  }

  async finish(): Promise<Omit<WrittenFile, 'name'>> {
    await this.#flush();
    await this.#handle.sync();
    await this.close();
    return { path: this.#path, crc32: this.#crc32 };
  }

  async close(): Promise<void> {
    if (this.#isOpen) {
      this.#isOpen = false;
      await this.#handle.close();
    }
  }
}
