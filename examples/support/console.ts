/**
 * How the examples talk to a person: a line that updates itself on a terminal (plain lines elsewhere), a heading, a table.
 */

const isTerminal = process.stdout.isTTY === true && process.env['CI'] === undefined;

/** A heading with a rule under it. */
export function heading(text: string): void {
  console.log(`\n${text}\n${'─'.repeat(text.length)}`);
}

/** Progress that overwrites itself on a terminal, and elsewhere says something at the start and at the end only. */
export class Progress {
  readonly #label: string;
  readonly #startedAt = performance.now();

  constructor(label: string) {
    this.#label = label;
    if (!isTerminal) {
      console.log(`${label} …`);
    }
  }

  /** Shows how far it got. */
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

/** A small table; numbers are set flush right. */
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

/** `1234567` as `1,234,567`. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** Milliseconds as seconds with one decimal. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
