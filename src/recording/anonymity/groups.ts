import { groupBy } from '../../util/group-by.js';
import type { RawRecord } from '../capture/kinds.js';
import { readDate } from '../pseudonyms/dates.js';
import type { Draws } from '../pseudonyms/draws.js';
import { type Attribute, isDob } from './attributes.js';
import { type Cell, type CellValue, readCell } from './cells.js';

const DOB: Cell = { part: 'student', members: ['dob'] };
/** What counts as the time of birth of people without a date of birth. */
const NOT_BORN = 0;

/** People who have the same values in everything that stays of them. */
export interface Group {
  readonly people: readonly RawRecord[];
  /** The values that each of them gets. */
  readonly values: readonly { readonly cell: Cell; readonly value: CellValue }[];
  /** The person in the middle by date of birth and by id, whose times the group gets. */
  readonly middle: RawRecord;
}

/** What the making of groups has replaced. */
export interface Replaced {
  /** How many people got another value in these members. */
  readonly members: string;
  readonly people: number;
}

/** Divides people into groups of at least `size`, or leaves them in one when they are fewer. */
export class Grouping {
  readonly #size: number;
  readonly #draws: Draws;
  readonly #replaced = new Map<string, number>();

  constructor(size: number, draws: Draws) {
    this.#size = size;
    this.#draws = draws;
  }

  /** In which members values were replaced, and for how many people. */
  get replaced(): Replaced[] {
    return [...this.#replaced].map(([members, people]) => ({ members, people }));
  }

  /**
   * Divides people by one attribute after the other. A person whose value too few of a group have is given one of the
   * others', at random and in their proportion.
   *
   * @param isOdd - Whether a person's value is passed on to another person by other means, and counts as missing here.
   */
  divide(
    people: readonly RawRecord[],
    attributes: readonly Attribute[],
    isOdd: (user: RawRecord, attribute: Attribute) => boolean,
  ): Group[] {
    let groups: Omit<Group, 'middle'>[] = people.length === 0 ? [] : [{ people, values: [] }];
    for (const attribute of attributes) {
      groups = groups.flatMap((group) => this.#divideBy(attribute, group, isOdd));
    }
    return groups.flatMap((group) => this.#divideByAge(group));
  }

  #divideBy(
    attribute: Attribute,
    { people, values }: Omit<Group, 'middle'>,
    isOdd: (user: RawRecord, attribute: Attribute) => boolean,
  ): Omit<Group, 'middle'>[] {
    const usual = people.filter((user) => !isOdd(user, attribute));
    const byCategory = [...groupBy(usual, attribute.category)].sort(([, a], [, b]) => b.length - a.length);
    const largest = byCategory[0];
    if (largest === undefined) {
      return [{ people, values }];
    }
    const common = byCategory.filter(([, members]) => members.length >= this.#size);
    const kept = new Map((common.length === 0 ? [largest] : common).map(([name, members]) => [name, [...members]]));
    const holders = [...kept].flatMap(([name, members]) => members.map(() => name));
    const [first = ''] = kept.keys();
    for (const user of people) {
      if (isOdd(user, attribute) || !kept.has(attribute.category(user))) {
        kept.get(common.length === 0 ? first : this.#draws.pick(holders))?.push(user);
        this.#count(attribute, isOdd(user, attribute));
      }
    }
    return [...kept.values()].map((members) => ({
      people: members,
      values: [...values, { cell: attribute, value: readCell(members[0] as RawRecord, attribute) }],
    }));
  }

  #count({ part, members }: Cell, isOdd: boolean): void {
    if (!isOdd) {
      const name = [part, members.join(' and ')].filter((text) => text !== '').join(': ');
      this.#replaced.set(name, (this.#replaced.get(name) ?? 0) + 1);
    }
  }

  /** Divides a group into those of about the same age, and those of about the same time at Clever. */
  #divideByAge({ people, values }: Omit<Group, 'middle'>): Group[] {
    const sorted = [...people].sort((a, b) => bornAt(a) - bornAt(b) || (a.id < b.id ? -1 : 1));
    const count = Math.max(1, Math.floor(sorted.length / this.#size));
    return Array.from({ length: count }, (_, index) => {
      const members = sorted.slice(
        Math.floor((index * sorted.length) / count),
        Math.floor(((index + 1) * sorted.length) / count),
      );
      return {
        people: members,
        values: values.map(({ cell, value }) => ({
          cell,
          value: isDob(cell) ? middleBirthday(members, value) : value,
        })),
        middle: members[Math.floor(members.length / 2)] as RawRecord,
      };
    });
  }
}

/** The middle one of the dates of birth; the value itself when they are no dates. */
function middleBirthday(people: readonly RawRecord[], value: CellValue): CellValue {
  const born = people.filter((user) => bornAt(user) !== NOT_BORN);
  const middle = born[Math.floor(born.length / 2)];
  const isDate = typeof value['dob'] === 'string' && readDate(value['dob']) !== undefined;
  return isDate && middle !== undefined ? readCell(middle, DOB) : value;
}

/** The date of birth in milliseconds since 1970; the same for all who have none. */
function bornAt(user: RawRecord): number {
  const { dob } = readCell(user, DOB);
  return (typeof dob === 'string' ? readDate(dob) : undefined) ?? NOT_BORN;
}
