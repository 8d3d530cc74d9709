import { createHmac, createSecretKey, randomBytes } from 'node:crypto';

/** Bytes of one HMAC-SHA-256. */
const BLOCK_BYTES = 32;
/** Bytes of one draw: 32 bits, so that the remainder of a division favours no number noticeably. */
const DRAW_BYTES = 4;

/** A sequence of random numbers that only the key can repeat. */
export class Draws {
  readonly #blockAt: (index: number) => Buffer;
  #block: Buffer | undefined;
  #blocks = 0;
  #offset = 0;

  constructor(blockAt: (index: number) => Buffer) {
    this.#blockAt = blockAt;
  }

  /** The next whole number from 0 to below `limit`. */
  below(limit: number): number {
    if (this.#block === undefined || this.#offset + DRAW_BYTES > BLOCK_BYTES) {
      this.#block = this.#blockAt(this.#blocks);
      this.#blocks += 1;
      this.#offset = 0;
    }
    const drawn = this.#block.readUIntBE(this.#offset, DRAW_BYTES);
    this.#offset += DRAW_BYTES;
    return drawn % limit;
  }

  /** The next whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  /** An item of a list, which must have one. */
  pick<Item>(items: readonly Item[] | string): Item {
    return items[this.below(items.length)] as Item;
  }

  /** The next `length` hex digits. */
  hex(length: number): string {
    return Array.from({ length }, () => this.below(16).toString(16)).join('');
  }

  /** A copy of a list in random order. */
  shuffled<Item>(items: readonly Item[]): Item[] {
    const copy = [...items];
    for (let last = copy.length - 1; last > 0; last -= 1) {
      const other = this.below(last + 1);
      [copy[last], copy[other]] = [copy[other] as Item, copy[last] as Item];
    }
    return copy;
  }
}

/** The secret of one recording. It is random, in memory only, and cannot be read. */
export class RecordingKey {
  readonly #key = createSecretKey(randomBytes(BLOCK_BYTES));

  /** The numbers for one purpose: the same labels give the same numbers. */
  draws(...labels: readonly (string | number)[]): Draws {
    return new Draws((index) =>
      createHmac('sha256', this.#key)
        .update(JSON.stringify([...labels, index]))
        .digest(),
    );
  }
}
