import { SandboxError } from '../error.js';
import { CSV_FILES } from './columns.js';

/** A problem in an upload, and where it is. */
export interface CsvProblem {
  /** Name of the file, in Clever's spelling: `students.csv`. */
  readonly file: string;
  /**
   * Line of the file, counted from 1 as editors do; the first line of a row that spans several. Absent when
   * the problem is the whole file.
   */
  readonly line?: number;
  /** Name of the column, in Clever's spelling, or `column 7` for one whose name is not Clever's. */
  readonly column?: string;
  /** What is wrong and what to do. Contains no value of the file. */
  readonly text: string;
}

/** The place of a problem; unknown parts are left out. */
export type Place = Omit<CsvProblem, 'text'>;

/** The number of problems in the message; the rest are in `problems`. */
const IN_MESSAGE = 25;
/** The largest number of problems that is kept: a file saved in the wrong format has one in every line. */
const KEPT = 1_000;

/**
 * An upload cannot be loaded. All problems are reported together, and nothing of the upload was loaded.
 *
 * The message begins with the count and lists the first 25 problems, one per line. Neither the message nor
 * `problems` contains a value of the files, because those are personal data.
 */
export class CsvUploadError extends SandboxError {
  /** `CsvUploadError`. */
  override get name(): string {
    return 'CsvUploadError';
  }

  /** The problems, ordered by file and line; at most 1000. */
  readonly problems: readonly CsvProblem[];
  /** The number of all problems. */
  readonly total: number;

  /** @internal */
  constructor(problems: readonly CsvProblem[], total: number) {
    const listed = problems.slice(0, IN_MESSAGE).map((problem) => `- ${describe(problem)}`);
    const rest = total - listed.length;
    const count = total === 1 ? 'one problem' : `${total} problems`;
    const more = rest > 0 ? [`- … and ${rest} more: the error's \`problems\` lists them.`] : [];
    super([`The CSV upload has ${count}; nothing was loaded.`, ...listed, ...more].join('\n'));
    this.problems = problems;
    this.total = total;
  }
}

/** Collects the problems of an upload. */
export class Problems {
  readonly #kept: CsvProblem[] = [];
  #total = 0;

  add(place: Place, text: string): void {
    this.#total += 1;
    if (this.#kept.length < KEPT) {
      this.#kept.push({ ...place, text });
    }
  }

  /** @throws {@link CsvUploadError} if there is a problem. */
  throwIfAny(): void {
    if (this.#total > 0) {
      throw new CsvUploadError([...this.#kept].sort(inOrder), this.#total);
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
