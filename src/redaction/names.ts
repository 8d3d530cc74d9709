import { EXTENSION_MEMBER, type SensitiveField, sensitiveFieldOf } from '../values/sensitive-fields.js';

/** Districts choose the names of their extension fields, so there is no end of names. */
const MAX_REMEMBERED = 10_000;
let remembered = 0;

/**
 * The name of a member in its place, and what follows from it for the removal of sensitive fields.
 *
 * Names are remembered, because the next record has the same in the same places, mostly in the same order: then to find one
 * takes the comparison of two strings that are one and the same. That is five times as fast as to look at its letters again.
 */
export class Name {
  readonly #text: string;
  /** The sensitive field that bears the name. */
  readonly field: SensitiveField | undefined;
  /** The names beside it. */
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
    if (this.#opening !== undefined) {
      return this.#opening;
    }
    const names = new Names(this.#names.isExtension || this.#text === EXTENSION_MEMBER);
    const opening = new Name('', undefined, names);
    if (isRemembered()) {
      this.#opening = opening;
    }
    return opening;
  }

  /** The name of the next member. */
  follower(text: string): Name {
    if (this.#follower === undefined || this.#follower.#text !== text) {
      this.#follower = this.#names.get(text);
    }
    return this.#follower;
  }
}

/** The names of the members of what stands in one place. */
class Names {
  /** Whether the district chose them. */
  readonly isExtension: boolean;
  readonly #known = new Map<string, Name>();

  constructor(isExtension: boolean) {
    this.isExtension = isExtension;
  }

  get(text: string): Name {
    let name = this.#known.get(text);
    if (name === undefined) {
      name = new Name(text, sensitiveFieldOf(text, this.isExtension), this);
      if (isRemembered()) {
        this.#known.set(text, name);
      }
    }
    return name;
  }
}

/** Whether one more may be remembered. */
function isRemembered(): boolean {
  remembered += 1;
  return remembered <= MAX_REMEMBERED;
}

/** The place of a whole answer, which is the member of nothing. */
export const OUTERMOST = new Name('', undefined, new Names(false));
