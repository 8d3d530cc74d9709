import { type AnyRecord, KINDS, type Kind, type SectionRecord, type UserRecord } from '../../roster/records.js';
import { schoolsOf } from '../../roster/roles.js';
import { membersBefore } from './difference.js';
import type { EventAction, RosterEvent } from './event-log.js';
import { MODIFIED } from './stamps.js';

/** A record to write, in place of the one with its id. */
export interface Write {
  readonly kind: Kind;
  readonly id: string;
  /** `undefined` removes the record. */
  readonly record: AnyRecord | undefined;
}

/** The difference that a write makes: the content of an event. */
export type RecordDiff = Omit<RosterEvent, 'id' | 'createdAtSeconds'>;

/**
 * Compares a record with the one that replaces it; returns `undefined` when only the time of the last
 * change differs.
 */
export function changeOf(before: AnyRecord | undefined, { kind, record: after }: Write): RecordDiff | undefined {
  if (before === undefined) {
    return after === undefined ? undefined : diff('created', kind, after, [after]);
  }
  if (after === undefined) {
    return diff('deleted', kind, before, [before]);
  }
  const previous = membersBefore(before, after, MODIFIED[kind]);
  return previous === undefined ? undefined : { ...diff('updated', kind, after, [before, after]), previous };
}

/**
 * Sorts changes as one sync reports them, so that no event refers to a missing record (inferred): new and
 * changed records from schools to sections, then deleted ones in the opposite direction.
 */
export function inOrderOfSync(changes: readonly RecordDiff[]): RecordDiff[] {
  const byPlace = new Map<number, RecordDiff[]>();
  for (const change of changes) {
    const place = placeOf(change);
    const group = byPlace.get(place);
    if (group === undefined) {
      byPlace.set(place, [change]);
    } else {
      group.push(change);
    }
  }
  return [...byPlace].sort(([left], [right]) => left - right).flatMap(([, group]) => group);
}

const ACTIONS: readonly EventAction[] = ['created', 'updated', 'deleted'];

function placeOf({ kind, action, object }: RecordDiff): number {
  // Contacts refer to students, so they follow them.
  const isContact = kind === 'users' && (object as UserRecord).roles.contact !== undefined;
  const place = KINDS.indexOf(kind) + (isContact ? 0.5 : 0);
  return ACTIONS.indexOf(action) * KINDS.length + (action === 'deleted' ? KINDS.length - place : place);
}

function diff(action: EventAction, kind: Kind, object: AnyRecord, sides: readonly AnyRecord[]): RecordDiff {
  const schools = sides.flatMap((record) => schoolsOfRecord(kind, record));
  return { kind, action, object, previous: undefined, schools };
}

/** Inferred: the `school` filter of events matches a school itself, its sections and its people. */
export function schoolsOfRecord(kind: Kind, record: AnyRecord): string[] {
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
