import type {
  Cells,
  DataFile,
  InspectedRow,
  OneRosterProblem,
  OneRosterVersion,
} from '../../../oneroster-files/index.js';
import type { UploadFamily, UploadIds } from '../csv/upload-ids.js';

/** The rows of a set of files, by file, and what becomes of them. */
export class OneRosterRows {
  readonly version: OneRosterVersion;
  readonly #rows: ReadonlyMap<DataFile, readonly InspectedRow[]>;
  readonly #ids: UploadIds;
  /** What was left out beyond what the files themselves have wrong. */
  readonly problems: OneRosterProblem[] = [];
  readonly district: string;

  constructor(
    version: OneRosterVersion,
    rows: ReadonlyMap<DataFile, readonly InspectedRow[]>,
    { ids, district }: { readonly ids: UploadIds; readonly district: string },
  ) {
    this.version = version;
    this.#rows = rows;
    this.#ids = ids;
    this.district = district;
  }

  of(file: DataFile): readonly InspectedRow[] {
    return this.#rows.get(file) ?? [];
  }

  /** The id of a record: the `sourcedId` when it has the form of Clever's ids, else one that is made from it. */
  id(family: UploadFamily, sourcedId: string): string {
    return idOf(this.#ids, family, sourcedId);
  }

  leaveOut({ file, line }: Pick<InspectedRow, 'file' | 'line'>, rule: string, message: string): void {
    this.problems.push({ severity: 'clever', rule, file: `${file}.csv`, line, message });
  }
}

/** The id of a record, see {@link OneRosterRows.id}. */
export function idOf(ids: UploadIds, family: UploadFamily, sourcedId: string): string {
  return /^[0-9a-f]{24}$/u.test(sourcedId) ? sourcedId : ids.id(family, sourcedId);
}

/** A cell; `''` for an empty one. */
export function cellOf(cells: Cells, column: string): string {
  return cells[column] ?? '';
}

/** The items of a list. */
export function listOf(cells: Cells, column: string): readonly string[] {
  return cellOf(cells, column)
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
