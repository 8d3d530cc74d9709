import { SandboxError } from '../error.js';
import { CSV_FILES, type CsvFile, OLD_FILES, REQUIRED_FILES } from './columns.js';
import type { Problems } from './problems.js';

/**
 * An upload: the path of a folder (Node, Bun, Deno), or the files by name, as text or as bytes in UTF-8,
 * which works on every platform.
 */
export type CsvSource = string | Readonly<Record<string, string | Uint8Array>>;

/** The text of a file that can be read. */
export interface CsvText {
  readonly text: string;
  /** Whether the file has bytes that are not in UTF-8. `\u{fffd}` stands for them in the text. */
  readonly hasBadBytes: boolean;
}

/** The text of each file that exists and can be read. */
export type CsvTexts = ReadonlyMap<CsvFile, CsvText>;

/** Reads an upload. Reports files that are missing or given twice. */
export async function readSource(source: CsvSource, problems: Problems): Promise<CsvTexts> {
  const contents = new Map<CsvFile, string | Uint8Array>();
  for (const [name, content] of typeof source === 'string' ? await filesOf(source) : entriesOf(source)) {
    const file = fileNamed(name);
    if (file === undefined) {
      continue;
    }
    if (contents.has(file)) {
      problems.add({ file }, 'exists twice, under names that differ in case or as admins.csv; keep one of them.');
    }
    if (!contents.has(file) || name.toLowerCase() === file) {
      contents.set(file, content);
    }
  }
  for (const file of REQUIRED_FILES.filter((name) => !contents.has(name))) {
    problems.refuse({ file }, 'is missing; an upload needs this file.');
  }
  return new Map([...contents].map(([file, content]) => [file, textOf(content)]));
}

/** Clever writes the names in lower case; its help pages also show them capitalised. */
function fileNamed(name: string): CsvFile | undefined {
  const lower = name.toLowerCase();
  return CSV_FILES.find((file) => file === lower) ?? OLD_FILES.get(lower);
}

function entriesOf(source: Exclude<CsvSource, string>): [string, string | Uint8Array][] {
  if (typeof source !== 'object' || source === null) {
    throw new SandboxError('districtFromCsv() takes the path of a folder, or an object of file names and their texts.');
  }
  const files = Object.entries(source);
  if (files.some(([, content]) => typeof content !== 'string' && !(content instanceof Uint8Array))) {
    throw new SandboxError('A CSV file given to districtFromCsv() must be text, or bytes in UTF-8.');
  }
  if (files.some(([name]) => fileNamed(name) === undefined)) {
    throw new SandboxError(`A file given to districtFromCsv() has an unknown name. Names: ${CSV_FILES.join(', ')}.`);
  }
  return files;
}

/** Returns the files of a folder whose names are Clever's. */
async function filesOf(folder: string): Promise<[string, Uint8Array][]> {
  // Loaded here because the rest of the module runs without Node.
  const { readdir, readFile, stat } = await import('node:fs/promises');
  const { join } = await import('node:path');
  try {
    const names = (await readdir(folder)).filter((name) => fileNamed(name) !== undefined).sort();
    return await Promise.all(
      names.map(async (name): Promise<[string, Uint8Array]> => {
        const path = join(folder, name);
        // Reading a named pipe waits for a writer, and a device may never end.
        if (!(await stat(path)).isFile()) {
          throw new SandboxError(`${fileNamed(name)} in the folder with the CSV upload is not a regular file.`);
        }
        return [name, await readFile(path)];
      }),
    );
  } catch (error) {
    throw error instanceof SandboxError
      ? error
      : new SandboxError('The folder with the CSV upload does not exist or cannot be read.');
  }
}

function textOf(content: string | Uint8Array): CsvText {
  const { text, hasBadBytes } = typeof content === 'string' ? { text: content, hasBadBytes: false } : decode(content);
  return { text: text.replace(/^\u{feff}/u, '').replaceAll(/\r\n?/gu, '\n'), hasBadBytes };
}

/** Spreadsheets also save UTF-16, and Windows-1252, where each letter with an accent is a bad byte. */
function decode(bytes: Uint8Array): CsvText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), hasBadBytes: false };
  } catch {
    return { text: new TextDecoder('utf-8').decode(bytes), hasBadBytes: true };
  }
}
