import { sortedIds } from './ordered.js';

const NONE: readonly string[] = [];

/** From one id to many, ascending. Filled first, read afterwards. */
export class Multimap {
  readonly #lists = new Map<string, string[]>();
  #isSorted = true;

  add(from: string | undefined, to: string | undefined): void {
    if (from === undefined || to === undefined) {
      return;
    }
    const list = this.#lists.get(from);
    if (list === undefined) {
      this.#lists.set(from, [to]);
    } else {
      list.push(to);
    }
    this.#isSorted = false;
  }

  get(from: string): readonly string[] {
    if (!this.#isSorted) {
      for (const [key, list] of this.#lists) {
        this.#lists.set(key, sortedIds(list));
      }
      this.#isSorted = true;
    }
    return this.#lists.get(from) ?? NONE;
  }
}
