import type { ClientEvent } from '../../../index.js';
import { type MovingLine, movingLine } from '../../terminal/moving-line.js';
import { type Waiting, waitingOf, waitingText } from '../../terminal/waiting.js';
import { type ProgressState, progressLine } from './progress-line.js';

/** Shows how far a pull has come, and what it is waiting for. */
export interface Progress {
  /** Whether it is visible. */
  readonly isShown: boolean;
  /** Called with each event of the client. */
  observe(event: ClientEvent): void;
  /** The first record is about to be read. */
  begin(known: Pick<ProgressState, 'total' | 'records'>): void;
  /** @param records - How many were written, those of an interrupted run included. */
  update(records: number): void;
  /** Leaves the terminal clean. */
  stop(): void;
}

const SILENT: Progress = {
  isShown: false,
  observe: () => undefined,
  begin: () => undefined,
  update: () => undefined,
  stop: () => undefined,
};

/** A line that is drawn again and again on a terminal; nothing where there is no terminal. */
export function startProgress(
  stream: NodeJS.WriteStream | undefined,
  { label, now }: { label: string; now: () => number },
): Progress {
  return stream === undefined ? SILENT : new ShownProgress({ ...movingLine(stream), label, now });
}

interface Surroundings extends MovingLine {
  readonly label: string;
  now(): number;
}

/** Near the end of a budget each request waits: too short to count down, and too long to say nothing. */
const [STEP_MS, SLOWED_MS] = [200, 2_000];

class ShownProgress implements Progress {
  readonly isShown = true;
  readonly #in: Surroundings;
  #total: number | undefined;
  #records = 0;
  #before = 0;
  #startedAt: number;
  #waiting: (Waiting & { readonly until: number }) | undefined;
  #slowedUntil = 0;
  #clock: NodeJS.Timeout | undefined;

  constructor(surroundings: Surroundings) {
    this.#in = surroundings;
    this.#startedAt = surroundings.now();
  }

  observe(event: ClientEvent): void {
    const waiting = waitingOf(event);
    if (event.kind === 'wait' && event.delayMs >= STEP_MS) {
      this.#slowedUntil = this.#in.now() + event.delayMs + SLOWED_MS;
    }
    if (waiting !== undefined) {
      this.#waiting = { ...waiting, until: this.#in.now() + waiting.delayMs };
      // Nothing else happens meanwhile: the seconds show that the command is alive.
      this.#clock ??= setInterval(() => this.#draw(), 1_000).unref();
      this.#draw();
    } else if (event.kind === 'request' && this.#waiting !== undefined) {
      this.#endWaiting();
      this.#draw();
    }
  }

  begin({ total, records }: Pick<ProgressState, 'total' | 'records'>): void {
    this.#total = total;
    this.#before = records;
    this.#startedAt = this.#in.now();
    this.update(records);
  }

  update(records: number): void {
    this.#records = records;
    this.#draw();
  }

  stop(): void {
    this.#endWaiting();
    this.#in.clear();
  }

  #endWaiting(): void {
    clearInterval(this.#clock);
    this.#clock = undefined;
    this.#waiting = undefined;
  }

  #draw(): void {
    const now = this.#in.now();
    this.#in.draw(
      progressLine({
        label: this.#in.label,
        records: this.#records,
        total: this.#total,
        read: this.#records - this.#before,
        elapsedMs: now - this.#startedAt,
        columns: this.#in.columns(),
        note: this.#note(now),
      }),
    );
  }

  #note(now: number): string | undefined {
    if (this.#waiting !== undefined) {
      return waitingText({ ...this.#waiting, delayMs: this.#waiting.until - now });
    }
    return now < this.#slowedUntil ? "slowed by Clever's rate limit" : undefined;
  }
}
