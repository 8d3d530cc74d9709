import { Random } from '../../roster/random.js';

/**
 * Makes ids for new records of a district: in Clever's form, ascending, and greater than all generated
 * ones.
 */
export class RecordIds {
  readonly #machine: string;
  readonly #clock: () => number;
  #count = 0;

  constructor(district: string, clock: () => number) {
    this.#machine = new Random(0, 'record machine', district).hex(10);
    this.#clock = clock;
  }

  /** The number of ids that were made. */
  get count(): number {
    return this.#count;
  }

  /** Continues after the ids that another instance made. */
  skip(count: number): void {
    this.#count = count;
  }

  next(): string {
    this.#count += 1;
    const second = Math.floor(this.#clock() / 1_000)
      .toString(16)
      .padStart(8, '0');
    return `${second}${this.#machine}${this.#count.toString(16).padStart(6, '0')}`;
  }
}
