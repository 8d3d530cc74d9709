import { type Archive, type ArchiveEntry, ArchiveError } from '../archive/entry.js';
import { cellProblem, isGrade, itemsOf } from '../cells.js';
import { type CsvRow, readRows } from '../csv/read-rows.js';
import { IdTable } from '../id-table.js';
import { type FileMode, MANIFEST, propertyOf } from '../manifest.js';
import { type Column, DATA_FILES, type DataFile, filesOf, type OneRosterVersion } from '../tables.js';
import { newFacts, reportFacts } from './facts.js';
import { type Header, readHeader } from './header.js';
import { Known } from './known.js';
import type { OneRosterProblem, ReportProblem } from './problem.js';
import { readManifest } from './read-manifest.js';
import type { CheckedRow, InspectedRow } from './row.js';
import { reportRules } from './rules.js';

/** How a set of files is read. */
export interface InspectOptions {
  /** The day that terms are compared with, as `YYYY-MM-DD`. */
  readonly today: string;
  readonly report: ReportProblem;
  /**
   * Takes each row that can be used: it has what it needs, its id is the first of its kind, and what it must refer to
   * exists. Files come in the order of {@link DATA_FILES}.
   */
  readonly onRow?: (row: InspectedRow) => void;
  /** Takes the name of each file before it is read. */
  readonly onFile?: (file: DataFile) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What a set of files is. */
export interface Inspected {
  readonly version: OneRosterVersion;
  /** What the manifest says of the files that exist. */
  readonly modes: ReadonlyMap<DataFile, FileMode>;
  /** The number of rows of each file that was read. */
  readonly counts: ReadonlyMap<DataFile, number>;
  /** How many classes Clever's importer leaves out, and how many enrollments with them. */
  readonly dropped: { readonly classes: number; readonly enrollments: number };
}

/**
 * Reads a set of files, twice: once for the ids, and once for everything else. In memory are only ids.
 *
 * @throws The reason of the signal. What is wrong with the files is reported.
 */
export async function inspect(archive: Archive, options: InspectOptions): Promise<Inspected> {
  const { report, today, onRow, onFile, signal } = options;
  const entries = namedEntries(archive, report);
  const guess = entries.has('roles') || entries.has('userProfiles') ? '1.2' : '1.1';
  const { version, modes } = await manifestOf(archive, entries, guess, report);
  reportForeign(archive, version, report);
  const known = new Known(today);
  const files = filesOf(version).flatMap((file) => {
    const entry = usableEntry(file, entries.get(file), modes.get(file), report);
    return entry === undefined ? [] : [{ file, entry, mode: modes.get(file) ?? 'bulk' }];
  });
  for (const { file, entry, mode } of files) {
    if (Known.wants(file)) {
      const reader: FileReader = { file, mode, version, known, report: () => undefined, signal };
      await readFile(entry, reader, (row) => known.add(file, row.cells));
    }
    known.addFile(file, mode);
  }
  const counts = new Map<DataFile, number>();
  for (const { file, entry, mode } of files) {
    onFile?.(file);
    const seen = new IdTable();
    const count = await readFile(entry, { file, mode, version, known, report, signal }, (row) => {
      const isFirst = checkFirst(row, seen, report);
      const isUsable = checkReferences(row, { mode, known, version }, report);
      reportRules(row, { mode, version, known }, report);
      if (isFirst && isUsable && row.isWhole) {
        onRow?.({ file, line: row.line, cells: row.cells });
      }
    });
    if (count === 0) {
      const severity = version === '1.2' ? 'error' : 'warning';
      const message = 'has no rows; leave it out, and let the manifest say that it is absent.';
      report({ severity, rule: 'no-rows', file: `${file}.csv`, message });
    }
    counts.set(file, count ?? 0);
  }
  return { version, modes: new Map(files.map(({ file, mode }) => [file, mode])), counts, dropped: known.dropped };
}

/** Whether a file is read in full only when the other files were. */
interface FileReader {
  readonly file: DataFile;
  readonly mode: FileMode;
  readonly version: OneRosterVersion;
  readonly known: Known;
  readonly report: ReportProblem;
  readonly signal: AbortSignal | undefined;
}

/** Reads a file row by row. Returns how many rows it has; `undefined` for one whose rows cannot be read. */
async function readFile(
  entry: ArchiveEntry,
  reader: FileReader,
  take: (row: CheckedRow) => void,
): Promise<number | undefined> {
  const { file, version, report, signal } = reader;
  const facts = newFacts();
  let header: Header | undefined;
  let isHeader = true;
  let count = 0;
  try {
    for await (const rows of readRows(entry.open(), facts)) {
      signal?.throwIfAborted();
      for (const row of rows) {
        if (isHeader) {
          isHeader = false;
          header = readHeader(file, version, { cells: row.cells ?? [], line: row.line }, report);
        } else if (header !== undefined) {
          count += 1;
          checkRow(row, header, reader, take);
        }
      }
      if (!isHeader && header === undefined) {
        return undefined;
      }
    }
  } catch (error) {
    if (signal?.aborted === true) {
      throw signal.reason;
    }
    report({ severity: 'error', rule: 'archive', file: `${file}.csv`, message: damageOf(error) });
    return count;
  }
  reportFacts(`${file}.csv`, facts, report);
  if (isHeader && !facts.isUtf16) {
    report({ severity: 'error', rule: 'header', file: `${file}.csv`, message: 'is empty: it has no header.' });
  }
  return isHeader ? undefined : count;
}

/** Why a file is read no further. */
function damageOf(error: unknown): string {
  return error instanceof ArchiveError ? error.message : 'cannot be read to its end: it is damaged.';
}

function checkRow(
  { line, cells: raw, hasLineBreak }: CsvRow,
  header: Header,
  { file, mode, version, report }: FileReader,
  take: (row: CheckedRow) => void,
): void {
  const place = { file: `${file}.csv`, line };
  if (raw === undefined) {
    const message = 'has quotes that do not match; write " within a cell as "", and quote the whole cell.';
    report({ severity: 'error', rule: 'quotes', ...place, message });
    return;
  }
  if (hasLineBreak) {
    const severity = version === '1.2' ? 'error' : 'warning';
    report({ severity, rule: 'line-break', ...place, message: 'has a line break in a cell; write a space.' });
  }
  if (raw.length !== header.width) {
    const message = `has ${raw.length} cells where the header has ${header.width}; quote cells that contain a comma.`;
    report({ severity: 'error', rule: 'width', ...place, message });
    if (raw.slice(header.width).some((cell) => cell.trim() !== '')) {
      return;
    }
  }
  const cells: Record<string, string> = {};
  let isWhole = true;
  for (const { column, position } of header.columns) {
    const text = (raw[position] ?? '').trim();
    const problem = problemOf(text, column, { mode, version });
    if (problem !== undefined) {
      report({ ...problem, ...place, column: column.name });
    }
    if (text !== '' && (problem === undefined || problem.severity === 'warning')) {
      cells[column.name] = text;
    } else if (column.isRequired) {
      isWhole = false;
    }
  }
  for (const { name, position } of header.metadata) {
    const text = (raw[position] ?? '').trim();
    if (text !== '') {
      cells[name] = text;
    }
  }
  take({ file, line, cells, isWhole, columns: header.columns.map(({ column }) => column) });
}

type CellProblem = Pick<OneRosterProblem, 'severity' | 'rule' | 'message'>;

function problemOf(
  text: string,
  column: Column,
  { mode, version }: { readonly mode: FileMode; readonly version: OneRosterVersion },
): CellProblem | undefined {
  const isOfDelta = column.name === 'status' || column.name === 'dateLastModified';
  if (text === '') {
    return column.isRequired || (isOfDelta && mode === 'delta')
      ? { severity: 'error', rule: 'required-cell', message: 'is empty; every row needs a value here.' }
      : undefined;
  }
  if (isOfDelta && mode === 'bulk') {
    const severity = version === '1.2' ? 'error' : 'warning';
    return { severity, rule: 'blank-in-bulk', message: 'must be empty in a bulk file; only delta files fill it.' };
  }
  if (text.includes('\u{fffd}')) {
    return { severity: 'error', rule: 'encoding', message: 'has characters that are not in UTF-8.' };
  }
  const message = cellProblem(text, column, version);
  if (message !== undefined) {
    return { severity: 'error', rule: `cell-${column.kind}`, message };
  }
  return column.kind === 'grades' && !itemsOf(text).every(isGrade)
    ? { severity: 'warning', rule: 'grades', message: 'has a grade that CEDS does not know, such as 9 for 09.' }
    : undefined;
}

function checkFirst(row: CheckedRow, seen: IdTable, report: ReportProblem): boolean {
  const id = row.cells['sourcedId'];
  const isFirst = id === undefined || seen.set(id);
  if (!isFirst) {
    report({
      severity: 'error',
      rule: 'duplicate-id',
      file: `${row.file}.csv`,
      line: row.line,
      column: 'sourcedId',
      message: 'repeats the id of an earlier row; readers take the first one.',
    });
  }
  return isFirst;
}

/** Checks the references of a row. Returns whether those that it cannot do without exist. */
function checkReferences(
  { file, line, cells, columns }: CheckedRow,
  { mode, known, version }: { readonly mode: FileMode; readonly known: Known; readonly version: OneRosterVersion },
  report: ReportProblem,
): boolean {
  if (mode === 'delta') {
    // What it refers to may be in the bulk files that it follows.
    return true;
  }
  let isUsable = true;
  for (const { name, kind, refersTo, isRequired } of columns) {
    const text = cells[name];
    if (refersTo === undefined || text === undefined) {
      continue;
    }
    const ids = kind === 'ids' ? itemsOf(text) : [text];
    const missing = ids.filter((id) => !known.has(refersTo, id));
    if (missing.length > 0) {
      report({
        severity: 'error',
        rule: 'reference',
        file: `${file}.csv`,
        line,
        column: name,
        message: known.hasFile(refersTo)
          ? `names nothing in ${refersTo}.csv; add the row there with this sourcedId, or correct it here.`
          : `refers to ${refersTo}.csv, which is absent${filesOf(version).includes(refersTo) ? '' : ` in ${version}`}.`,
      });
      isUsable &&= !isRequired || missing.length < ids.length;
    }
  }
  return isUsable;
}

/** The files of OneRoster's in an archive, by their names without ending. */
function namedEntries(archive: Archive, report: ReportProblem): ReadonlyMap<DataFile | 'manifest', ArchiveEntry> {
  const names = new Map([...DATA_FILES, 'manifest' as const].map((file) => [`${file}.csv`, file]));
  const byAnyCase = new Map([...names].map(([name, file]) => [name.toLowerCase(), file]));
  const found = new Map<DataFile | 'manifest', ArchiveEntry>();
  const isExact = (entry: ArchiveEntry): number => (names.has(entry.name) ? 0 : 1);
  for (const entry of [...archive.entries].sort((one, other) => isExact(one) - isExact(other))) {
    const file = byAnyCase.get(entry.name.toLowerCase());
    if (file !== undefined && found.has(file)) {
      const message = 'exists twice; keep one of the files.';
      report({ severity: 'error', rule: 'archive', file: `${file}.csv`, message });
    } else if (file !== undefined) {
      if (!names.has(entry.name)) {
        const message = 'is not written exactly as OneRoster has it: case matters.';
        report({ severity: 'error', rule: 'archive', file: `${file}.csv`, message });
      }
      found.set(file, entry);
    }
  }
  return found;
}

/** Reports files that are not OneRoster's. Their names are not repeated, because anything may be in them. */
function reportForeign(archive: Archive, version: OneRosterVersion, report: ReportProblem): void {
  const isOwn = new Set([MANIFEST, ...filesOf(version).map((file) => `${file.toLowerCase()}.csv`)]);
  for (const [index, { name }] of archive.entries.entries()) {
    if (isOwn.has(name.toLowerCase())) {
      continue;
    }
    const isBelow = /[\\/]/u.test(name);
    const base = name.split(/[\\/]/u).at(-1)?.toLowerCase() ?? '';
    report({
      severity: version === '1.2' || (isBelow && isOwn.has(base)) ? 'error' : 'warning',
      rule: 'archive',
      file: 'archive',
      message: isBelow
        ? `has a file in a folder (number ${index + 1}${isOwn.has(base) ? ', one of OneRoster by its name' : ''}); all files belong at the top, and this one is not read.`
        : `has a file that OneRoster ${version} does not know (number ${index + 1}); it is not read.`,
    });
  }
}

async function manifestOf(
  archive: Archive,
  entries: ReadonlyMap<DataFile | 'manifest', ArchiveEntry>,
  guess: OneRosterVersion,
  report: ReportProblem,
): Promise<{ readonly version: OneRosterVersion; readonly modes: ReadonlyMap<DataFile, FileMode> }> {
  reportPacking(archive, report);
  const entry = entries.get('manifest');
  if (entry?.refusal !== undefined) {
    report({ severity: 'error', rule: 'archive', file: MANIFEST, message: entry.refusal });
  } else if (entry !== undefined) {
    try {
      return await readManifest(entry, guess, report);
    } catch (error) {
      report({ severity: 'error', rule: 'archive', file: MANIFEST, message: damageOf(error) });
    }
  } else {
    const message = 'is missing; without it, a reader knows neither the version nor which files are whole.';
    report({ severity: 'error', rule: 'manifest', file: MANIFEST, message });
  }
  const found = filesOf(guess).filter((file) => entries.has(file));
  return { version: guess, modes: new Map(found.map((file) => [file, 'bulk'])) };
}

/** What Clever's importer asks of the zip file itself (observed by legertom/oneroster-data). */
function reportPacking({ zipName, entries }: Archive, report: ReportProblem): void {
  if (zipName !== undefined && zipName !== 'OneRoster.zip') {
    const message =
      "has another name than OneRoster.zip, the one that Clever's importer looks for; name it so before it goes there.";
    report({ severity: 'warning', rule: 'zip-name', file: 'archive', message });
  }
  if (zipName !== undefined && entries.some(({ isCompressed }) => isCompressed)) {
    const message = "has compressed files; files that are stored as they are suit Clever's importer best.";
    report({ severity: 'warning', rule: 'compressed', file: 'archive', message });
  }
}

/** The file to read, when the manifest and the archive agree that it exists. */
function usableEntry(
  file: DataFile,
  entry: ArchiveEntry | undefined,
  mode: FileMode | undefined,
  report: ReportProblem,
): ArchiveEntry | undefined {
  const problem = (message: string): undefined => {
    report({ severity: 'error', rule: 'archive', file: `${file}.csv`, message });
    return undefined;
  };
  if (mode === 'absent') {
    return entry === undefined
      ? undefined
      : problem(`exists, but the manifest says ${propertyOf(file)} is absent; it is not read.`);
  }
  if (entry === undefined) {
    return mode === undefined ? undefined : problem('is missing, but the manifest says that it exists.');
  }
  return entry.refusal === undefined ? entry : problem(entry.refusal);
}
