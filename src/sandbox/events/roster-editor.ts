import { conceal } from '../../redaction/index.js';
import { SandboxError } from '../error.js';
import { Random } from '../random.js';
import type { AnyRecord, Kind, RecordOf, SectionRecord, UserRecord } from '../records.js';
import { schoolsOf } from '../roles.js';
import type { RosterStore } from '../store/store.js';
import { applyChanges } from './difference.js';
import type { EventLog } from './event-log.js';
import { fillIn } from './fill-in.js';
import type { RosterChange } from './roster-edits.js';

type Json = Readonly<Record<string, unknown>>;

/** The member that tells when a record changed last; the other kinds have none. */
const MODIFIED: Readonly<Partial<Record<Kind, string>>> = {
  schools: 'last_modified',
  sections: 'last_modified',
  users: 'last_modified',
  resources: 'updated',
};

/** Changes a district's roster and writes the events. */
export class RosterEditor {
  readonly #district: string;
  readonly #store: RosterStore;
  readonly #events: EventLog;
  readonly #clock: () => number;
  #created = 0;

  constructor(district: string, store: RosterStore, events: EventLog, clock: () => number) {
    this.#district = district;
    this.#store = store;
    this.#events = events;
    this.#clock = clock;
  }

  create(kind: Exclude<Kind, 'districts'>, given: object): RosterChange {
    const { after } = applyChanges({}, copyOf(given));
    const id = after['id'] ?? this.#nextId();
    if (typeof id !== 'string' || id === '') {
      throw new SandboxError("A new record's `id` must be text; leave it out for a new one.");
    }
    if (this.#store.get(kind, id) !== undefined) {
      throw new SandboxError(`The district has a record with this id already: change it by \`${kind}.update()\`.`);
    }
    const [school] = this.#store.page('schools', { limit: 1 }).records;
    const record = fillIn(kind, after, {
      id,
      district: this.#district,
      school: school?.id ?? '',
      teacherOf: (at) => this.#store.related('schools.users', at, { limit: 1, role: 'teacher' }).records[0]?.id,
      now: this.#now(),
    });
    this.#put(kind, record);
    return this.#write(kind, 'created', record, schoolsOfRecord(kind, record));
  }

  update(kind: Kind, id: string, changes: object): RosterChange {
    const old = this.#find(kind, id);
    const copy = copyOf(changes);
    if (copy['id'] !== undefined && copy['id'] !== id) {
      throw new SandboxError('The `id` of a record cannot change: delete the record and create another.');
    }
    const modified = MODIFIED[kind];
    const { [modified ?? '']: givenStamp, ...rest } = copy;
    const { after, before } = applyChanges(old, rest);
    if (before === undefined) {
      return changeOf(kind, id, undefined);
    }
    const stamp = modified === undefined ? {} : { [modified]: givenStamp ?? this.#now() };
    // What the lists are made from is there even when it was taken away.
    const base = kind === 'users' ? { name: { last: '' }, roles: {} } : {};
    const record: AnyRecord = { ...base, ...after, ...stamp, id };
    this.#put(kind, record);
    const schools = [...schoolsOfRecord(kind, old), ...schoolsOfRecord(kind, record)];
    return this.#write(kind, 'updated', record, schools, before);
  }

  delete(kind: Kind, id: string): RosterChange {
    const record = this.#find(kind, id);
    this.#store.remove(kind, id);
    return this.#write(kind, 'deleted', record, schoolsOfRecord(kind, record));
  }

  #find(kind: Kind, id: string): AnyRecord {
    const record = this.#store.get(kind, id);
    if (record === undefined) {
      throw new SandboxError(`The district has no such record among its ${kind}.`);
    }
    return record;
  }

  #put(kind: Kind, record: AnyRecord): void {
    this.#store.put(kind, record as RecordOf[typeof kind] & UserRecord);
  }

  #write(
    kind: Kind,
    action: 'created' | 'updated' | 'deleted',
    object: AnyRecord,
    schools: readonly string[],
    previous?: Json,
  ): RosterChange {
    const { id: eventId } = this.#events.write({ kind, action, object, previous, schools });
    return changeOf(kind, object.id, eventId);
  }

  /** In the form of Clever's ids, later than all generated ones. */
  #nextId(): string {
    this.#created += 1;
    const second = Math.floor(this.#clock() / 1_000)
      .toString(16)
      .padStart(8, '0');
    const machine = new Random(0, 'record machine', this.#district).hex(10);
    return `${second}${machine}${this.#created.toString(16).padStart(6, '0')}`;
  }

  #now(): string {
    return new Date(this.#clock()).toISOString();
  }
}

/** Ids of people are not for printing. */
function changeOf(kind: Kind, id: string, eventId: string | undefined): RosterChange {
  return Object.freeze(kind === 'users' ? conceal({ id, eventId }, ['id']) : { id, eventId });
}

/** A copy, so that nothing the caller does to the object afterwards changes what is served. */
function copyOf(given: object): Json {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new SandboxError('Pass the members of the record as an object, in Clever’s spelling.');
  }
  return structuredClone(given) as Json;
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
