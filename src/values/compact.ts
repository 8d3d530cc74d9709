type Absent = '' | null | undefined;

/** The known values of an open enumeration; `never` for a plain `string`. */
type Literals<Value> = Value extends string ? (string extends Value ? never : Value) : never;

/** Whether a value can be missing, `null`, or the `''` that every open enumeration allows. */
type SaysNothing<Value> = null extends Value
  ? true
  : undefined extends Value
    ? true
    : string extends Value
      ? [Literals<Value>] extends [never]
        ? false
        : true
      : '' extends Value
        ? true
        : false;

type CanBeAbsent<Type, Key extends keyof Type> = string extends Key
  ? false // an index signature promises no member
  : Record<never, never> extends Pick<Type, Key>
    ? true
    : SaysNothing<Type[Key]>;

/** What has no members, and what is not plain data. */
type Whole = string | number | bigint | boolean | symbol | null | undefined | Date | ((...args: never) => unknown);

type CompactMembers<Type> = {
  [Key in keyof Type as CanBeAbsent<Type, Key> extends true ? never : Key]: Compact<Exclude<Type[Key], Absent>>;
} & {
  [Key in keyof Type as CanBeAbsent<Type, Key> extends true ? Key : never]?: Compact<Exclude<Type[Key], Absent>>;
};

/**
 * A record after {@link compact}: what was optional, nullable or both is optional and never `null`, at every depth.
 *
 * A required enumeration becomes optional, because Clever sends `''` for it (`Section.subject`). A required plain `string`
 * stays required: this package declares a member so only where Clever guarantees that it has a value.
 */
export type Compact<Type> = Type extends Whole
  ? Type
  : Type extends readonly unknown[]
    ? { [Index in keyof Type]: Compact<Type[Index]> }
    : Type extends object
      ? CompactMembers<Type> extends infer Members
        ? { [Key in keyof Members]: Members[Key] }
        : never
      : Type;

/**
 * Leaves out every member that says nothing. Clever says "not known" in three ways, by `''`, by `null` and by leaving the
 * member out; a copy made by this function has only the last, so that `member in record`, `??` and a database's `NULL` work.
 *
 * Deep: objects in objects and in lists too. Lists keep all their items in their places, also `''` and `null`, since a
 * list has no absent item. Empty objects and empty lists are kept: that there is an object is information. `0`, `false`
 * and text of spaces only are kept. Instances of classes, such as a `Date`, are kept as they are.
 *
 * Pure: the record is not changed, and objects and lists of the copy are new. Idempotent.
 * Source: the three ways are observed and from dev.clever.com/docs/schema-1.
 *
 * @param record - A record of Clever, or any JSON value.
 * @returns The copy, with the type to match.
 *
 * @example
 * ```ts
 * import { compact } from 'clever-sdk';
 *
 * compact({ id: '1', email: '', location: { city: 'Springfield', zip: null } });
 * // { id: '1', location: { city: 'Springfield' } }
 * ```
 */
export function compact<Type>(record: Type): Compact<Type> {
  return compactValue(record) as Compact<Type>;
}

function compactValue(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(compactValue);
  }
  if (!isPlainObject(value)) {
    return value;
  }
  const present = Object.entries(value).filter(([, member]) => !isAbsent(member));
  return Object.fromEntries(present.map(([key, member]) => [key, compactValue(member)]));
}

function isAbsent(value: unknown): value is Absent {
  return value === '' || value === null || value === undefined;
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
