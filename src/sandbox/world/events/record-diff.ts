import { type AnyRecord, KINDS, type Kind, type SectionRecord, type UserRecord } from '../../roster/records.js';
import { schoolsOf } from '../../roster/roles.js';
import { membersBefore } from './difference.js';
import type { EventAction, RosterEvent } from './event-log.js';
import { MODIFIED } from './stamps.js';

/** A record that somebody wants in place of what is there. */
export interface Write {
  readonly kind: Kind;
  readonly id: string;
  /** `undefined`: none. */
  readonly record: AnyRecord | undefined;
}

/** What a write comes to: what an event tells. */
export type RecordDiff = Omit<RosterEvent, 'id' | 'createdAtSeconds'>;

/** Compares what is there with what is wanted; `undefined` when there is no difference, but for the time of the last change. */
export function changeOf(before: AnyRecord | undefined, { kind, record: after }: Write): RecordDiff | undefined {
  if (before === undefined) {
    return after === undefined ? undefined : tell('created', kind, after, [after]);
  }
  if (after === undefined) {
    return tell('deleted', kind, before, [before]);
  }
  const previous = membersBefore(before, after, MODIFIED[kind]);
  return previous === undefined ? undefined : { ...tell('updated', kind, after, [before, after]), previous };
}

/**
 * In the order in which one sync tells of its changes, so that no event names a record that is not there (inferred): what is new
 * and what has changed, from schools to sections; then what is gone, the other way round.
 */
export function inOrderOfSync(changes: readonly RecordDiff[]): RecordDiff[] {
  const byPlace = new Map<number, RecordDiff[]>();
  for (const change of changes) {
    const place = placeOf(change);
    const there = byPlace.get(place);
    if (there === undefined) {
      byPlace.set(place, [change]);
    } else {
      there.push(change);
    }
  }
  return [...byPlace].sort(([left], [right]) => left - right).flatMap(([, there]) => there);
}

const ACTIONS: readonly EventAction[] = ['created', 'updated', 'deleted'];

function placeOf({ kind, action, object }: RecordDiff): number {
  // Contacts name students, so they come after them.
  const isContact = kind === 'users' && (object as UserRecord).roles.contact !== undefined;
  const place = KINDS.indexOf(kind) + (isContact ? 0.5 : 0);
  return ACTIONS.indexOf(action) * KINDS.length + (action === 'deleted' ? KINDS.length - place : place);
}

function tell(action: EventAction, kind: Kind, object: AnyRecord, sides: readonly AnyRecord[]): RecordDiff {
  const schools = sides.flatMap((record) => schoolsOfRecord(kind, record));
  return { kind, action, object, previous: undefined, schools };
}

/** Inferred: the `school` filter of events takes a school itself, its sections and its people. */
function schoolsOfRecord(kind: Kind, record: AnyRecord): string[] {
  switch (kind) {
    case 'schools':
      return [record.id];
    case 'sections':
      return [(record as SectionRecord).school ?? ''];
    case 'users':
      return schoolsOf(record as UserRecord);
    default:
      return [];
  }
}
