import Papa from 'papaparse';
import { ArchiveError } from '../archive/entry.js';

/** A row of a file. */
export interface CsvRow {
  /** The line in which it begins, counted from 1. */
  readonly line: number;
  /** Its cells; `undefined` when the quotes are wrong, so that it is not known where cells begin. */
  readonly cells: readonly string[] | undefined;
  /** Whether a cell has a line break. */
  readonly hasLineBreak: boolean;
}

/** What was noticed about a file as a whole, complete after the last row. */
export interface FileFacts {
  /** Whether it begins with a byte order mark of UTF-8. */
  hasMark: boolean;
  /** Whether it is in UTF-16, of which no row is read. */
  isUtf16: boolean;
  /** The first line that does not end in CR and LF. */
  firstOtherLineEnd: number | undefined;
}

/** The longest row, in characters: more text than this belongs to a quote that is never closed. */
const LONGEST_ROW = 65_536;

/** The longest line, in characters. What is longer has no line ends, and would fill the memory. */
const LONGEST_LINE = 1_000_000;

/**
 * Reads the rows of a file, many at a time, whatever its size. Line ends may be those of any system. Blank lines are
 * left out. A cell with bytes that are not in UTF-8 has `\u{fffd}` in their place.
 *
 * @throws {@link ArchiveError} for a line without an end.
 */
export async function* readRows(
  bytes: ReadableStream<Uint8Array>,
  facts: FileFacts,
): AsyncGenerator<readonly CsvRow[], void, undefined> {
  const lines = new Lines(facts);
  const rows = new Rows();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let isFirst = true;
  for await (const chunk of bytes) {
    if (chunk.length === 0) {
      continue;
    }
    if (isFirst) {
      isFirst = false;
      if (isUtf16(chunk)) {
        facts.isUtf16 = true;
        return;
      }
    }
    yield rows.take(lines.take(decoder.decode(chunk, { stream: true })));
  }
  yield rows.take(lines.end(decoder.decode()));
  yield rows.end();
}

function isUtf16(chunk: Uint8Array): boolean {
  const [first, second] = chunk;
  return (
    (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || chunk.subarray(0, 256).includes(0)
  );
}

/** Cuts a text that comes in pieces into lines. */
class Lines {
  readonly #facts: FileFacts;
  #rest = '';
  #isBeginning = true;
  #count = 0;

  constructor(facts: FileFacts) {
    this.#facts = facts;
  }

  /** The lines that are complete. */
  take(text: string): string[] {
    this.#rest += this.#withoutMark(text);
    // Whether a CR at the end is half of a line end shows in the next piece.
    const end = this.#rest.endsWith('\r') ? this.#rest.length - 1 : this.#rest.length;
    const { lines, rest } = this.#cut(this.#rest.slice(0, end));
    this.#rest = rest + this.#rest.slice(end);
    if (this.#rest.length > LONGEST_LINE) {
      throw new ArchiveError('has a line of more than a million characters, which no row of OneRoster has.', {
        isContent: true,
      });
    }
    return lines;
  }

  /** The lines that remain. */
  end(text: string): string[] {
    const { lines, rest } = this.#cut(this.#rest + this.#withoutMark(text));
    this.#rest = '';
    return rest === '' ? lines : [...lines, rest];
  }

  #withoutMark(text: string): string {
    if (!this.#isBeginning || text === '') {
      return text;
    }
    this.#isBeginning = false;
    this.#facts.hasMark = text.startsWith('\u{feff}');
    return this.#facts.hasMark ? text.slice(1) : text;
  }

  #cut(text: string): { lines: string[]; rest: string } {
    const lines = text.split(/\r\n|\n|\r/u);
    const rest = lines.pop() ?? '';
    if (this.#facts.firstOtherLineEnd === undefined && text.split('\r\n').length <= lines.length) {
      let at = -1;
      const other = lines.findIndex((line) => {
        at += line.length + 1;
        const isBoth = text.startsWith('\r\n', at);
        at += isBoth ? 1 : 0;
        return !isBoth;
      });
      this.#facts.firstOtherLineEnd = this.#count + other + 1;
    }
    this.#count += lines.length;
    return { lines, rest };
  }
}

/** Joins the lines of a row, because a quoted cell may have line breaks, and separates its cells. */
class Rows {
  #open: string[] = [];
  #length = 0;
  #line = 1;

  take(lines: readonly string[]): CsvRow[] {
    const rows: CsvRow[] = [];
    for (const line of lines) {
      this.#add(line, rows);
    }
    return rows;
  }

  end(): CsvRow[] {
    const rows: CsvRow[] = [];
    while (this.#open.length > 0) {
      this.#giveUp(rows);
    }
    return rows;
  }

  #add(line: string, rows: CsvRow[]): void {
    const isWhole = this.#open.length === 0 ? !hasOddQuotes(line) : hasOddQuotes(line);
    this.#open.push(line);
    this.#length += line.length + 1;
    if (isWhole) {
      const text = this.#open.join('\n');
      if (text.trim() !== '') {
        rows.push({ line: this.#line, cells: cellsOf(text), hasLineBreak: this.#open.length > 1 });
      }
      this.#line += this.#open.length;
      this.#reset();
    } else if (this.#length > LONGEST_ROW) {
      this.#giveUp(rows);
    }
  }

  /** Takes the first line for one whose quote is never closed, and reads those after it for themselves. */
  #giveUp(rows: CsvRow[]): void {
    const [, ...others] = this.#open;
    rows.push({ line: this.#line, cells: undefined, hasLineBreak: false });
    this.#line += 1;
    this.#reset();
    for (const line of others) {
      this.#add(line, rows);
    }
  }

  #reset(): void {
    this.#open = [];
    this.#length = 0;
  }
}

function hasOddQuotes(line: string): boolean {
  let isOdd = false;
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at + 1)) {
    isOdd = !isOdd;
  }
  return isOdd;
}

/** A row by RFC 4180: cells in quotes, with quotes doubled, or cells without any. */
const SOUND = /^(?:"(?:[^"]|"")*"|[^",]*)(?:,(?:"(?:[^"]|"")*"|[^",]*))*$/u;

function cellsOf(text: string): readonly string[] | undefined {
  if (!text.includes('"')) {
    return text.split(',');
  }
  return SOUND.test(text)
    ? Papa.parse<string[]>(text, { delimiter: ',', newline: '\n', header: false }).data[0]
    : undefined;
}
