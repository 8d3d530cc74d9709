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
  /**
   * Name of the column, in Clever's spelling, or `column 7` for one whose name is not Clever's. Absent when
   * the problem is a whole row or file.
   */
  readonly column?: string;
  /** What is wrong and what to do. Contains no value of the file. */
  readonly reason: string;
}

/** The place of a problem; unknown parts are left out. */
export type Place = Omit<CsvProblem, 'reason'>;

/** The number of problems in the message; the rest are in `problems`. */
const IN_MESSAGE = 25;
/** The largest number of problems that an error keeps: a file saved in the wrong format has one in every line. */
const KEPT = 1_000;

/**
 * An upload cannot be loaded, and nothing of it was loaded. All problems are reported together; with
 * `onProblem: 'skip'`, those because of which nothing can be loaded: files that are missing or cannot be read.
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
  constructor(problems: readonly CsvProblem[]) {
    const total = problems.length;
    const count = total === 1 ? 'one problem' : `${total} problems`;
    const listed = problems.slice(0, IN_MESSAGE).map((problem) => `- ${describe(problem)}`);
    const rest = total - listed.length;
    const more = rest > 0 ? [`- … and ${rest} more: the error's \`problems\` lists them.`] : [];
    super([`The CSV upload has ${count}; nothing was loaded.`, ...listed, ...more].join('\n'));
    this.problems = problems.slice(0, KEPT);
    this.total = total;
  }
}

/** Collects the problems of an upload. A cell has one at most: what else is wrong with it follows from the first. */
export class Problems {
  readonly #all: CsvProblem[] = [];
  readonly #refusals: CsvProblem[] = [];
  readonly #places = new Set<string>();

  /** Adds a problem that concerns a cell, a row or a column. */
  add(place: Place, reason: string): void {
    if (!this.has(place)) {
      this.#places.add(keyOf(place));
      this.#all.push({ ...place, reason });
    }
  }

  /** Adds a problem that leaves nothing to load. */
  refuse(place: Place, reason: string): void {
    this.add(place, reason);
    this.#refusals.push({ ...place, reason });
  }

  /** Whether a problem was found at a place. */
  has(place: Place): boolean {
    return this.#places.has(keyOf(place));
  }

  /** Returns all problems, ordered by file and line. */
  list(): CsvProblem[] {
    return [...this.#all].sort(inOrder);
  }

  /** @throws {@link CsvUploadError} if there is a problem. */
  throwIfAny(): void {
    if (this.#all.length > 0) {
      throw new CsvUploadError(this.list());
    }
  }

  /** @throws {@link CsvUploadError} with the problems that leave nothing to load, if there are any. */
  throwIfRefused(): void {
    if (this.#refusals.length > 0) {
      throw new CsvUploadError([...this.#refusals].sort(inOrder));
    }
  }
}

const POSITIONS: ReadonlyMap<string, number> = new Map(CSV_FILES.map((file, index) => [file, index]));

function inOrder(one: CsvProblem, other: CsvProblem): number {
  const byFile = (POSITIONS.get(one.file) ?? 0) - (POSITIONS.get(other.file) ?? 0);
  return byFile === 0 ? (one.line ?? 0) - (other.line ?? 0) : byFile;
}

function keyOf({ file, line = 0, column = '' }: Place): string {
  return `${file}/${line}/${column}`;
}

function describe({ file, line, column, reason }: CsvProblem): string {
  return `${[file, ...(line === undefined ? [] : [`line ${line}`]), ...(column === undefined ? [] : [column])].join(', ')}: ${reason}`;
}
