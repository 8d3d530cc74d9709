import { hideAccessors } from '../privacy/index.js';
import { CleverError } from './base.js';
import type { CatalogueEntry, MessageValues, ReasonEntry } from './catalogue/entry.js';
import type { PaginationFailureReason } from './codes.js';
import { messageOf } from './message.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** A listing could not be read to its end. The records delivered before are valid; `cursor` resumes the listing. */
export class CleverPaginationError extends CleverError<'pagination'> {
  override get name(): string {
    return 'CleverPaginationError';
  }

  /** Why the listing stopped. */
  readonly reason: PaginationFailureReason;
  /** The listing's path with placeholders. */
  readonly pathTemplate: string;

  constructor(
    entry: ReasonEntry<PaginationFailureReason>,
    { pathTemplate }: { readonly pathTemplate: string },
    values?: MessageValues,
  ) {
    super('pagination', `${pathTemplate}: ${messageOf(entry, values)}`, {}, entry.reason);
    this.reason = entry.reason;
    this.pathTemplate = pathTemplate;
  }
}

/** The facts about a cursor that is too old. */
export interface CursorExpiry {
  /** The cursor as the caller passed it. */
  readonly cursor: string;
  /** When the event that the cursor names was written. */
  readonly cursorCreatedAt: Date;
  /** The age from which cursors are refused, in milliseconds. */
  readonly maxAgeMs: number;
  /** The cursor's age, in milliseconds. */
  readonly ageMs: number;
  /** The listing's path with placeholders. */
  readonly pathTemplate: string;
}

/**
 * An event cursor is older than the events that Clever keeps. Thrown before anything is sent, because
 * Clever does not report it: it answers 200 with the oldest events that it still has, and the events in
 * between are lost (observed).
 *
 * To recover, do a full sync: store `district.events.latestCursor()`, read the roster, then continue from
 * the stored cursor.
 *
 * Source: dev.clever.com/docs/events-api.
 */
export class CleverCursorExpiredError extends CleverError<'cursor_expired'> {
  override get name(): string {
    return 'CleverCursorExpiredError';
  }

  /** When the event that the cursor names was written. */
  readonly cursorCreatedAt: Date;
  /** The age from which cursors are refused, in milliseconds: Clever's retention minus the safety margin. */
  readonly maxAgeMs: number;
  /** The listing's path with placeholders. */
  readonly pathTemplate: string;
  readonly #cursor: string;

  static {
    hideAccessors(CleverCursorExpiredError.prototype, Error, ['cursor']);
  }

  constructor(entry: CatalogueEntry, { cursor, cursorCreatedAt, maxAgeMs, ageMs, pathTemplate }: CursorExpiry) {
    const days = Math.floor(ageMs / DAY_MS);
    super('cursor_expired', `${pathTemplate}: ${messageOf(entry, { days })}`);
    this.cursorCreatedAt = cursorCreatedAt;
    this.maxAgeMs = maxAgeMs;
    this.pathTemplate = pathTemplate;
    this.#cursor = cursor;
  }

  /** The refused cursor, from which nothing can be resumed. Not enumerable, because it identifies an event. */
  override get cursor(): string {
    return this.#cursor;
  }
}
