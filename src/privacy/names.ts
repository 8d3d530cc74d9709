import { EXTENSION_MEMBER, type SensitiveField, sensitiveFieldOf } from './sensitive-fields.js';

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
export class Name {
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
export const OUTERMOST = new Name('', undefined, new Names(false));
