import type { DataFile, OneRosterProblem } from '../../../oneroster-files/index.js';
import { SandboxError } from '../error.js';

/** The number of problems in the message; the rest are in `problems`. */
const IN_MESSAGE = 25;
/** The largest number of problems that an error keeps: a file saved in the wrong format has one in every line. */
const KEPT = 1_000;

/**
 * OneRoster files cannot be loaded, and nothing of them was loaded. All problems are reported together; with
 * `onProblem: 'skip'`, those because of which nothing can be loaded.
 *
 * The message begins with the count and lists the first 25 problems, one per line. Neither the message nor
 * `problems` contains a value of the files, because those are personal data.
 */
export class OneRosterFilesError extends SandboxError {
  /** `OneRosterFilesError`. */
  override get name(): string {
    return 'OneRosterFilesError';
  }

  /** The problems, ordered by file and line; at most 1000. */
  readonly problems: readonly OneRosterProblem[];
  /** The number of all problems. */
  readonly total: number;

  /** @internal */
  constructor(problems: readonly OneRosterProblem[], describe: (problem: OneRosterProblem) => string) {
    const total = problems.length;
    const count = total === 1 ? 'one problem' : `${total} problems`;
    const listed = problems.slice(0, IN_MESSAGE).map((problem) => `- ${describe(problem)}`);
    const rest = total - listed.length;
    const more = rest > 0 ? [`- … and ${rest} more: the error's \`problems\` lists them.`] : [];
    super([`The OneRoster files have ${count}; nothing was loaded.`, ...listed, ...more].join('\n'));
    this.problems = problems.slice(0, KEPT);
    this.total = total;
  }
}

/** Sorts problems by file, the archive and the manifest first, and by line. */
export function inOrder(problems: readonly OneRosterProblem[], files: readonly DataFile[]): OneRosterProblem[] {
  const positions = new Map(files.map((file, index) => [`${file}.csv`, index]));
  const positionOf = ({ file }: OneRosterProblem): number => positions.get(file) ?? -1;
  return [...problems].sort((one, other) => positionOf(one) - positionOf(other) || (one.line ?? 0) - (other.line ?? 0));
}
