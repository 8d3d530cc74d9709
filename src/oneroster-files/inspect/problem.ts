/**
 * How much a problem matters.
 *
 * - `error`: it breaks a rule of OneRoster.
 * - `clever`: OneRoster allows it, and Clever's importer refuses it or leaves rows out because of it.
 * - `warning`: it is allowed, and some readers stumble over it.
 */
export type OneRosterSeverity = 'error' | 'clever' | 'warning';

/** A problem in a set of OneRoster files, and where it is. */
export interface OneRosterProblem {
  readonly severity: OneRosterSeverity;
  /** The rule that is broken, as a stable name: `required-cell`. */
  readonly rule: string;
  /** The name of the file: `users.csv`; `archive` for the zip file or folder itself. */
  readonly file: string;
  /** Line of the file, counted from 1 as editors do. Absent when the problem is the whole file. */
  readonly line?: number;
  /**
   * Name of the column, or `column 7` for one whose name is not OneRoster's. Absent when the problem is a whole row or
   * file.
   */
  readonly column?: string;
  /** What is wrong and what to do. Contains no value of the files. */
  readonly message: string;
}

/** Takes a problem. */
export type ReportProblem = (problem: OneRosterProblem) => void;

/** A problem as one line: `users.csv, line 7, role: is none of …`. */
export function problemText({ file, line, column, message }: OneRosterProblem): string {
  const place = [file, ...(line === undefined ? [] : [`line ${line}`]), ...(column === undefined ? [] : [column])];
  return `${place.join(', ')}: ${message}`;
}
