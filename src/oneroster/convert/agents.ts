import { IdTable } from '../../oneroster-files/index.js';

const WORDS = 3;
const OBJECT_ID = /^[0-9a-f]{24}$/u;

/**
 * The contacts of students, in little memory: 16 bytes for each relation beside those of the table. The contacts of a
 * student are a chain, of which the table has the last one.
 */
export class Agents {
  readonly #last = new IdTable();
  #contacts = new Uint32Array(1_024 * WORDS);
  /** The number of the relation before, of the same student. */
  #before = new Uint32Array(1_024);
  /** Ids in another form than Clever's, by the number of their relation. */
  readonly #others = new Map<number, string>();
  #count = 0;

  add(student: string, contact: string): void {
    this.#count += 1;
    if (this.#count >= this.#before.length) {
      this.#grow();
    }
    this.#before[this.#count] = this.#last.get(student) ?? 0;
    this.#last.set(student, this.#count);
    if (OBJECT_ID.test(contact)) {
      for (let word = 0; word < WORDS; word += 1) {
        this.#contacts[this.#count * WORDS + word] = Number.parseInt(contact.slice(word * 8, word * 8 + 8), 16);
      }
    } else {
      this.#others.set(this.#count, contact);
    }
  }

  /** The contacts of a student, in the order in which they were added. */
  of(student: string): readonly string[] {
    const found: string[] = [];
    for (let at = this.#last.get(student) ?? 0; at !== 0; at = this.#before[at] ?? 0) {
      found.unshift(this.#others.get(at) ?? this.#idAt(at));
    }
    return found;
  }

  #idAt(at: number): string {
    const words = this.#contacts.subarray(at * WORDS, (at + 1) * WORDS);
    return [...words].map((word) => word.toString(16).padStart(8, '0')).join('');
  }

  #grow(): void {
    const [contacts, before] = [this.#contacts, this.#before];
    this.#contacts = new Uint32Array(contacts.length * 2);
    this.#contacts.set(contacts);
    this.#before = new Uint32Array(before.length * 2);
    this.#before.set(before);
  }
}
