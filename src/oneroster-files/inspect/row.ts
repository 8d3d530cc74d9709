import { isDate } from '../cells.js';
import type { Column, DataFile } from '../tables.js';

/** A row: its cells by the names of their columns, empty ones left out. */
export type Cells = Readonly<Record<string, string>>;

/** A row that was read. */
export interface InspectedRow {
  readonly file: DataFile;
  readonly line: number;
  /** The cells that are right. */
  readonly cells: Cells;
}

/** A row whose cells were checked. */
export interface CheckedRow extends InspectedRow {
  readonly columns: readonly Column[];
  /** Whether it has a right value in each cell that needs one. */
  readonly isWhole: boolean;
}

/** Whether a day is before another; a text that is no day is not. */
export function isBefore(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && isDate(one) && isDate(other) && one < other;
}
