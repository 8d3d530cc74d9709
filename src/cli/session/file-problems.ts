import { wrapAnsi } from 'fast-wrap-ansi';
import { groupBy } from '../../util/group-by.js';

/** How many kinds of problems are listed. */
const KINDS = 20;
/** How many further lines are named for one kind. */
const FURTHER_LINES = 5;

const number = new Intl.NumberFormat('en');

/** A problem in a district's files, and where it is. */
export interface FileProblem {
  readonly file: string;
  readonly line?: number;
  readonly column?: string;
  readonly reason: string;
}

/**
 * Says what was left out of an upload.
 *
 * @param what - The upload: `The CSV upload has`.
 * @param columns - The width of the terminal; without one, lines are not broken.
 */
export function leftOutReport(what: string, problems: readonly FileProblem[], columns?: number): string {
  const count = problems.length === 1 ? 'one problem' : `${number.format(problems.length)} problems`;
  const heading = `warning: ${what} ${count}. What is wrong was left out; the rest is loaded.`;
  return problemList(heading, problems, columns);
}

/**
 * Lists problems so that the list stays short however many there are: those of one column and kind are listed together.
 * The problems contain no value of the files, and neither does the list.
 */
export function problemList(heading: string, problems: readonly FileProblem[], columns?: number): string {
  const kinds = [...groupBy(problems, kindOf).values()];
  const rest = kinds.slice(KINDS).flat().length;
  const lines = [
    heading,
    ...kinds.slice(0, KINDS).flatMap(linesOf),
    ...(rest === 0 ? [] : [`- … and ${number.format(rest)} more: --json lists them all.`]),
  ];
  return `${lines.flatMap((line) => (columns === undefined ? [line] : broken(line, columns))).join('\n')}\n`;
}

/** Breaks a line between words. What continues an item of the list is below its text. */
function broken(line: string, columns: number): string[] {
  const indent = /^(?:- | {2})/u.test(line) ? '  ' : '';
  const [first = '', ...others] = wrapAnsi(line.slice(indent.length), columns - indent.length).split('\n');
  return [line.slice(0, indent.length) + first, ...others.map((part) => indent + part)];
}

/** A reason may name another line. */
function kindOf({ file, column = '', reason }: FileProblem): string {
  return [file, column, reason.replaceAll(/line \d+/gu, 'line')].join('/');
}

function linesOf([first, ...others]: readonly FileProblem[]): string[] {
  if (first === undefined) {
    return [];
  }
  const { file, line, column, reason } = first;
  const place = [file, line === undefined ? undefined : `line ${line}`, column].filter((part) => part !== undefined);
  const named = others
    .slice(0, FURTHER_LINES)
    .flatMap((problem) => (problem.line === undefined ? [] : [String(problem.line)]));
  const rest = others.length - named.length;
  const further = [...named, ...(rest === 0 ? [] : [`${number.format(rest)} more`])];
  return [
    `- ${place.join(', ')}: ${reason}`,
    ...(further.length === 0 ? [] : [`  The same in line${others.length === 1 ? '' : 's'} ${listed(further)}.`]),
  ];
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
