import { DateShift, readDate, writeDate } from './dates.js';
import { type Draws, RecordingKey } from './draws.js';
import { Words } from './words.js';

/** Clever's ids: 24 hex digits, of which the first eight are a time in seconds. */
const OBJECT_ID = /^[0-9a-f]{24}$/u;
const HEX_ID = /^(?=.*\d)[0-9a-f-]{16,}$/iu;
const URL_LIKE = /^(?<scheme>https?):\/\//iu;
/** A phone number that is written like one: ten digits alone could be any number. */
const PHONE = /^(?=\d*[\s().+-])\+?[\d\s().-]{9,}\d/u;
/** Numbers that the telephone companies of North America keep for fiction: 555-0100 to 555-0199. */
const FICTITIOUS_PHONE = '55501';
const SHORTEST_PHONE = 9;
/** Days in which the date of an unknown member is drawn. */
const UNKNOWN_DATE_DAYS = 7_300;
const DAY_MS = 86_400_000;

/** The stand-ins of one recording: the same value always has the same one. */
export class Pseudonyms {
  readonly #key = new RecordingKey();
  readonly #words = new Words(this.#key);
  readonly #ids = new Map<string, string>();
  readonly #texts = new Set<string>();
  readonly dates = new DateShift(this.#key.draws('shift'));

  /** Random numbers for one purpose. */
  draws(...labels: readonly (string | number)[]): Draws {
    return this.#key.draws(...labels);
  }

  /** Takes note of a value of the source, and of everything in it, which no stand-in may equal. */
  avoid(value: unknown): void {
    const unvisited: unknown[] = [value];
    while (unvisited.length > 0) {
      const next = unvisited.pop();
      if (typeof next === 'string' || typeof next === 'number') {
        this.#words.avoid(String(next));
        this.#texts.add(String(next));
      } else if (typeof next === 'object' && next !== null) {
        for (const [name, member] of Object.entries(next)) {
          if (!Array.isArray(next)) {
            this.#words.avoid(name);
          }
          unvisited.push(member);
        }
      }
    }
  }

  /**
   * Gives an id its stand-in, of the same kind.
   *
   * @param seconds - The time that the stand-in says, for an id that contains one.
   */
  assignId(id: string, seconds: number): string {
    const draws = this.#key.draws('id', id);
    const standIn = OBJECT_ID.test(id) ? hexSeconds(seconds) + draws.hex(16) : this.text(id);
    this.#ids.set(id, standIn);
    return standIn;
  }

  /** The stand-in of an id. One that was not assigned says no time of its own. */
  id(id: string): string {
    const known = this.#ids.get(id);
    if (known !== undefined || id === '') {
      return known ?? '';
    }
    const draws = this.#key.draws('unknown id', id);
    return OBJECT_ID.test(id) ? this.assignId(id, Math.floor(this.#anyTime(draws) / 1_000)) : this.text(id);
  }

  /** A text of the same form. Ids, e-mail addresses, links, phone numbers and dates are recognized by their form. */
  text(text: string): string {
    const assigned = this.#ids.get(text);
    if (assigned !== undefined || text === '') {
      return assigned ?? '';
    }
    if (OBJECT_ID.test(text)) {
      return this.id(text);
    }
    if (HEX_ID.test(text)) {
      return this.#hexLike(text);
    }
    if (readDate(text) !== undefined) {
      return writeDate(this.#anyTime(this.#key.draws('date', text)), text);
    }
    const scheme = URL_LIKE.exec(text)?.groups?.['scheme'];
    if (scheme !== undefined) {
      return `${scheme.toLowerCase()}://${this.#host(text)}/`;
    }
    if (text.includes('@')) {
      return text
        .split('@')
        .map((part, index) => (index === 0 ? this.#words.standIn(part) : this.#domain(part)))
        .join('@');
    }
    return PHONE.test(text) ? this.phone(text) : this.#words.standIn(text);
  }

  /** A phone number that belongs to no subscriber, in the form of the original; a text, if that has too few digits. */
  phone(text: string): string {
    const digits = text.replaceAll(/\D/gu, '');
    if (digits.length < SHORTEST_PHONE) {
      return this.#words.standIn(text);
    }
    for (let attempt = 0; ; attempt += 1) {
      const standIn = this.#phoneLike(text, digits, attempt);
      if (!this.#texts.has(standIn)) {
        return standIn;
      }
    }
  }

  /** Any value of an unknown member: names and values are replaced by others of the same shape. */
  shape(value: unknown, depth = 0): unknown {
    if (typeof value === 'string') {
      return this.text(value);
    }
    if (typeof value === 'number') {
      return this.number(value);
    }
    if (typeof value === 'boolean') {
      return this.#key.draws('boolean').below(2) === 0 ? value : !value;
    }
    if (typeof value !== 'object' || value === null || depth > 32) {
      return null;
    }
    return Array.isArray(value)
      ? value.map((item) => this.shape(item, depth + 1))
      : Object.fromEntries(
          Object.entries(value).map(([name, member]) => [this.memberName(name), this.shape(member, depth + 1)]),
        );
  }

  /** The stand-in of a member's name that no rule knows. */
  memberName(name: string): string {
    return this.text(name);
  }

  /** A number with as many digits before and after the point. */
  number(value: number): number {
    if (!Number.isFinite(value) || value === 0) {
      return 0;
    }
    const standIn = Number(this.#words.standIn(String(Math.abs(value)).replace(/e.*$/u, '')));
    return Math.sign(value) * (Number.isFinite(standIn) ? standIn : 1);
  }

  #hexLike(text: string): string {
    const draws = this.#key.draws('hex', text.toLowerCase());
    return text.replaceAll(/[0-9a-f]/giu, (digit) => {
      const drawn = draws.hex(1);
      return digit === digit.toLowerCase() ? drawn : drawn.toUpperCase();
    });
  }

  /** A name below `.example`, which no one owns (RFC 2606). */
  #domain(domain: string): string {
    const labels = domain.split('.');
    const standIn = this.#words.standIn(labels.length > 1 ? labels.slice(0, -1).join('.') : domain);
    return labels.length > 1 ? `${standIn}.example` : standIn;
  }

  #host(url: string): string {
    const host = url.replace(URL_LIKE, '').split(/[/?#]/u)[0] ?? '';
    return `${this.#key.draws('host', host).hex(10)}.example`;
  }

  #phoneLike(text: string, digits: string, attempt: number): string {
    const draws = this.#key.draws('phone', digits, attempt);
    const tail = FICTITIOUS_PHONE + String(draws.below(100)).padStart(2, '0');
    const head = Array.from({ length: Math.max(0, digits.length - tail.length) }, () => draws.between(2, 9)).join('');
    let index = 0;
    const inForm = text.replaceAll(/\d/gu, () => (head + tail).slice(-digits.length)[index++] ?? '0');
    // An extension in words.
    return inForm.replaceAll(/\p{L}[\p{L}\p{M}]*/gu, (word) => this.#words.standIn(word));
  }

  #anyTime(draws: Draws): number {
    return this.dates.moment(Date.now()) - draws.below(UNKNOWN_DATE_DAYS) * DAY_MS;
  }
}

function hexSeconds(seconds: number): string {
  return Math.max(0, seconds).toString(16).padStart(8, '0').slice(-8);
}
