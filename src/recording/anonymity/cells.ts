import { isObject } from '../../util/is-object.js';
import type { Json } from '../../util/types.js';
import type { RawRecord } from '../capture/kinds.js';
import { ROLE_MEMBERS } from '../members/members.js';

/** The place of a cell: the part of the record that it is in, and the names of its members. */
export interface Cell {
  /** A role; `''` for the record itself, and `roles` for a role that is not known, or is no object. */
  readonly part: string;
  readonly members: readonly string[];
}

/** The values of a cell: those of its members that exist. */
export type CellValue = Json;

/** Members of a record that no other person's take the place of. */
const OWN_MEMBERS = ['id', 'district', 'roles', 'created', 'last_modified'];
/** Members of a role that are times, like those of the record. */
export const TIME_MEMBERS = ['created', 'last_modified'];

/** A role of a person that is known and is an object. */
function knownRole(role: string, value: unknown): value is Record<string, unknown> {
  return Object.hasOwn(ROLE_MEMBERS, role) && isObject(value);
}

/** The known roles of a person, in alphabetical order. */
export function roleNames(user: Json): string[] {
  const roles = isObject(user['roles']) ? user['roles'] : {};
  return Object.keys(roles)
    .filter((role) => knownRole(role, roles[role]))
    .sort();
}

/** A part of a record, as {@link Cell.part} names it. */
export function partOf(user: Json, part: string): Json {
  if (part === '') {
    return isObject(user['roles']) ? user : { ...user, roles: undefined };
  }
  const roles = isObject(user['roles']) ? user['roles'] : {};
  if (part === 'roles') {
    return Object.fromEntries(Object.entries(roles).filter(([role, value]) => !knownRole(role, value)));
  }
  const role = roles[part];
  return knownRole(part, role) ? role : {};
}

/** The values of a cell of a person. */
export function readCell(user: Json, { part, members }: Cell): CellValue {
  const object = partOf(user, part);
  return Object.fromEntries(
    members.flatMap((member) => (Object.hasOwn(object, member) ? [[member, object[member]]] : [])),
  );
}

/** Every member that some of the people have, apart from those that are their own or are times. */
export function membersIn(people: readonly RawRecord[], part: string): string[] {
  const names = new Set(people.flatMap((user) => Object.keys(partOf(user, part))));
  const left = part === '' ? OWN_MEMBERS : TIME_MEMBERS;
  return [...names].filter((name) => !left.includes(name)).sort();
}

/** Puts cells together to a person's record. */
export class Assembly {
  readonly #record: Record<string, unknown>;
  readonly #roles: Record<string, Record<string, unknown>>;
  readonly #otherRoles: Record<string, unknown> = {};
  readonly #hasRoles: boolean;

  constructor({ id, district, roles }: RawRecord) {
    this.#record = { id, district, ...(roles === undefined || isObject(roles) ? {} : { roles }) };
    this.#hasRoles = isObject(roles);
    this.#roles = Object.fromEntries(roleNames({ roles }).map((role) => [role, {}]));
  }

  /** Gives the record the values of a cell, in place of those that it had. */
  put({ part, members }: Cell, value: CellValue): void {
    const target = part === '' ? this.#record : part === 'roles' ? this.#otherRoles : this.#roles[part];
    for (const member of target === undefined ? [] : members) {
      delete target?.[member];
      if (target !== undefined && Object.hasOwn(value, member)) {
        Object.defineProperty(target, member, { value: value[member], enumerable: true, configurable: true });
      }
    }
  }

  /** The record. */
  finish(): RawRecord {
    const record = { ...this.#record, ...(this.#hasRoles ? { roles: { ...this.#roles, ...this.#otherRoles } } : {}) };
    return record as unknown as RawRecord;
  }
}
