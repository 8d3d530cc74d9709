import type { AnyRecord, Kind, RecordOf, SectionRecord } from '../../roster/records.js';
import type { RosterStore } from '../../roster/store/store.js';
import type { EventLog } from '../events/event-log.js';
import { changeOf, inOrderOfSync, type RecordDiff, type Write } from '../events/record-diff.js';
import type { SavedDistrict } from '../state/state-schema.js';
import { relatedIds } from './everything.js';
import { SharedView } from './sharing.js';

/** The sync that is paused: from the district to Clever, or from Clever to the app. */
export type PausedSync = 'sis' | 'app';

/** A change and the id of its event; `undefined` if no event was written. */
export type ChangeWithEvent = RecordDiff & { readonly eventId: string | undefined };

type Key = Pick<Write, 'kind' | 'id'>;

/**
 * The roster that a district has, and the one that an app sees. Both are the same object until a sync is
 * paused or a school is not shared. After that, changes go to the district's roster first, and to the app's
 * roster once the app may see them.
 */
export class SharedRoster {
  /** What the app sees. */
  readonly shared: RosterStore;
  readonly #makeStore: () => RosterStore;
  readonly #events: EventLog;
  readonly #paused = new Set<PausedSync>();
  readonly #unshared = new Set<string>();
  /** The records that may differ between the two because a pause holds them back. */
  readonly #waiting = new Map<string, Key>();
  #own: RosterStore;

  /** @param makeStore - Returns a new store with the initial roster. */
  constructor(makeStore: () => RosterStore, events: EventLog) {
    this.#makeStore = makeStore;
    this.#events = events;
    this.shared = makeStore();
    this.#own = this.shared;
  }

  /** What the district has. */
  get own(): RosterStore {
    return this.#own;
  }

  /** Ids of the schools that the district does not share. */
  get unshared(): ReadonlySet<string> {
    return this.#unshared;
  }

  get paused(): ReadonlySet<PausedSync> {
    return this.#paused;
  }

  /** Holds changes back from now on. */
  pause(sync: PausedSync): void {
    this.#paused.add(sync);
  }

  /** Lets changes through again. The ones that were held back follow with the next {@link commit}. */
  resume(sync: PausedSync): void {
    this.#paused.delete(sync);
  }

  /** Writes one record of the district. See {@link commit}. */
  write(write: Write): ChangeWithEvent[] {
    const change = changeOf(this.#own.get(write.kind, write.id), write);
    return this.commit(change === undefined ? [] : [change]);
  }

  /** Changes what the district has and, unless a pause holds the change back, what the app sees. */
  commit(changes: readonly RecordDiff[]): ChangeWithEvent[] {
    if (this.#own === this.shared && this.#paused.size === 0) {
      return this.#publish(changes);
    }
    this.#separate();
    apply(this.#own, changes);
    const published = this.#share(changes.map(({ kind, object }) => ({ kind, id: object.id })));
    const isPublished = new Set(published.map(({ kind, object }) => keyOf({ kind, id: object.id })));
    const heldBack = changes.filter(({ kind, object: { id } }) => {
      const key = keyOf({ kind, id });
      return this.#waiting.has(key) && !isPublished.has(key);
    });
    return [...published, ...heldBack.map((change) => ({ ...change, eventId: undefined }))];
  }

  /** Shares a school or stops sharing it, with all records that depend on it. */
  share(school: string, isShared: boolean): ChangeWithEvent[] {
    this.#separate();
    if (isShared) {
      this.#unshared.delete(school);
    } else {
      this.#unshared.add(school);
    }
    return this.#share(this.#dependentOn(school));
  }

  /** Returns the differences from the initial roster, for a saved state. */
  save(): SavedDistrict['roster'] {
    const changed = (store: RosterStore) =>
      [...store.changes()].map(({ kind, id, record = null }) => ({ kind, id, record }));
    return {
      shared: changed(this.shared),
      own: this.#own === this.shared ? null : changed(this.#own),
      unshared: [...this.#unshared],
      paused: [...this.#paused],
      waiting: [...this.#waiting.values()],
    };
  }

  /** Continues from a saved state. This roster must be the initial one. */
  load({ shared, own, unshared, paused, waiting }: SavedDistrict['roster']): void {
    const putAll = (store: RosterStore, saved: typeof shared): void => {
      for (const { kind, id, record } of saved) {
        put(store, { kind, id, record: record ?? undefined });
      }
    };
    putAll(this.shared, shared);
    if (own !== null) {
      this.#own = this.#makeStore();
      putAll(this.#own, own);
    }
    for (const school of unshared) {
      this.#unshared.add(school);
    }
    for (const sync of paused) {
      this.#paused.add(sync);
    }
    for (const key of waiting) {
      this.#waiting.set(keyOf(key), key);
    }
  }

  /**
   * Updates what the app sees from what the district has, for the given records and those that were held
   * back.
   */
  #share(keys: readonly Key[]): ChangeWithEvent[] {
    for (const key of this.#unshared.size === 0 ? keys : this.#withNeighbours(keys)) {
      this.#waiting.set(keyOf(key), key);
    }
    const view = new SharedView(this.#own, this.#unshared);
    const changes: RecordDiff[] = [];
    for (const [name, { kind, id }] of this.#waiting) {
      if (!this.#isKeptBack(kind)) {
        this.#waiting.delete(name);
        const change = changeOf(this.shared.get(kind, id), { kind, id, record: view.see(kind, id) });
        changes.push(...(change === undefined ? [] : [change]));
      }
    }
    const published = this.#publish(changes);
    if (this.#waiting.size === 0 && this.#unshared.size === 0) {
      this.#own = this.shared;
    }
    return published;
  }

  /** A SIS sync pause does not hold back the district's own record, because it is Clever's own. */
  #isKeptBack(kind: Kind): boolean {
    return this.#paused.has('app') || (this.#paused.has('sis') && kind !== 'districts');
  }

  #publish(changes: readonly RecordDiff[]): ChangeWithEvent[] {
    apply(this.shared, changes);
    return inOrderOfSync(changes).map((change) => ({ ...change, eventId: this.#events.write(change)?.id }));
  }

  /** Makes the district's roster a separate object. */
  #separate(): void {
    if (this.#own === this.shared) {
      this.#own = this.#makeStore();
      for (const { kind, id, record } of this.shared.changes()) {
        put(this.#own, { kind, id, record });
      }
    }
  }

  /** Returns the keys of a school and of the records that depend on its being shared. */
  #dependentOn(school: string): Key[] {
    const users = relatedIds(this.#own, 'schools.users', school);
    const sections = relatedIds(this.#own, 'schools.sections', school);
    const keys = [{ kind: 'schools', id: school } as const, ...keysOf('users', users), ...keysOf('sections', sections)];
    return this.#withNeighbours(keys);
  }

  /** Adds the records whose appearance depends on the given people and sections. */
  #withNeighbours(keys: readonly Key[]): Key[] {
    const all = [...keys];
    for (const { kind, id } of keys) {
      if (kind === 'users') {
        all.push(...keysOf('users', relatedIds(this.#own, 'users.contacts', id)));
        all.push(...keysOf('sections', relatedIds(this.#own, 'users.sections', id)));
      }
    }
    for (const { id } of all.filter(({ kind }) => kind === 'sections')) {
      for (const section of [this.#own.get('sections', id), this.shared.get('sections', id)]) {
        all.push(...builtFrom(section));
      }
    }
    return all;
  }
}

/**
 * Returns the course and term of a section: Clever builds them from sections. Source: dev.clever.com/docs,
 * on courses and terms.
 */
function builtFrom({ course, term_id: term }: Partial<SectionRecord> = {}): Key[] {
  return [
    ...(course === undefined ? [] : [{ kind: 'courses', id: course } as const]),
    ...(term === undefined ? [] : [{ kind: 'terms', id: term } as const]),
  ];
}

function keysOf(kind: Kind, ids: readonly string[]): Key[] {
  return ids.map((id) => ({ kind, id }));
}

function keyOf({ kind, id }: Key): string {
  return `${kind}/${id}`;
}

function apply(store: RosterStore, changes: readonly RecordDiff[]): void {
  for (const { kind, action, object } of changes) {
    put(store, { kind, id: object.id, record: action === 'deleted' ? undefined : object });
  }
}

function put(store: RosterStore, { kind, id, record }: Write): void {
  if (record === undefined) {
    store.remove(kind, id);
  } else {
    store.put(kind, record as AnyRecord & RecordOf[typeof kind]);
  }
}
