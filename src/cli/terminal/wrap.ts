import { wrapAnsi } from 'fast-wrap-ansi';

/** Prose is read with effort in lines that are longer. */
export const LONGEST_LINE = 100;

/**
 * Breaks the lines of a text that are wider than the terminal, between words, where the terminal itself would break
 * them anywhere. What follows is indented as far as what it belongs to. JSON stays as it is, because a break inside one
 * of its texts would be copied with it.
 *
 * @param columns - The width of the terminal; `undefined` without one.
 */
export function wrapped(text: string, columns: number | undefined): string {
  if (columns === undefined || /^[{[]/u.test(text)) {
    return text;
  }
  return text
    .split('\n')
    .map((line) => (line.length <= columns ? line : wrappedLine(line, columns)))
    .join('\n');
}

function wrappedLine(line: string, columns: number): string {
  const indent = indentOf(line, columns);
  const rest = line.slice(indent.length);
  const [first = '', ...others] = wrapAnsi(rest, Math.max(1, columns - indent.length)).split('\n');
  const next = indent.startsWith('# ') ? '# ' : ' '.repeat(indent.length);
  return [`${indent}${first}`, ...others.map((other) => `${next}${other}`)].join('\n');
}

/** What stays to the left: blanks, the mark of a comment or of a list, the first column of a row. */
function indentOf(line: string, columns: number): string {
  const [row = ''] = /^ *\S+(?: \S+){0,2} {2,}(?=\S)/u.exec(line) ?? [];
  const [mark = ''] = /^ *(?:[-#$] )?/u.exec(line) ?? [];
  return row !== '' && row.length <= columns / 2 ? row : mark;
}
