import { removeWhole } from '../../session/atomic-file.js';
import { type Checkpoint, saveCheckpoint } from './checkpoint.js';
import type { Target } from './target.js';

/**
 * The shortest time between two checkpoints, because each waits for the disk. After a crash, at most that much is read
 * again.
 */
const INTERVAL_MS = 500;

/** Writes text and records how much was written, so that a checkpoint never counts more than that. */
export class Journal {
  readonly #target: Target;
  readonly #file: string | undefined;
  readonly #now: () => number;
  #reached: Checkpoint;
  #savedAt = Number.NEGATIVE_INFINITY;
  #isSaved = true;

  /** @param file - The checkpoint's file; `undefined` to write no checkpoints. */
  constructor(target: Target, file: string | undefined, reached: Checkpoint, now: () => number) {
    this.#target = target;
    this.#file = file;
    this.#reached = reached;
    this.#now = now;
  }

  /** The position after the last text that was written. */
  get reached(): Checkpoint {
    return this.#reached;
  }

  /** Writes the text, and records the position after it. */
  async write(text: string, progress: Partial<Omit<Checkpoint, 'bytes'>> = {}): Promise<void> {
    await this.#target.write(text);
    this.#reached = { ...this.#reached, ...progress, bytes: this.#reached.bytes + Buffer.byteLength(text) };
    this.#isSaved = false;
    if (!this.#target.isRepeatable || this.#now() - this.#savedAt >= INTERVAL_MS) {
      await this.save();
    }
  }

  /** Writes a checkpoint if something was written since the last one. */
  async save(): Promise<void> {
    if (this.#file !== undefined && !this.#isSaved) {
      // In this order: a checkpoint must not count what a crash can still lose.
      await this.#target.sync();
      await saveCheckpoint(this.#file, this.#reached);
      this.#savedAt = this.#now();
      this.#isSaved = true;
    }
  }

  /** Call it when everything was written: gives the target its name and removes the checkpoint. */
  async finish(): Promise<void> {
    await this.save();
    await this.#target.finish();
    if (this.#file !== undefined) {
      await removeWhole(this.#file);
    }
  }
}
