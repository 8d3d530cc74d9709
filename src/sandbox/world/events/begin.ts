import { type GivenEvent, readEventType } from '../../roster/recordings/answers.js';
import type { AnyRecord } from '../../roster/records.js';
import type { RosterEvent } from './event-log.js';
import { schoolsOfRecord } from './record-diff.js';

/** How long ago the newest event happened: before anything that happens in the sandbox. */
const NEWEST_SECONDS_AGO = 60;
const EVENT_ID = /^[0-9a-f]{24}$/u;

/**
 * The events that a district's feed begins with. They keep their distances, and the newest has just happened: Clever
 * keeps events for 30 days, and those of a recording are soon older.
 */
export function beginningEvents(events: readonly GivenEvent[], nowSeconds: number): RosterEvent[] {
  const known = events.filter(({ id }) => EVENT_ID.test(id));
  const newest = Math.max(0, ...known.map(({ id }) => secondsOf(id)));
  const shift = nowSeconds - NEWEST_SECONDS_AGO - newest;
  return known.flatMap(({ id, type, data: { object, previous_attributes: previous } }) => {
    const read = readEventType(type);
    const createdAtSeconds = secondsOf(id) + shift;
    return read === undefined || createdAtSeconds < 0
      ? []
      : [
          {
            ...read,
            id: createdAtSeconds.toString(16).padStart(8, '0') + id.slice(8),
            createdAtSeconds,
            object: object as AnyRecord,
            previous,
            schools: schoolsOfRecord(read.kind, object as AnyRecord),
          },
        ];
  });
}

function secondsOf(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16);
}
