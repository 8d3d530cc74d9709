import { styleText } from 'node:util';
import { wrapAnsi } from 'fast-wrap-ansi';
import type { Terminal } from '../../terminal/io.js';
import { visible, visibleJson } from '../../terminal/visible.js';
import { LONGEST_LINE, wrapped } from '../../terminal/wrap.js';
import type { Verdict } from './check.js';
import type { Examined } from './examine.js';

type Paint = (style: 'green' | 'yellow' | 'red' | 'dim' | 'bold', text: string) => string;

const MARKS = {
  ok: ['✔', 'green'],
  warning: ['!', 'yellow'],
  failed: ['✖', 'red'],
  skipped: ['-', 'dim'],
} as const satisfies Record<Verdict, readonly [mark: string, style: Parameters<Paint>[0]]>;

/** Returns the worst of the verdicts, not counting `skipped`. */
export function worst(examined: readonly Examined[]): Exclude<Verdict, 'skipped'> {
  const verdicts = new Set(examined.map(({ verdict }) => verdict));
  return verdicts.has('failed') ? 'failed' : verdicts.has('warning') ? 'warning' : 'ok';
}

/** Writes the findings for people. What they quote from Clever's answers is {@link visible}. */
export function report(
  examined: readonly Examined[],
  { hasColor, columns }: Pick<Terminal, 'hasColor' | 'columns'>,
): string {
  const paint: Paint = (style, text) => (hasColor ? styleText(style, text, { validateStream: false }) : text);
  const titleWidth = Math.max(...examined.map(({ title }) => title.length));
  const isNarrow = columns !== undefined && columns < NARROW;
  // Beside the titles, a narrow terminal has no room for texts.
  const indent = ' '.repeat(isNarrow ? 2 : titleWidth + 4);
  const textWidth = Math.min(LONGEST_LINE, (columns ?? Number.POSITIVE_INFINITY) - indent.length);
  const lined = (text: string): string[] => wrapAnsi(visible(text), textWidth).split('\n');
  const blocks = examined.map(({ title, verdict, seen, cause, whatToDo, whomToAsk, lines = [] }) => {
    const [mark, style] = MARKS[verdict];
    const below = [
      ...lines,
      ...(cause === undefined ? [] : [cause]),
      ...(whatToDo === undefined ? [] : [`→ ${whatToDo}`]),
      ...(whomToAsk === undefined ? [] : [`Ask: ${whomToAsk}`]),
    ];
    const head = `${paint(style, mark)} ${paint('bold', isNarrow ? title : title.padEnd(titleWidth))}`;
    const [beside = '', ...others] = lined(seen).map((line) => (verdict === 'skipped' ? paint('dim', line) : line));
    return [
      isNarrow ? `${head}\n${indent}${beside}` : `${head}  ${beside}`,
      ...[...others, ...below.flatMap(lined)].map((line) => `${indent}${line}`),
    ].join('\n');
  });
  return `${[...blocks, '', wrapped(summary(examined), columns)].join('\n')}\n`;
}

/** Below this width, texts are under their title. */
const NARROW = 70;

/** Writes the findings for programs. */
export function reportJson(examined: readonly Examined[]): string {
  const checks = examined.map(({ lines: _, ...check }) => check);
  return `${visibleJson({ verdict: worst(examined), checks }, 2)}\n`;
}

function summary(examined: readonly Examined[]): string {
  const titles = (verdict: Verdict): string[] =>
    examined.filter((one) => one.verdict === verdict).map(({ title }) => title);
  const [failed, warned] = [titles('failed'), titles('warning')];
  return [
    failed.length === 0 ? 'Nothing is wrong.' : `Wrong: ${failed.join(', ')}.`,
    ...(warned.length === 0 ? [] : [`Worth a look: ${warned.join(', ')}.`]),
  ].join(' ');
}
