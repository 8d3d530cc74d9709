import { CleverError } from './base.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** What is known of a cursor that is too old. */
export interface CursorExpiry {
  /** The cursor as it was given. */
  readonly cursor: string;
  /** When the event that the cursor names was written. */
  readonly cursorCreatedAt: Date;
  /** The age from which cursors are refused, in milliseconds. */
  readonly maxAgeMs: number;
  /** The cursor's age, in milliseconds. */
  readonly ageMs: number;
  /** The path with placeholders of the listing. */
  readonly pathTemplate: string;
}

/**
 * An event cursor is older than Clever keeps events. Thrown before anything is sent, because Clever would not say so: it
 * answers 200 with the oldest events that it still has, and those in between are lost (observed).
 *
 * The way out is a full sync: store `district.events.latestCursor()`, read the roster, go on from the stored cursor.
 *
 * Source: dev.clever.com/docs/events-api.
 */
export class CleverCursorExpiredError extends CleverError<'cursor_expired'> {
  override get name(): string {
    return 'CleverCursorExpiredError';
  }

  /** When the event that the cursor names was written. */
  readonly cursorCreatedAt: Date;
  /** The age from which cursors are refused, in milliseconds: Clever's retention less the safety margin. */
  readonly maxAgeMs: number;
  /** The path with placeholders of the listing. */
  readonly pathTemplate: string;
  readonly #cursor: string;

  constructor({ cursor, cursorCreatedAt, maxAgeMs, ageMs, pathTemplate }: CursorExpiry) {
    super(
      'cursor_expired',
      `${pathTemplate}: the cursor is ${Math.floor(ageMs / DAY_MS)} days old, and Clever keeps events for 30 days. ` +
        'Events behind it may be lost, and Clever would not say so; nothing was sent. Do a full sync: store ' +
        'district.events.latestCursor(), read the roster, then go on with `after` and the stored cursor.',
    );
    this.cursorCreatedAt = cursorCreatedAt;
    this.maxAgeMs = maxAgeMs;
    this.pathTemplate = pathTemplate;
    this.#cursor = cursor;
  }

  /** The cursor that was refused: nothing can be resumed from it. Not enumerable, because it names an event. */
  override get cursor(): string {
    return this.#cursor;
  }
}
