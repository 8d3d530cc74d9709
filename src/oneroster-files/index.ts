/* What the users of this part take from it. */
export { type OneRosterInput, openArchive } from './archive/archive.js';
export { ArchiveError } from './archive/entry.js';
export { writeZip } from './archive/write-zip.js';
export { isId, isUserId } from './cells.js';
export { plainText, writeRow } from './csv/write-row.js';
export { IdTable } from './id-table.js';
export { type Inspected, inspect } from './inspect/inspect.js';
export {
  type OneRosterProblem,
  type OneRosterSeverity,
  problemText,
} from './inspect/problem.js';
export type { Cells, InspectedRow } from './inspect/row.js';
export { type FileMode, MANIFEST, MANIFEST_HEADER, manifestRows } from './manifest.js';
export { columnsOf, DATA_FILES, type DataFile, filesOf, METADATA, type OneRosterVersion, VERSIONS } from './tables.js';
