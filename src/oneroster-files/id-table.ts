/** Slots at the beginning. */
const SMALLEST = 1_024;
/** How full the table may be before it is doubled. */
const FULLEST = 0.7;
const WORDS = 3;

/**
 * Many ids in little memory: 12 bytes each, and room to spare. An id of 24 hexadecimal digits, as Clever's are, is kept
 * as it is; of any other text, 96 bits are kept, which no two texts of a district share by accident.
 */
export class IdTable {
  #keys = new Uint32Array(SMALLEST * WORDS);
  #values = new Uint32Array(SMALLEST);
  #size = 0;
  readonly #key = new Uint32Array(WORDS);

  /** How many ids it has. */
  get size(): number {
    return this.#size;
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  /** The number that was stored with an id. */
  get(id: string): number | undefined {
    keyOf(id, this.#key);
    const slot = this.#slot();
    return this.#isFree(slot) ? undefined : this.#values[slot];
  }

  /** Adds an id, or gives it another number. Returns whether it is new. */
  set(id: string, value = 0): boolean {
    if (this.#size >= this.#values.length * FULLEST) {
      this.#grow();
    }
    keyOf(id, this.#key);
    const slot = this.#slot();
    const isNew = this.#isFree(slot);
    this.#keys.set(this.#key, slot * WORDS);
    this.#values[slot] = value;
    this.#size += isNew ? 1 : 0;
    return isNew;
  }

  /** The slot of the key, or the free one in which it would be. */
  #slot(): number {
    // Read one by one: to take a typed array apart runs its iterator, for each of millions of ids.
    const [key, keys] = [this.#key, this.#keys];
    const a = key[0] ?? 0;
    const b = key[1] ?? 0;
    const c = key[2] ?? 0;
    const mask = this.#values.length - 1;
    let slot = (a ^ Math.imul(b, 0x9e3779b1) ^ Math.imul(c, 0x85ebca6b)) & mask;
    while (!this.#isFree(slot)) {
      const at = slot * WORDS;
      if (keys[at] === a && keys[at + 1] === b && keys[at + 2] === c) {
        break;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #isFree(slot: number): boolean {
    const at = slot * WORDS;
    return this.#keys[at] === 0 && this.#keys[at + 1] === 0 && this.#keys[at + 2] === 0;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = new Uint32Array(keys.length * 2);
    this.#values = new Uint32Array(values.length * 2);
    for (let slot = 0; slot < values.length; slot += 1) {
      const at = slot * WORDS;
      if (keys[at] !== 0 || keys[at + 1] !== 0 || keys[at + 2] !== 0) {
        this.#key.set(keys.subarray(at, at + WORDS));
        const free = this.#slot();
        this.#keys.set(this.#key, free * WORDS);
        this.#values[free] = values[slot] ?? 0;
      }
    }
  }
}

const OBJECT_ID = /^[0-9a-f]{24}$/u;

function keyOf(id: string, key: Uint32Array): void {
  if (OBJECT_ID.test(id)) {
    for (let word = 0; word < WORDS; word += 1) {
      key[word] = Number.parseInt(id.slice(word * 8, word * 8 + 8), 16);
    }
  } else {
    let [a, b, c] = [0xdeadbeef, 0x41c6ce57, 0x2545f491];
    for (let index = 0; index < id.length; index += 1) {
      const code = id.charCodeAt(index);
      a = Math.imul(a ^ code, 0x9e3779b1);
      b = Math.imul(b ^ code, 0x5f356495);
      c = Math.imul(c ^ code, 0x85ebca6b) ^ (a >>> 15);
    }
    key[0] = Math.imul(a ^ (b >>> 16), 0x85ebca6b);
    key[1] = Math.imul(b ^ (c >>> 13), 0xc2b2ae35);
    key[2] = Math.imul(c ^ (a >>> 16), 0x27d4eb2f);
  }
  // A key of zeros marks a free slot.
  if (key[0] === 0 && key[1] === 0 && key[2] === 0) {
    key[0] = 1;
  }
}
