import { defineInspect } from '../../../privacy/index.js';
import { KINDS, type Kind } from '../../roster/records.js';
import type { EventAction } from '../events/event-log.js';
import type { ChangedRecords, DistrictChange } from './district-changes.js';
import type { ChangeWithEvent } from './shared-roster.js';

/** Returns what the developer sees of changes. Printing it shows no ids of people. */
export function presentChanges(changes: readonly ChangeWithEvent[]): DistrictChange {
  const eventIds = changes.flatMap(({ eventId }) => eventId ?? []);
  const [created, updated, deleted] = (['created', 'updated', 'deleted'] as const).map((action) =>
    idsOf(changes, action),
  );
  return showCounted({ created, updated, deleted, eventIds } as DistrictChange);
}

/** Prints numbers in place of the ids. */
export function showCounted<Change extends DistrictChange>(change: Change): Change {
  return Object.freeze(
    defineInspect(change, ({ created, updated, deleted, eventIds }) => ({
      created: count(created),
      updated: count(updated),
      deleted: count(deleted),
      events: eventIds.length,
    })),
  );
}

function idsOf(changes: readonly ChangeWithEvent[], action: EventAction): ChangedRecords {
  const ids = Object.fromEntries(KINDS.map((kind): [Kind, string[]] => [kind, []])) as Record<Kind, string[]>;
  for (const change of changes.filter((one) => one.action === action)) {
    ids[change.kind].push(change.object.id);
  }
  return Object.freeze(defineInspect(ids, count));
}

function count(ids: ChangedRecords): Partial<Record<Kind, number>> {
  return Object.fromEntries(KINDS.flatMap((kind) => (ids[kind].length === 0 ? [] : [[kind, ids[kind].length]])));
}
