import type { AnyRecord, Kind, RecordOf, SectionRecord } from '../../roster/records.js';
import type { RosterStore } from '../../roster/store/store.js';
import type { EventLog } from '../events/event-log.js';
import { changeOf, inOrderOfSync, type RecordDiff, type Write } from '../events/record-diff.js';
import type { SavedDistrict } from '../state/state-schema.js';
import { relatedIds } from './everything.js';
import { SharedView } from './sharing.js';

/** What is paused: from the district to Clever, or from Clever to the app. */
export type PausedSync = 'sis' | 'app';

/** A change, and the event that tells of it; `undefined` while none does. */
export type ToldChange = RecordDiff & { readonly eventId: string | undefined };

type Key = Pick<Write, 'kind' | 'id'>;

/**
 * The roster that a district has, and the one that an app sees. They are one and the same until a sync is paused or a school is not
 * shared; then changes go to the first, and from there to the second as far, and as soon, as they are the app's to see.
 */
export class SharedRoster {
  /** What the app sees. */
  readonly shared: RosterStore;
  readonly #makeStore: () => RosterStore;
  readonly #events: EventLog;
  readonly #paused = new Set<PausedSync>();
  readonly #unshared = new Set<string>();
  /** What may differ between the two, for as long as a pause keeps it back. */
  readonly #waiting = new Map<string, Key>();
  #own: RosterStore;

  /** @param makeStore - The roster as at first, each time anew. */
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

  /** Keeps changes back from now on. */
  pause(sync: PausedSync): void {
    this.#paused.add(sync);
  }

  /** Lets changes through again; those that waited go with the next {@link commit}. */
  resume(sync: PausedSync): void {
    this.#paused.delete(sync);
  }

  /** Puts one record in the place of what the district has; see {@link commit}. */
  write(write: Write): ToldChange[] {
    const change = changeOf(this.#own.get(write.kind, write.id), write);
    return this.commit(change === undefined ? [] : [change]);
  }

  /** Changes what the district has and, where nothing keeps it back, what the app sees. */
  commit(changes: readonly RecordDiff[]): ToldChange[] {
    if (this.#own === this.shared && this.#paused.size === 0) {
      return this.#tell(changes);
    }
    this.#part();
    apply(this.#own, changes);
    const told = this.#share(changes.map(({ kind, object }) => ({ kind, id: object.id })));
    const isTold = new Set(told.map(({ kind, object }) => keyOf({ kind, id: object.id })));
    const untold = changes.filter(({ kind, object: { id } }) => {
      const key = keyOf({ kind, id });
      return this.#waiting.has(key) && !isTold.has(key);
    });
    return [...told, ...untold.map((change) => ({ ...change, eventId: undefined }))];
  }

  /** Shares a school, or no longer; with everything that follows it. */
  share(school: string, isShared: boolean): ToldChange[] {
    this.#part();
    if (isShared) {
      this.#unshared.delete(school);
    } else {
      this.#unshared.add(school);
    }
    return this.#share(this.#following(school));
  }

  /** For a state that is kept: what differs from the beginning. */
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

  /** Goes on from a state that was kept, in a roster that is as at first. */
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

  /** Brings what the app sees up to date with what the district has, for some records and those that wait. */
  #share(keys: readonly Key[]): ToldChange[] {
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
    const told = this.#tell(changes);
    if (this.#waiting.size === 0 && this.#unshared.size === 0) {
      this.#own = this.shared;
    }
    return told;
  }

  /** The record of the district is Clever's own: a pause in front of Clever does not keep it back. */
  #isKeptBack(kind: Kind): boolean {
    return this.#paused.has('app') || (this.#paused.has('sis') && kind !== 'districts');
  }

  #tell(changes: readonly RecordDiff[]): ToldChange[] {
    apply(this.shared, changes);
    return inOrderOfSync(changes).map((change) => ({ ...change, eventId: this.#events.write(change)?.id }));
  }

  /** From here on the two differ. */
  #part(): void {
    if (this.#own === this.shared) {
      this.#own = this.#makeStore();
      for (const { kind, id, record } of this.shared.changes()) {
        put(this.#own, { kind, id, record });
      }
    }
  }

  /** A school and the records whose sharing it decides. */
  #following(school: string): Key[] {
    const users = relatedIds(this.#own, 'schools.users', school);
    const sections = relatedIds(this.#own, 'schools.sections', school);
    const keys = [{ kind: 'schools', id: school } as const, ...keysOf('users', users), ...keysOf('sections', sections)];
    return this.#withNeighbours(keys);
  }

  /** What else looks different when a person or a section does. */
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

/** Courses and terms are built from sections. Source: dev.clever.com/docs, of courses and terms. */
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
