import { EXTENSION_MEMBER, type SensitiveField, sensitiveFieldOf } from './sensitive-fields.js';

/** Districts choose the names of their extension fields, so the number of names has no limit. */
const MAX_REMEMBERED = 10_000;

/**
 * The name of a member, and what follows from it for the removal of sensitive fields.
 *
 * Names are remembered, because the next record has the same ones, mostly in the same order. To find a remembered name
 * takes one comparison of a string with itself, which is five times as fast as to look at its letters again.
 */
export class Name {
  readonly #text: string;
  /** The sensitive field that bears the name. */
  readonly field: SensitiveField | undefined;
  /** The names that are, like this one, inside or outside `ext`. */
  readonly #names: Names;
  #opening: Name | undefined;
  #follower: Name | undefined;

  constructor(text: string, field: SensitiveField | undefined, names: Names) {
    this.#text = text;
    this.field = field;
    this.#names = names;
  }

  /** No name, but the predecessor of the first member, where the value of this member is an object. */
  get opening(): Name {
    this.#opening ??= new Name('', undefined, this.#text === EXTENSION_MEMBER ? BELOW_EXTENSION : this.#names);
    return this.#opening;
  }

  /** The name of the next member. */
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

/** The place of a whole answer, which is no member of anything. */
export const OUTERMOST = new Name('', undefined, new Names(false));
