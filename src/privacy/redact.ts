import { isObject } from '../util/is-object.js';
import { detectKind, isEvent, isToken, kindInEvent } from './kind.js';
import { SENSITIVITY, type Sensitivity, type SensitivityKind, type SensitivityTable } from './registry.js';
import { EXTENSION_MEMBER, sensitiveFieldOf } from './sensitive-fields.js';
import { isTokenKind, NOT_SECRET_IN } from './token-members.js';

/** Options of {@link redact}. */
export interface RedactOptions {
  /** The classes to remove. Default: all three. */
  readonly classes?: readonly Sensitivity[];
  /**
   * The kind of the record. Default: recognised by its members. A fragment with too few members to be
   * recognised loses only the members that have the name of a sensitive field.
   */
  readonly kind?: SensitivityKind | 'event';
}

/** A record after redaction: any member may be missing. */
export type Redacted<T> = T extends readonly (infer Item)[]
  ? Redacted<Item>[]
  : T extends object
    ? { [Key in keyof T]?: Redacted<T[Key]> }
    : T;

/** Tables for objects that the SDK creates, which are not in the registry of Clever's records. */
const OWN_TABLES = {
  identity: { id: 'pii', name: 'pii', email: 'pii', legacyIds: 'pii' },
  /** A page, or an answer with Clever's envelope: links and cursors contain ids. */
  envelope: { cursor: 'pii', uri: 'pii', links: 'pii' },
} as const satisfies Readonly<Record<string, SensitivityTable>>;

const NO_TABLE: Table = {};

/**
 * Clever documents a person's name and address outside the roles, but undocumented addresses were observed
 * inside the student role. So names, addresses and phone numbers are classified inside every role.
 */
const user: SensitivityTable = /* @__PURE__ */ (() => {
  const table: Record<string, Sensitivity> = { ...SENSITIVITY.user };
  for (const path of Object.keys(SENSITIVITY.user)) {
    const [root, role] = path.split('.');
    if (root === 'roles') {
      for (const member of ['email', 'name', 'phone']) {
        table[`roles.${role}.${member}`] ??= 'pii';
      }
    }
  }
  return table;
})();

/** A table that may also say of a member that it has no class. */
type Table = Readonly<Record<string, Sensitivity | undefined>>;

/** The members of a token that are not secret. All others are: see {@link rootOf}. */
function notSecret(names: readonly string[]): Table {
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

/** Library people have few of the fields of a user. If Clever sends more of them, they are classified as well. */
const TABLES: Readonly<Record<SensitivityKind, Table>> = /* @__PURE__ */ (() => ({
  ...SENSITIVITY,
  token: { ...SENSITIVITY.token, ...notSecret(NOT_SECRET_IN.token) },
  districtToken: { ...SENSITIVITY.districtToken, ...notSecret(NOT_SECRET_IN.districtToken) },
  user,
  ownUser: user,
  libraryTeacher: user,
  libraryStudent: user,
}))();

/**
 * Returns a copy of a record without personal, sensitive and secret data, for logs, bug reports and test data.
 *
 * Follows the registry {@link SENSITIVITY}: it removes every member of a class to remove, whatever its
 * value, and keeps all others unchanged. A member that has the name of a sensitive field is `sensitive`
 * everywhere. Members of a token that the registry does not list are `secret`, such as a refresh token, apart from
 * those that only describe the token. Accepts records, events, tokens, identities, pages, classrooms and lists of
 * them. What is nested more than 200 levels deep is left out, and so is a member that contains the record itself.
 *
 * @param record - The record, which is not changed.
 * @returns A copy: the same members in the same order, without the removed ones.
 *
 * @example
 * ```ts
 * import { redact, type User } from 'clever-sdk';
 *
 * function report(user: User): string {
 *   return JSON.stringify(redact(user)); // school, grade and roles; no name, id or birthday
 * }
 * function withoutSensitive(user: User): object {
 *   return redact(user, { classes: ['sensitive'] });
 * }
 * ```
 */
export function redact<T extends object>(record: T, options: RedactOptions = {}): Redacted<T> {
  const classes: ReadonlySet<Sensitivity | undefined> = new Set(options.classes ?? ['pii', 'sensitive', 'secret']);
  return new Redaction(classes).record(record, options.kind) as Redacted<T>;
}

/** The place of a value: the table that applies, the path in its record, and the class of its container. */
interface Place {
  readonly table: Table;
  readonly path: string;
  readonly sensitivity: Sensitivity | undefined;
  readonly isExtension: boolean;
}

/** Deeper than any record. Printers fail some thousand levels deep, and the stack ends at about ten thousand. */
const MAX_DEPTH = 200;

class Redaction {
  readonly #classes: ReadonlySet<Sensitivity | undefined>;
  /** The objects and lists that contain the value at hand. */
  readonly #open = new Set<object>();

  constructor(classes: ReadonlySet<Sensitivity | undefined>) {
    this.#classes = classes;
  }

  record(value: unknown, kind?: SensitivityKind | 'event'): unknown {
    if (Array.isArray(value)) {
      return this.#items(value, (item) => this.record(item, kind));
    }
    if (!isObject(value)) {
      return value;
    }
    if (kind === 'event' || (kind === undefined && isEvent(value))) {
      return this.#event(value);
    }
    return this.#members(value, kind === undefined ? rootFor(value) : rootOf(kind));
  }

  /** Redacts an event. The record and its previous state, in either place, are classified by their own kind. */
  #event(event: Record<string, unknown>): unknown {
    const object = isObject(event['data']) ? event['data']['object'] : undefined;
    const kind = kindInEvent(event) ?? (isObject(object) ? detectKind(object) : undefined);
    const place = kind === undefined ? NOWHERE : rootOf(kind);
    const changes = (holder: Record<string, unknown>): unknown =>
      this.#copy(holder, (member, name) => {
        if (name === 'object' || name === 'previous_attributes') {
          return isObject(member) ? this.#members(member, place) : this.#value(member, place);
        }
        return name === 'data' && isObject(member) ? changes(member) : this.#member(member, name, NOWHERE);
      });
    return changes(event);
  }

  #members(value: Record<string, unknown>, place: Place): object | undefined {
    return this.#copy(value, (member, name) => this.#member(member, name, place));
  }

  /** Returns what remains of one member; `undefined` if nothing does. */
  #member(member: unknown, name: string, { table, path, sensitivity, isExtension }: Place): unknown {
    const memberPath = path === '' ? name : `${path}.${name}`;
    const isSensitive = sensitiveFieldOf(name, isExtension) !== undefined;
    return this.#value(member, {
      // Everything below a sensitive field is sensitive, even if a table says otherwise.
      table: isSensitive ? NO_TABLE : table,
      path: memberPath,
      sensitivity: isSensitive ? 'sensitive' : Object.hasOwn(table, memberPath) ? table[memberPath] : sensitivity,
      isExtension: isExtension || name === EXTENSION_MEMBER,
    });
  }

  #value(value: unknown, place: Place): unknown {
    const isRemoved = this.#classes.has(place.sensitivity);
    if (Array.isArray(value)) {
      const items = this.#items(value, (item) => this.#value(item, place));
      return isRemoved && items?.length === 0 ? undefined : items;
    }
    if (!isObject(value)) {
      return isRemoved ? undefined : value;
    }
    const members = this.#members(value, this.#placeIn(value, place));
    return isRemoved && members !== undefined && Object.keys(members).length === 0 ? undefined : members;
  }

  /**
   * Returns the place of a nested value. A nested record, such as a student in a classroom or the token of a
   * login, is classified by its own kind.
   */
  #placeIn(value: Record<string, unknown>, place: Place): Place {
    if (isToken(value)) {
      return rootFor(value);
    }
    const isRecord = place.sensitivity === undefined && !place.isExtension && typeof value['id'] === 'string';
    return isRecord && (isIdentity(value) || detectKind(value) !== undefined) ? rootFor(value) : place;
  }

  /**
   * Copies an object without the members of which nothing remains. `Object.fromEntries` defines members instead of
   * assigning them, so even `__proto__` is copied.
   */
  #copy(value: Record<string, unknown>, redactMember: (member: unknown, name: string) => unknown): object | undefined {
    return this.#within(value, () =>
      Object.fromEntries(
        Object.entries(value)
          .map(([name, member]) => [name, redactMember(member, name)] as const)
          .filter(([, rest]) => rest !== undefined),
      ),
    );
  }

  #items(items: readonly unknown[], redactItem: (item: unknown) => unknown): unknown[] | undefined {
    return this.#within(items, () => items.map(redactItem).filter((item) => item !== undefined));
  }

  /** Copies an object or a list; nothing remains of one that contains itself, or is nested too deep. */
  #within<Copy>(value: object, copy: () => Copy): Copy | undefined {
    if (this.#open.has(value) || this.#open.size === MAX_DEPTH) {
      return undefined;
    }
    this.#open.add(value);
    const copied = copy();
    this.#open.delete(value);
    return copied;
  }
}

/** A place that no table describes. */
const NOWHERE: Place = { table: NO_TABLE, path: '', sensitivity: undefined, isExtension: false };

/** The members of a token are secret unless its table says otherwise. */
function rootOf(kind: SensitivityKind): Place {
  return { ...NOWHERE, table: TABLES[kind], sensitivity: isTokenKind(kind) ? 'secret' : undefined };
}

/** Returns the place of a record, by its members. */
function rootFor(record: Record<string, unknown>): Place {
  if (isIdentity(record)) {
    return { ...NOWHERE, table: OWN_TABLES.identity };
  }
  const kind = detectKind(record);
  if (kind !== undefined) {
    return rootOf(kind);
  }
  return 'data' in record ? { ...NOWHERE, table: OWN_TABLES.envelope } : NOWHERE;
}

function isIdentity(record: Record<string, unknown>): boolean {
  return 'legacyIds' in record && 'connection' in record;
}
