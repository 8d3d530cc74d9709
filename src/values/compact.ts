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
  ? false // an index signature does not promise any member
  : Record<never, never> extends Pick<Type, Key>
    ? true
    : SaysNothing<Type[Key]>;

/** Types without members, and types that are not plain data. */
type Whole = string | number | bigint | boolean | symbol | null | undefined | Date | ((...args: never) => unknown);

type CompactMembers<Type> = {
  [Key in keyof Type as CanBeAbsent<Type, Key> extends true ? never : Key]: Compact<Exclude<Type[Key], Absent>>;
} & {
  [Key in keyof Type as CanBeAbsent<Type, Key> extends true ? Key : never]?: Compact<Exclude<Type[Key], Absent>>;
};

/**
 * A record after {@link compact}: members that were optional or nullable are optional and never `null`, at
 * every depth.
 *
 * A required enumeration becomes optional, because Clever may send `''` for it (`Section.subject`). A
 * required plain `string` stays required, because this package requires a member only if Clever guarantees
 * a value.
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
 * Returns a copy of a record without its empty members. Clever expresses "not known" in three ways: by
 * `''`, by `null` and by omitting the member. The copy uses only the last, so that `member in record`, `??`
 * and a database's `NULL` work.
 *
 * It is deep: it includes objects in objects and in lists. Lists keep all their items in place, including
 * `''` and `null`, because removing one would move the others. Empty objects and empty lists are kept,
 * because their presence is information. `0`, `false` and text that consists of spaces are kept. Instances
 * of classes, such as a `Date` or a token of the SDK, are kept unchanged. A value that contains itself, which no
 * JSON does, gets a copy that does, too.
 *
 * Pure: the record is not changed, and the objects and lists of the copy are new. Idempotent. Source: the
 * three ways were observed, and are in dev.clever.com/docs/schema-1.
 *
 * @param record - A record from Clever, or any JSON value.
 * @returns The copy, with the matching type.
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
  const copies = new Map<object, object>();
  // A list instead of recursion, which overflows the stack some ten thousand levels deep.
  const unfilled: [copy: object, source: object][] = [];
  const copyOf = (value: unknown): unknown => {
    if (!Array.isArray(value) && !isPlainObject(value)) {
      return value;
    }
    let copy = copies.get(value);
    if (copy === undefined) {
      copy = Array.isArray(value) ? [] : {};
      copies.set(value, copy);
      unfilled.push([copy, value]);
    }
    return copy;
  };
  const compacted = copyOf(record);
  for (let next = unfilled.pop(); next !== undefined; next = unfilled.pop()) {
    fill(...next, copyOf);
  }
  return compacted as Compact<Type>;
}

/** Fills an empty copy with the copies of what its source contains. */
function fill(copy: object, source: object, copyOf: (value: unknown) => unknown): void {
  if (Array.isArray(source)) {
    for (const item of source) {
      (copy as unknown[]).push(copyOf(item));
    }
    return;
  }
  for (const [name, member] of Object.entries(source)) {
    if (isAbsent(member)) {
      continue;
    }
    if (name === '__proto__') {
      // Assigned, it would become the prototype.
      Object.defineProperty(copy, name, {
        value: copyOf(member),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    } else {
      (copy as Record<string, unknown>)[name] = copyOf(member);
    }
  }
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
