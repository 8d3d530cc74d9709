import { CURSOR_EXPIRED } from '../errors/catalogue/listings.js';
import { CleverConfigError, CleverCursorExpiredError } from '../errors/index.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** How long Clever keeps events. Source: dev.clever.com/docs/events-api. */
export const EVENT_RETENTION_MS = 30 * DAY_MS;

/** How much earlier than that a cursor is refused, unless the caller says otherwise. */
export const DEFAULT_RETENTION_MARGIN_MS = DAY_MS;

/**
 * The time that an event's id holds: its first eight hex digits count Unix seconds (observed).
 *
 * @returns Unix milliseconds; `undefined` for anything but 24 hex digits.
 */
export function timeOfEventId(id: string): number | undefined {
  return /^[\da-f]{24}$/iu.test(id) ? Number.parseInt(id.slice(0, 8), 16) * 1_000 : undefined;
}

/** The smallest id that an event of a time can have: a position between events, where none need exist. */
export function eventIdAt(timeMs: number): string {
  const seconds = Math.min(Math.max(Math.floor(timeMs / 1_000), 0), 0xff_ff_ff_ff);
  return seconds.toString(16).padStart(8, '0').padEnd(24, '0');
}

/**
 * The event id in a cursor of an event listing, as far as it holds one: the cursor of an empty first page does not.
 *
 * @param cursor - The `cursor` of a page: path and query.
 */
export function eventIdIn(cursor: string): string | undefined {
  const mark = cursor.indexOf('?');
  return (mark === -1 ? undefined : new URLSearchParams(cursor.slice(mark)).get('starting_after')) ?? undefined;
}

/**
 * Refuses an event id that does not show its age.
 *
 * @throws {@link CleverConfigError} for anything but 24 hex digits. The id is not quoted.
 */
export function checkEventId(call: string, id: unknown): void {
  if (typeof id === 'string' && id.startsWith('/')) {
    throw new CleverConfigError(
      `${call}: \`after\` takes the id of an event. The \`cursor\` of a page goes into \`from\`.`,
    );
  }
  if (typeof id !== 'string' || timeOfEventId(id) === undefined) {
    throw new CleverConfigError(
      `${call}: \`after\` must be the id of an event, 24 hex digits, as latestCursor() gives it.`,
    );
  }
}

/** What decides whether a cursor has expired. */
export interface CursorAge {
  /** The cursor as the caller gave it. */
  readonly cursor: string;
  /** The event id in it. */
  readonly eventId: string;
  readonly nowMs: number;
  readonly marginMs: number;
  readonly pathTemplate: string;
}

/**
 * Refuses a cursor whose event Clever may have dropped by now: it would be accepted, and the events since
 * then silently skipped (observed).
 *
 * @throws {@link CleverCursorExpiredError} when the event is older than the retention less the margin.
 */
export function checkCursorAge({ cursor, eventId, nowMs, marginMs, pathTemplate }: CursorAge): void {
  const writtenAtMs = timeOfEventId(eventId);
  const maxAgeMs = Math.max(EVENT_RETENTION_MS - marginMs, 0);
  if (writtenAtMs === undefined || nowMs - writtenAtMs <= maxAgeMs) {
    return;
  }
  const cursorCreatedAt = new Date(writtenAtMs);
  const ageMs = nowMs - writtenAtMs;
  throw new CleverCursorExpiredError(CURSOR_EXPIRED, { cursor, cursorCreatedAt, ageMs, maxAgeMs, pathTemplate });
}
