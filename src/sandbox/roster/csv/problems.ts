import { SandboxError } from '../error.js';
import { CSV_FILES } from './columns.js';

/** One thing that is wrong with an upload, and where. */
export interface CsvProblem {
  /** Name of the file, in Clever's spelling: `students.csv`. */
  readonly file: string;
  /** Line of the file, counted from 1 as editors do; of a row over several lines the first. Missing for a whole file. */
  readonly line?: number;
  /** Name of the column, in Clever's spelling, or `column 7` for one without a name of Clever's. */
  readonly column?: string;
  /** What is wrong and what to do. Holds no value of the file. */
  readonly text: string;
}

/** Where a problem is: parts that are not known are left out. */
export type Place = Omit<CsvProblem, 'text'>;

/** Problems told in the message; the rest is in `problems`. */
const IN_MESSAGE = 25;
/** Problems kept: a file saved in the wrong form has one in every line. */
const KEPT = 1_000;

/**
 * An upload cannot be loaded. Everything that is wrong is told at once, and nothing of the upload was loaded.
 *
 * The message begins with the count and tells the first 25 problems, one a line. Neither it nor `problems` holds a value of
 * the files: they are people's.
 */
export class CsvUploadError extends SandboxError {
  /** `CsvUploadError`. */
  override get name(): string {
    return 'CsvUploadError';
  }

  /** What is wrong, by file and line; at most 1000. */
  readonly problems: readonly CsvProblem[];
  /** How many problems there are. */
  readonly total: number;

  /** @internal */
  constructor(problems: readonly CsvProblem[], total: number) {
    const told = problems.slice(0, IN_MESSAGE).map((problem) => `- ${describe(problem)}`);
    const rest = total - told.length;
    const count = total === 1 ? 'one problem' : `${total} problems`;
    const more = rest > 0 ? [`- … and ${rest} more: the error's \`problems\` lists them.`] : [];
    super([`The CSV upload has ${count}; nothing was loaded.`, ...told, ...more].join('\n'));
    this.problems = problems;
    this.total = total;
  }
}

/** Collects what is wrong with an upload. */
export class Problems {
  readonly #kept: CsvProblem[] = [];
  #total = 0;

  add(place: Place, text: string): void {
    this.#total += 1;
    if (this.#kept.length < KEPT) {
      this.#kept.push({ ...place, text });
    }
  }

  /** @throws {@link CsvUploadError} unless nothing is wrong. */
  throwIfAny(): void {
    if (this.#total > 0) {
      throw new CsvUploadError(this.#kept.toSorted(inOrder), this.#total);
    }
  }
}

const POSITIONS: ReadonlyMap<string, number> = new Map(CSV_FILES.map((file, index) => [file, index]));

function inOrder(one: CsvProblem, other: CsvProblem): number {
  const byFile = (POSITIONS.get(one.file) ?? 0) - (POSITIONS.get(other.file) ?? 0);
  return byFile === 0 ? (one.line ?? 0) - (other.line ?? 0) : byFile;
}

function describe({ file, line, column, text }: CsvProblem): string {
  return `${[file, ...(line === undefined ? [] : [`line ${line}`]), ...(column === undefined ? [] : [column])].join(', ')}: ${text}`;
}
