import { DateShift, readDate, writeDate } from './dates.js';
import { type Draws, RecordingKey } from './draws.js';
import { Words } from './words.js';

/** Clever's ids: 24 hex digits, of which the first eight are a time in seconds. */
const OBJECT_ID = /^[0-9a-f]{24}$/u;
const TAIL_LENGTH = 16;
/** Other ids of hex digits, such as UUIDs; digits alone are a number. */
const HEX_ID = /^(?=.*\d)(?=.*[a-f])(?:[0-9a-f]-?){16,}$/iu;
const PORTAL = /^https:\/\/clever\.com\/in\//u;
const URL_LIKE = /^(?<scheme>https?):\/\//iu;
/** A phone number that is written like one: ten digits alone could be any number. */
const PHONE = /^(?=\d*[\s().+-])\+?[\d\s().-]{9,}\d/u;
/** Numbers that the telephone companies of North America keep for fiction: 555-0100 to 555-0199. */
const FICTITIOUS_PHONE = '55501';
const SHORTEST_PHONE = 9;
/** How far all dates are moved, in weeks, so that the day of the week stays. */
const SHIFT_WEEKS = { least: 5, most: 52 };
/** How much further or less far birthdays are moved. */
const BIRTHDAY_DAYS = 45;
/** How much further the times of people's records are moved. */
const LATEST_PERSONAL_SECONDS = 500_000;
/** Days in which the date of an unknown member is drawn. */
const UNKNOWN_DATE_DAYS = 7_300;
const DAY_MS = 86_400_000;

/** What dates are the dates of: what the district or Clever did, births, or what happened to a person's record. */
export type DateSort = 'date' | 'birthday' | 'personal time';

/** The stand-ins of one recording: the same value always has the same one. */
export class Pseudonyms {
  readonly #key = new RecordingKey();
  readonly #words = new Words(this.#key);
  readonly #ids = new Map<string, string>();
  readonly #texts = new Set<string>();
  /** Read once: what depends on it must be the same from the first value to the last. */
  readonly #now = Date.now();
  /** How far dates are moved, by what they are the dates of. */
  readonly shifts: Readonly<Record<DateSort, DateShift>> = shiftsOf(this.#key.draws('shifts'));

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
   * Gives ids their stand-ins, of the same kind and in the same order.
   *
   * @param secondsOf - The time that a stand-in says, for ids that contain one. It must not descend.
   */
  assignIds(ids: readonly string[], secondsOf: (id: string) => number): void {
    const tails = new Map<number, string[]>();
    for (const id of ids) {
      const seconds = secondsOf(id);
      const tailsOfSecond = tails.get(seconds) ?? [];
      tailsOfSecond.push(this.#key.draws('id', id).hex(TAIL_LENGTH));
      tails.set(seconds, tailsOfSecond);
    }
    for (const tailsOfSecond of tails.values()) {
      tailsOfSecond.sort().reverse();
    }
    for (const id of ids) {
      const seconds = secondsOf(id);
      const tail = tails.get(seconds)?.pop() ?? '';
      this.#ids.set(id, isObjectId(id) ? hexSeconds(seconds) + tail : this.text(id));
    }
  }

  /** The stand-in of an id. One that was not assigned says no time of its own. */
  id(id: string): string {
    return this.#ids.get(id) ?? this.text(id);
  }

  /**
   * A text of the same form. Ids, e-mail addresses, links, phone numbers and dates are recognized by their form.
   *
   * @param scope - Texts of one scope share the stand-ins of their words. Default: the scope of names.
   */
  text(text: string, scope = ''): string {
    if (isObjectId(text)) {
      // Not the stand-in that a record has for its id: a text must not lead to the record of a person.
      const draws = this.#key.draws('loose id', text);
      return hexSeconds(Math.floor(this.#anyTime(draws) / 1_000)) + draws.hex(TAIL_LENGTH);
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
        .map((part, index) => (index === 0 ? this.#words.standIn(part, scope) : this.#domain(part)))
        .join('@');
    }
    return PHONE.test(text) ? this.phone(text) : this.#words.standIn(text, scope);
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

  /** A link to a portal of Clever's with an invented name; any other link is a text. */
  portal(text: string): string {
    return PORTAL.test(text) ? `https://clever.com/in/${this.#key.draws('portal', text).hex(12)}` : this.text(text);
  }

  /** Any value of an unknown member: names and values are replaced by others of the same shape. */
  shape(value: unknown, depth = 0): unknown {
    if (typeof value === 'string') {
      return this.text(value, value);
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
    return this.shifts.date.moment(this.#now) - draws.below(UNKNOWN_DATE_DAYS) * DAY_MS;
  }
}

function shiftsOf(draws: Draws): Record<DateSort, DateShift> {
  const date = draws.between(SHIFT_WEEKS.least, SHIFT_WEEKS.most) * 7 * DAY_MS;
  return {
    date: new DateShift(date),
    // People stay about as old as their grade.
    birthday: new DateShift(date + draws.between(-BIRTHDAY_DAYS, BIRTHDAY_DAYS) * DAY_MS),
    'personal time': new DateShift(date + draws.between(60, LATEST_PERSONAL_SECONDS) * 1_000),
  };
}

/** Whether a text is an id that begins with its time. */
export function isObjectId(text: string): boolean {
  return OBJECT_ID.test(text);
}

/** The time in an id, in seconds since 1970. */
export function secondsOfId(id: string): number {
  return isObjectId(id) ? Number.parseInt(id.slice(0, 8), 16) : 0;
}

function hexSeconds(seconds: number): string {
  return Math.max(0, Math.floor(seconds)).toString(16).padStart(8, '0').slice(-8);
}
