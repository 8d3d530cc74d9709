import { CURSOR_EXPIRED } from '../errors/catalogue/listings.js';
import { CleverConfigError, CleverCursorExpiredError } from '../errors/index.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** How long Clever keeps events. Source: dev.clever.com/docs/events-api. */
export const EVENT_RETENTION_MS = 30 * DAY_MS;

/** How long before the end of the retention a cursor is refused, unless the caller sets another margin. */
export const DEFAULT_RETENTION_MARGIN_MS = DAY_MS;

/**
 * Returns the time contained in an event's id: its first eight hex digits are Unix seconds (observed).
 *
 * @returns Unix milliseconds; `undefined` for anything but 24 hex digits.
 */
export function timeOfEventId(id: string): number | undefined {
  return /^[\da-f]{24}$/iu.test(id) ? Number.parseInt(id.slice(0, 8), 16) * 1_000 : undefined;
}

/**
 * Returns the smallest id that an event of this time can have: a position in the listing, whether or not
 * such an event exists.
 */
export function eventIdAt(timeMs: number): string {
  const seconds = Math.min(Math.max(Math.floor(timeMs / 1_000), 0), 0xff_ff_ff_ff);
  return seconds.toString(16).padStart(8, '0').padEnd(24, '0');
}

/**
 * Returns the event id in a cursor of an event listing, if it has one: the cursor of an empty first page does not.
 *
 * @param cursor - The `cursor` of a page: path and query.
 */
export function eventIdIn(cursor: string): string | undefined {
  const [, query] = cursor.split(/[?#]/u);
  return new URLSearchParams(query).get('starting_after') ?? undefined;
}

/**
 * Refuses an event id whose age cannot be computed.
 *
 * @throws {@link CleverConfigError} for anything but 24 hex digits. The id is not quoted.
 */
export function checkEventId(call: string, id: unknown): void {
  if (typeof id === 'string' && id.startsWith('/')) {
    throw new CleverConfigError(
      `${call}: \`after\` takes the id of an event. Pass the \`cursor\` of a page as \`from\`.`,
    );
  }
  if (typeof id !== 'string' || timeOfEventId(id) === undefined) {
    throw new CleverConfigError(
      `${call}: \`after\` must be the id of an event, 24 hex digits, as latestCursor() returns it.`,
    );
  }
}

/** The facts that decide whether a cursor has expired. */
export interface CursorAge {
  /** The cursor as the caller passed it. */
  readonly cursor: string;
  /** The event id in it. */
  readonly eventId: string;
  readonly nowMs: number;
  readonly marginMs: number;
  readonly pathTemplate: string;
}

/**
 * Refuses a cursor whose event Clever may already have deleted: Clever would accept it and silently skip
 * events (observed).
 *
 * @throws {@link CleverCursorExpiredError} when the event is older than the retention minus the margin.
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
