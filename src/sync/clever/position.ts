/*
 * Positions in a district's feed of events: the id of an event, or one that was made from a time.
 */

/** The Unix seconds in an event's id (observed: its first eight hex digits). */
export function secondsOf(eventId: string): number {
  return Number.parseInt(eventId.slice(0, 8), 16);
}

/** The position in the feed of a district that has no event, at a time: it only says how old it is. */
export function positionAt(timeMs: number): string {
  return Math.floor(timeMs / 1_000)
    .toString(16)
    .padStart(8, '0')
    .padEnd(24, '0');
}

/** Whether a position is no event's: there was none when it was made, so all that exist by now come after it. */
export function isBeforeAllEvents(position: string): boolean {
  return position.endsWith('0'.repeat(16));
}
