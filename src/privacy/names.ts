import { EXTENSION_MEMBER, type SensitiveField, sensitiveFieldOf } from './sensitive-fields.js';

/** Districts choose the names of their extension fields, so there is no end of names. */
const MAX_REMEMBERED = 10_000;

/**
 * The name of a member, and what follows from it for the removal of sensitive fields.
 *
 * Names are remembered, because the next record has the same, mostly in the same order: then to find one takes the
 * comparison of two strings that are one and the same. That is five times as fast as to look at its letters again.
 */
export class Name {
  readonly #text: string;
  /** The sensitive field that bears the name. */
  readonly field: SensitiveField | undefined;
  /** The names that stand on the same side of `ext`. */
  readonly #names: Names;
  #opening: Name | undefined;
  #follower: Name | undefined;

  constructor(text: string, field: SensitiveField | undefined, names: Names) {
    this.#text = text;
    this.field = field;
    this.#names = names;
  }

  /** A name that is none: what stands before the first member of the object that this member is. */
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

/** The place of a whole answer, which is the member of nothing. */
export const OUTERMOST = new Name('', undefined, new Names(false));
