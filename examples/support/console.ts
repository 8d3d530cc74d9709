/**
 * The console output of the examples: a line that updates itself on a terminal (plain lines elsewhere), a
 * heading, a table.
 */

const isTerminal = process.stdout.isTTY === true && process.env['CI'] === undefined;

/** Prints a heading with a rule under it. */
export function heading(text: string): void {
  console.log(`\n${text}\n${'─'.repeat(text.length)}`);
}

/**
 * Progress that overwrites itself on a terminal. Elsewhere it prints a line only at the start and at the
 * end.
 */
export class Progress {
  readonly #label: string;
  readonly #startedAt = performance.now();

  constructor(label: string) {
    this.#label = label;
    if (!isTerminal) {
      console.log(`${label} …`);
    }
  }

  /** Shows the progress so far. */
  update(text: string): void {
    if (isTerminal) {
      process.stdout.write(`\r\u001b[2K${this.#label}: ${text}`);
    }
  }

  /** Ends the line. */
  done(text: string): void {
    const line = `${this.#label}: ${text} (${seconds(performance.now() - this.#startedAt)})`;
    console.log(isTerminal ? `\r\u001b[2K${line}` : line);
  }
}

/** Prints a small table; numbers are right-aligned. */
export function table(headings: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const lines = [headings, ...rows].map((row) => row.map(String));
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => [...(line[column] ?? '')].length)));
  const isNumeric = headings.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'),
  );
  const render = (line: readonly string[]): string =>
    line
      .map((cell, column) => {
        const gap = ' '.repeat((widths[column] ?? 0) - [...cell].length);
        return isNumeric[column] === true ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = lines;
  console.log(`  ${render(head)}`);
  console.log(`  ${widths.map((width) => '─'.repeat(width)).join('  ')}`);
  for (const line of body) {
    console.log(`  ${render(line)}`);
  }
}

/** Formats `1234567` as `1,234,567`. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** Formats milliseconds as seconds with one decimal. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
