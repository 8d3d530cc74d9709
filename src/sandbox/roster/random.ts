/** FNV-1a: hashes any text to 32 well-distributed bits. */
function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    bits = Math.imul(bits ^ text.charCodeAt(index), 0x01000193);
  }
  return bits >>> 0;
}

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/**
 * A reproducible random number generator: the same seed and label produce the same numbers on every
 * machine.
 *
 * Each record has its own label, so a record does not depend on how many were made before it.
 */
export class Random {
  #state: number;

  /** @param label - What is being generated, for example `'student', 17`. */
  constructor(seed: number, ...label: readonly (string | number)[]) {
    let text = String(seed);
    for (const part of label) {
      text += `/${part}`;
    }
    this.#state = hash(text);
  }

  /** Returns a number from 0 up to, but not including, 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Returns a whole number from 0 up to, but not including, `below`. */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }

  /** Returns one of the items. */
  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0];
  }

  /** Returns `true` with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Returns lower-case hexadecimal digits. */
  hex(length: number): string {
    return Array.from({ length }, () => this.below(16).toString(16)).join('');
  }

  /** Returns decimal digits, the first of them not zero. */
  digits(length: number): string {
    let digits = '';
    for (let index = 0; index < length; index += 1) {
      digits += DIGITS[index === 0 ? 1 + this.below(9) : this.below(10)];
    }
    return digits;
  }
}
