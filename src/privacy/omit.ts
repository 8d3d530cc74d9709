import { parseJson } from '../util/parse-json.js';
import { REDACTED } from './inspect.js';
import { EXTENSION_MEMBER, SENSITIVE_FIELDS, type SensitiveField, sensitiveFieldOf } from './sensitive-fields.js';

const NONE: ReadonlySet<SensitiveField> = new Set();

/**
 * Removes every member that has the name of a sensitive student field from a parsed answer, at any depth
 * and, below `ext`, in any spelling. Everything else stays as sent, whatever its shape.
 *
 * Changes the value in place, because it comes directly from `JSON.parse` and no other code refers to it.
 * One pass visits each member once, and copies only the objects that lose a member.
 *
 * @param asked - The fields to keep. Default: none.
 */
export function omitSensitive(value: object, asked: ReadonlySet<SensitiveField> = NONE): void {
  omissionOf(asked)(value);
}

/** Returns {@link omitSensitive} prepared for many values. */
export function omissionOf(asked: ReadonlySet<SensitiveField> = NONE): (value: object) => void {
  if (asked.size === SENSITIVE_FIELDS.length) {
    return () => undefined;
  }
  const omission = new Omission(asked);
  return (value) => omission.clean(value);
}

/**
 * Limits the memory used, because districts choose the names of their extension fields, so there may be any
 * number of names.
 */
const MAX_REMEMBERED = 10_000;

/**
 * The name of a member, with the sensitive field that it denotes.
 *
 * Names are remembered, because the next record has the same ones, mostly in the same order. Finding a
 * remembered name takes one comparison of a string with itself, which is five times as fast as examining
 * its letters again.
 */
class Name {
  readonly #text: string;
  /** The sensitive field that has this name. */
  readonly field: SensitiveField | undefined;
  /** The set of names to which this one belongs: those inside `ext`, or those outside. */
  readonly #names: Names;
  #opening: Name | undefined;
  #follower: Name | undefined;

  constructor(text: string, field: SensitiveField | undefined, names: Names) {
    this.#text = text;
    this.field = field;
    this.#names = names;
  }

  /**
   * The predecessor of the first member's name, if the value of this member is an object. It is not itself
   * a name.
   */
  get opening(): Name {
    this.#opening ??= new Name('', undefined, this.#text === EXTENSION_MEMBER ? BELOW_EXTENSION : this.#names);
    return this.#opening;
  }

  /** Returns the name of the next member. */
  follower(text: string): Name {
    if (this.#follower === undefined || this.#follower.#text !== text) {
      this.#follower = this.#names.get(text);
    }
    return this.#follower;
  }
}

class Names {
  readonly #isExtension: boolean;
  readonly #known = new Map<string, Name>();

  constructor(isExtension: boolean) {
    this.#isExtension = isExtension;
  }

  get(text: string): Name {
    let name = this.#known.get(text);
    if (name === undefined) {
      name = new Name(text, sensitiveFieldOf(text, this.#isExtension), this);
      if (this.#known.size < MAX_REMEMBERED) {
        this.#known.set(text, name);
      }
    }
    return name;
  }
}

const BELOW_EXTENSION = new Names(true);

/** Used as the name of a complete answer, which is not a member of anything. */
const OUTERMOST = new Name('', undefined, new Names(false));

type Members = Record<string | number, unknown>;

/**
 * The maximum depth of the recursion, so that an answer nested a hundred thousand levels deep does not
 * overflow the stack.
 */
const MAX_DEPTH = 100;

class Omission {
  readonly #asked: ReadonlySet<SensitiveField>;
  /** Values nested deeper, which are cleaned afterwards. */
  readonly #deeper: [object, Name][] = [];

  constructor(asked: ReadonlySet<SensitiveField>) {
    this.#asked = asked;
  }

  clean(value: object): void {
    this.#cleanItself(value, OUTERMOST);
    for (let next = this.#deeper.pop(); next !== undefined; next = this.#deeper.pop()) {
      this.#cleanItself(...next);
    }
  }

  /** Cleans an object that must keep its identity, by deleting its members one by one. */
  #cleanItself(node: object, holder: Name): void {
    if (this.#cleanBelow(node, holder, 0)) {
      const kept = this.#copy(node, holder);
      for (const name of Object.keys(node).filter((name) => !Object.hasOwn(kept, name))) {
        Reflect.deleteProperty(node, name);
      }
    }
  }

  /**
   * Cleans the contents of an object or a list.
   *
   * @param holder - The name of the member that holds it.
   * @returns Whether it must lose members itself.
   */
  #cleanBelow(node: object, holder: Name, depth: number): boolean {
    if (Array.isArray(node)) {
      for (let index = 0; index < node.length; index++) {
        const member: unknown = node[index];
        if (typeof member === 'object' && member !== null) {
          this.#cleanMember(node as unknown as Members, index, member, holder, depth);
        }
      }
      return false;
    }
    let losesMembers = false;
    let name = holder.opening;
    // `for in` is twice as fast as a list of keys, and a member that is read directly inside it is not
    // looked up again.
    for (const key in node) {
      const member = (node as Members)[key];
      name = name.follower(key);
      if (name.field !== undefined && this.#isUnasked(name)) {
        losesMembers = true;
      } else if (typeof member === 'object' && member !== null) {
        this.#cleanMember(node as Members, key, member, name, depth);
      }
    }
    return losesMembers;
  }

  #cleanMember(node: Members, key: string | number, member: object, name: Name, depth: number): void {
    if (depth === MAX_DEPTH) {
      this.#deeper.push([member, name]);
    } else if (this.#cleanBelow(member, name, depth + 1)) {
      node[key] = this.#copy(member, name);
    }
  }

  /**
   * Returns a copy without the sensitive members. `delete` would take twice as long and make the object
   * slow to read.
   */
  #copy(node: object, holder: Name): Members {
    const copy: Members = {};
    let name = holder.opening;
    for (const key in node) {
      const value = (node as Members)[key];
      name = name.follower(key);
      if (!this.#isUnasked(name) && Object.hasOwn(node, key)) {
        if (key === '__proto__') {
          Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true });
        } else {
          copy[key] = value;
        }
      }
    }
    return copy;
  }

  #isUnasked({ field }: Name): boolean {
    return field !== undefined && !this.#asked.has(field);
  }
}

const MENTION = new RegExp(SENSITIVE_FIELDS.map((field) => field.replaceAll('_', '[^a-z0-9]*')).join('|'), 'iu');

/**
 * Checks whether a text mentions a sensitive field, in any spelling, because it may then also contain the
 * field's value.
 */
function mentionsSensitiveField(text: string): boolean {
  return MENTION.test(text);
}

/**
 * Returns the text of an answer without sensitive fields. They are removed from JSON. If a text still
 * mentions one after that, such as a page or truncated JSON, the whole text is withheld, because it is
 * unknown where the value ends.
 */
export function withoutSensitiveFields(text: string): string {
  if (!mentionsSensitiveField(text)) {
    return text;
  }
  const json = parseJson(text);
  if (typeof json !== 'object' || json === null) {
    return REDACTED;
  }
  omitSensitive(json);
  const kept = writeJson(json);
  return mentionsSensitiveField(kept) ? REDACTED : kept;
}

/** Writes JSON; withholds what is nested some thousand levels deep, at which `JSON.stringify` fails. */
function writeJson(json: object): string {
  try {
    return JSON.stringify(json);
  } catch {
    return REDACTED;
  }
}
