import { CleverConfigError } from '../../index.js';
import {
  ArchiveError,
  type DataFile,
  type FileMode,
  type Inspected,
  inspect,
  type OneRosterInput,
  type OneRosterProblem,
  type OneRosterSeverity,
  type OneRosterVersion,
  openArchive,
  problemText,
} from '../../oneroster-files/index.js';
import { checkOptions } from '../../options/known-keys.js';
import { checkSignal } from '../../options/signal.js';
import { checkFunction } from '../../options/values.js';
import { keysOf } from '../../util/keys-of.js';
import { dayOf } from '../options.js';

/** Options of {@link validateOneRoster}. */
export interface ValidateOptions {
  /** The time that terms are compared with. Default: now. */
  readonly now?: Date;
  /** Called with each problem, also with those that `problems` has no room for. What it throws ends the check. */
  readonly onProblem?: (problem: OneRosterProblem) => void;
  /** Called with the name of each file before it is checked: `users.csv`. */
  readonly onFile?: (file: string) => void;
  /** Ends the check; it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const KEYS = keysOf<ValidateOptions>()({ now: true, onProblem: true, onFile: true, signal: true });

/** The most problems that a report keeps: a file saved in the wrong format has one in every line. */
const KEPT = 1_000;
/** How many problems the text of a report has. */
const IN_TEXT = 25;

/** What was found in a set of OneRoster files. */
export interface OneRosterValidation {
  /** Whether no rule of OneRoster is broken. What Clever's importer leaves out does not count. */
  readonly isValid: boolean;
  /** The version that the manifest names, or the one that the files look like. */
  readonly version: OneRosterVersion;
  /** The files that were checked, and whether they have everything or what has changed. */
  readonly files: Readonly<Partial<Record<DataFile, FileMode>>>;
  /** The number of rows of each of them. */
  readonly counts: Readonly<Partial<Record<DataFile, number>>>;
  /** The problems in the order in which they were found, file by file; at most 1000. */
  readonly problems: readonly OneRosterProblem[];
  /** The number of all problems, by severity. */
  readonly totals: Readonly<Record<OneRosterSeverity, number>>;
  /** How many classes Clever's importer leaves out, because of their terms, and how many enrollments with them. */
  readonly droppedByClever: { readonly classes: number; readonly enrollments: number };
  /** The report as text for people: the first problems, one a line. */
  toString(): string;
}

/**
 * Checks a set of OneRoster CSV files, of version 1.1 or 1.2: the archive, the manifest, headers, cells, ids and
 * references, and what Clever's own importer would refuse or leave out.
 *
 * Reads the files twice, a piece at a time; in memory are ids only. No problem has a value of the files, because those
 * are personal data. What Clever's importer does is not documented: the rules with the severity `clever` were found by
 * others' failures (legertom/oneroster-data).
 *
 * @param input - The path of a zip file or a folder, the bytes of a zip file, or the files by name.
 * @returns Every problem by file, line and column.
 * @throws `CleverConfigError` for options that cannot work, and for a path that does not exist.
 *
 * @example
 * ```ts
 * import { validateOneRoster } from 'clever-sdk/oneroster';
 *
 * const { isValid, problems } = await validateOneRoster('./OneRoster.zip');
 * for (const { file, line, column, message } of problems) console.log(file, line, column, message);
 * console.log(isValid ? 'It keeps the rules.' : 'It breaks some.');
 * ```
 */
export async function validateOneRoster(
  input: OneRosterInput,
  options: ValidateOptions = {},
): Promise<OneRosterValidation> {
  const call = 'validateOneRoster()';
  checkOptions(call, options, KEYS);
  const { onProblem, onFile, signal } = options;
  checkFunction('onProblem', onProblem);
  checkFunction('onFile', onFile);
  checkSignal(signal);
  const today = dayOf(call, options.now);
  const problems: OneRosterProblem[] = [];
  const totals: Record<OneRosterSeverity, number> = { error: 0, clever: 0, warning: 0 };
  const report = (problem: OneRosterProblem): void => {
    totals[problem.severity] += 1;
    if (problems.length < KEPT) {
      problems.push(problem);
    }
    onProblem?.(problem);
  };
  const found = await inspectInput(input, { today, report, signal, onFile: (file) => onFile?.(`${file}.csv`) });
  const validation = {
    isValid: totals.error === 0,
    version: found?.version ?? '1.1',
    files: Object.fromEntries(found?.modes ?? []),
    counts: Object.fromEntries(found?.counts ?? []),
    problems,
    totals,
    droppedByClever: found?.dropped ?? { classes: 0, enrollments: 0 },
  };
  const text = (): string => textOf(validation);
  return Object.freeze(Object.defineProperty({ ...validation }, 'toString', { value: text }));
}

/** `undefined` when the archive itself is the problem. */
async function inspectInput(
  input: OneRosterInput,
  options: Parameters<typeof inspect>[1],
): Promise<Inspected | undefined> {
  const archive = await openArchive(input).catch((error: unknown) => {
    if (error instanceof ArchiveError && error.isContent) {
      options.report({ severity: 'error', rule: 'archive', file: 'archive', message: error.message });
      return undefined;
    }
    throw error instanceof ArchiveError ? new CleverConfigError(`validateOneRoster(): ${error.message}`) : error;
  });
  try {
    return archive === undefined ? undefined : await inspect(archive, options);
  } finally {
    await archive?.close();
  }
}

const number = new Intl.NumberFormat('en');

function textOf({ problems, totals, version, droppedByClever }: Omit<OneRosterValidation, 'toString'>): string {
  const total = totals.error + totals.clever + totals.warning;
  const counted = (Object.keys(totals) as OneRosterSeverity[])
    .filter((severity) => totals[severity] > 0)
    .map((severity) => `${number.format(totals[severity])} ${LABELS[severity]}`);
  const rest = total - Math.min(problems.length, IN_TEXT);
  const { classes, enrollments } = droppedByClever;
  return [
    total === 0 ? `OneRoster ${version}: no problem was found.` : `OneRoster ${version}: ${counted.join(', ')}.`,
    ...problems.slice(0, IN_TEXT).map((problem) => `- ${LABELS[problem.severity]}: ${problemText(problem)}`),
    ...(rest > 0 ? [`- … and ${number.format(rest)} more.`] : []),
    ...(classes === 0
      ? []
      : [
          `Clever's importer leaves out ${number.format(classes)} classes and ${number.format(enrollments)} enrollments.`,
        ]),
    '',
  ].join('\n');
}

const LABELS: Readonly<Record<OneRosterSeverity, string>> = {
  error: 'against the rules',
  clever: "a matter of Clever's importer",
  warning: 'a warning',
};
