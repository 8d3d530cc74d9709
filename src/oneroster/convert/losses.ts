import type { DataFile } from '../../oneroster-files/index.js';

/**
 * What happened to data on the way to OneRoster.
 *
 * - `no_place`: Clever has it, and OneRoster has no column for it.
 * - `invented`: OneRoster requires it, and Clever does not have it.
 * - `left_out`: it could not be written, or was not asked for.
 * - `choice`: one of several possible values was written.
 */
export type LossKind = 'no_place' | 'invented' | 'left_out' | 'choice';

/** One kind of difference between the source and the export, and how often it occurred. */
export interface OneRosterLoss {
  readonly kind: LossKind;
  /** The member of Clever's records, such as `roles.student.graduation_year`, or what was done, as a phrase. */
  readonly what: string;
  /** The file that would have it, or has it, such as `users.csv`. */
  readonly file: string;
  /** The column that has it. Absent for a member without a column, and for whole rows. */
  readonly column?: string;
  /** In how many records or rows. */
  readonly count: number;
}

/** Counts losses. Knows paths, columns and numbers, and never a value or a person's id. */
export class Losses {
  readonly #found = new Map<string, { -readonly [Member in keyof OneRosterLoss]: OneRosterLoss[Member] }>();

  add(kind: LossKind, what: string, file: DataFile, column?: string, count = 1): void {
    const key = `${kind}/${what}/${file}/${column ?? ''}`;
    const found = this.#found.get(key);
    if (found === undefined) {
      this.#found.set(key, { kind, what, file: `${file}.csv`, ...(column === undefined ? {} : { column }), count });
    } else {
      found.count += count;
    }
  }

  list(): OneRosterLoss[] {
    return [...this.#found.values()].sort(
      (one, other) =>
        KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) ||
        one.file.localeCompare(other.file, 'en') ||
        one.what.localeCompare(other.what, 'en'),
    );
  }
}

const KINDS: readonly LossKind[] = ['left_out', 'invented', 'choice', 'no_place'];

const HEADINGS: Readonly<Record<LossKind, string>> = {
  left_out: 'Left out',
  invented: 'Invented, because OneRoster requires it',
  choice: 'Chosen among several',
  no_place: 'Without a place in OneRoster',
};

const number = new Intl.NumberFormat('en');

/**
 * Writes losses as text for people: a heading for each kind, and a line for each loss. It has no value of a record.
 *
 * @param losses - The `losses` of an export.
 * @returns Lines, each with its end; `''` for no losses.
 */
export function lossText(losses: readonly OneRosterLoss[]): string {
  return KINDS.flatMap((kind) => {
    const found = losses.filter((loss) => loss.kind === kind);
    return found.length === 0 ? [] : [`${HEADINGS[kind]}:`, ...found.map((loss) => `  ${lineOf(loss)}`)];
  })
    .map((line) => `${line}\n`)
    .join('');
}

function lineOf({ what, file, column, count }: OneRosterLoss): string {
  return `${number.format(count)}  ${what} (${file}${column === undefined ? '' : `, ${column}`})`;
}
