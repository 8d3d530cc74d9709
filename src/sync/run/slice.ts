import type { CleverSyncError } from '../../errors/sync.js';
import { hasCode } from '../../index.js';
import { NOTHING_WRITTEN, sumOf, type Written } from '../mirror/mirror.js';
import type { RunOptions } from './report.js';

/** Thrown at a safe place, where everything is stored and nothing is being written: the run ends as `unfinished`. */
class SliceEnded extends Error {
  override name = 'SliceEnded';
}

/**
 * What one call may do of a run: a run that is too long for it goes on in the next one.
 *
 * Time that is used up ends a slice only after something new was stored, so that the smallest budget brings a district
 * further each time. An aborted signal ends it at once, at the next safe place. A safe place is between two
 * transactions, never within one.
 */
export class Slice {
  readonly signal: AbortSignal | undefined;
  readonly #endsAt: number;
  #hasSaved = false;
  #written = NOTHING_WRITTEN;

  private constructor(signal: AbortSignal | undefined, endsAt: number) {
    this.signal = signal;
    this.#endsAt = endsAt;
  }

  /** The slice of a call. */
  static of({ signal, budgetMs = Number.POSITIVE_INFINITY }: RunOptions): Slice {
    return new Slice(signal, performance.now() + budgetMs);
  }

  /** The rest of the same call, for another run. */
  rest(): Slice {
    return new Slice(this.signal, this.#endsAt);
  }

  /** What the run has written in this slice, and committed. */
  get written(): Written {
    return this.#written;
  }

  get isAborted(): boolean {
    return this.signal?.aborted === true;
  }

  /** Whether no more is to be begun in this slice: it ends at the next safe place after something was stored. */
  get isUsedUp(): boolean {
    return this.isAborted || performance.now() >= this.#endsAt;
  }

  /** Notes what a committed transaction wrote. */
  wrote(written: Written): void {
    this.#written = sumOf(this.#written, written);
  }

  /** Notes that something new is stored, from which the next slice goes on. */
  saved(): void {
    this.#hasSaved = true;
  }

  /**
   * A safe place. Whatever comes next, the next slice repeats it.
   *
   * @throws {@link SliceEnded} when the slice is over.
   */
  endIfOver(): void {
    if (this.isAborted || (this.#hasSaved && this.isUsedUp)) {
      throw new SliceEnded();
    }
  }

  /**
   * A safe place of work that begins from its start in each slice, so that only the signal ends it.
   *
   * @throws {@link SliceEnded} when the signal is aborted.
   */
  endIfAborted(): void {
    if (this.isAborted) {
      throw new SliceEnded();
    }
  }

  /**
   * Whether an error is the end of the slice: at a safe place, or by the signal's own reason, with which a request to
   * Clever was aborted, or a hook that heeds the same signal.
   */
  isEndedBy(error: unknown): boolean {
    const cause = hasCode(error, 'sync_hook') ? (error as CleverSyncError).hookError : error;
    return error instanceof SliceEnded || (this.isAborted && cause === this.signal?.reason);
  }
}
