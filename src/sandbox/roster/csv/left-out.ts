import type { CsvFile } from './columns.js';

/**
 * The ids whose rows were left out for a reason that was reported. What refers to such an id is left out as well, and
 * not reported: it is right again when the first problem is solved.
 */
export class LeftOut {
  readonly #ids = new Map<CsvFile, Set<string>>();

  add(file: CsvFile, ids: readonly string[]): void {
    const known = this.#ids.get(file) ?? new Set();
    this.#ids.set(file, known);
    for (const id of ids) {
      known.add(id);
    }
  }

  has(file: CsvFile, id: string): boolean {
    return this.#ids.get(file)?.has(id) ?? false;
  }
}
