import { hideFromInspect } from '../../../privacy/index.js';
import type { Json } from '../../../util/types.js';
import { SandboxError } from '../../roster/error.js';
import type { AnyRecord, Kind } from '../../roster/records.js';
import type { SharedRoster } from '../changes/shared-roster.js';
import { applyChanges } from './difference.js';
import { fillIn } from './fill-in.js';
import type { Write } from './record-diff.js';
import type { RecordIds } from './record-ids.js';
import type { RosterChange } from './roster-edits.js';
import { MODIFIED } from './stamps.js';

/** Changes single records of a district. */
export class RosterEditor {
  readonly #district: string;
  readonly #roster: SharedRoster;
  readonly #ids: RecordIds;
  readonly #clock: () => number;

  constructor(district: string, roster: SharedRoster, ids: RecordIds, clock: () => number) {
    this.#district = district;
    this.#roster = roster;
    this.#ids = ids;
    this.#clock = clock;
  }

  create(kind: Exclude<Kind, 'districts'>, given: object): RosterChange {
    const { own } = this.#roster;
    const { after } = applyChanges({}, copyOf(given));
    const id = after['id'] ?? this.#ids.next();
    if (typeof id !== 'string' || id === '') {
      throw new SandboxError("A new record's `id` must be text; leave it out to have one generated.");
    }
    if (own.get(kind, id) !== undefined) {
      throw new SandboxError(`The district already has a record with this id: change it with \`${kind}.update()\`.`);
    }
    const [school] = own.page('schools', { limit: 1 }).records;
    const record = fillIn(kind, after, {
      id,
      district: this.#district,
      school: school?.id ?? '',
      // A school may be new. People of a section may belong to another school than the section.
      teacherOf: (at) =>
        own.related('schools.users', at, { limit: 1, role: 'teacher' }).ids[0] ??
        own.page('users', { limit: 1, role: 'teacher' }).ids[0],
      now: this.#now(),
    });
    return this.#commit({ kind, id, record });
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
      return presentChange(kind, id, undefined);
    }
    const stamp = modified === undefined ? {} : { [modified]: givenStamp ?? this.#now() };
    // The members that lists are computed from exist even when the changes removed them.
    const base = kind === 'users' ? { name: { last: '' }, roles: {} } : {};
    return this.#commit({ kind, id, record: { ...base, ...after, ...stamp, id } });
  }

  delete(kind: Kind, id: string): RosterChange {
    this.#find(kind, id);
    return this.#commit({ kind, id, record: undefined });
  }

  #find(kind: Kind, id: string): AnyRecord {
    const record = this.#roster.own.get(kind, id);
    if (record === undefined) {
      throw new SandboxError(`The district has no such record among its ${kind}.`);
    }
    return record;
  }

  #commit(write: Write): RosterChange {
    const { kind, id } = write;
    const changes = this.#roster.write(write);
    return presentChange(kind, id, changes.find((change) => change.kind === kind && change.object.id === id)?.eventId);
  }

  #now(): string {
    return new Date(this.#clock()).toISOString();
  }
}

/** Printing shows no ids of people. */
function presentChange(kind: Kind, id: string, eventId: string | undefined): RosterChange {
  return Object.freeze(kind === 'users' ? hideFromInspect({ id, eventId }, ['id']) : { id, eventId });
}

/** A copy, so that later changes of the caller's object do not change what is served. */
function copyOf(given: object): Json {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new SandboxError('Pass the members of the record as an object, in Clever’s spelling.');
  }
  return structuredClone(given) as Json;
}
