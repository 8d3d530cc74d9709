import { groupBy } from '../../util/group-by.js';
import { isObject } from '../../util/is-object.js';
import type { Json } from '../../util/types.js';
import type { RawRecord } from '../capture/kinds.js';
import type { Draws } from '../pseudonyms/draws.js';
import type { StandIn } from './stand-ins.js';

/** The stratum of people of whom there is no record, but only the id on a list. No other stratum has this name. */
const UNRECORDED = 'unrecorded';

/**
 * Deals people to lists at random: to each list as many as it has, of the same stratum. Lists keep their lengths, and
 * everyone is on nearly as many lists as the others of the stratum; who is with whom is chance.
 */
class Dealer {
  readonly #standIns: ReadonlyMap<string, StandIn>;
  readonly #draws: Draws;
  readonly #decks: ReadonlyMap<string, Deck>;

  /** @param lists - All lists, whose people are dealt. People who are on none are exchanged with those who are. */
  constructor(lists: readonly (readonly unknown[])[], standIns: ReadonlyMap<string, StandIn>, draws: Draws) {
    this.#standIns = standIns;
    this.#draws = draws;
    const listed = new Set(lists.flat());
    const unrecorded = [...listed].filter((id): id is string => isId(id) && !standIns.has(id));
    const strata = groupBy(standIns.entries(), ([, { stratum }]) => stratum);
    this.#decks = new Map([
      [UNRECORDED, new Deck(unrecorded, draws)],
      ...[...strata].map(([stratum, people]): [string, Deck] => {
        const ids = people.map(([id]) => id);
        const count = ids.filter((id) => listed.has(id)).length;
        return [stratum, new Deck(draws.shuffled(ids).slice(0, count), draws)];
      }),
    ]);
  }

  /** Whom each person of a list is replaced by. What is no id is not in it. */
  deal(list: readonly unknown[]): ReadonlyMap<unknown, string> {
    const people = [...new Set(list)].filter(isId);
    const dealt = new Map<unknown, string>();
    for (const [stratum, members] of groupBy(people, (id) => this.#standIns.get(id)?.stratum ?? UNRECORDED)) {
      const cards = this.#decks.get(stratum)?.deal(members.length) ?? [];
      this.#draws.shuffled(members).forEach((id, index) => {
        dealt.set(id, cards[index] ?? id);
      });
    }
    return dealt;
  }

  /** The same for a list of which some people were dealt before: they keep their places, and no one gets them too. */
  dealOthers(list: readonly unknown[], before: ReadonlyMap<unknown, unknown>): ReadonlyMap<unknown, unknown> {
    const taken = new Set(before.values());
    const dealt = new Map(before);
    for (const id of new Set(list.filter(isId).filter((one) => !before.has(one)))) {
      const deck = this.#decks.get(this.#standIns.get(id)?.stratum ?? UNRECORDED);
      const cards = deck?.deal(taken.size + 1) ?? [];
      const card = cards.find((one) => !taken.has(one)) ?? cards[0];
      taken.add(card);
      dealt.set(id, card);
    }
    return dealt;
  }
}

/** The people of a stratum in random order, dealt one after the other and then in another order. */
class Deck {
  readonly #people: readonly string[];
  readonly #draws: Draws;
  #left: string[] = [];

  constructor(people: readonly string[], draws: Draws) {
    this.#people = people;
    this.#draws = draws;
  }

  /** Deals different people; all of them when there are not enough. */
  deal(count: number): string[] {
    const dealt = new Set<string>();
    while (dealt.size < Math.min(count, this.#people.length)) {
      if (this.#left.length === 0) {
        this.#left = this.#draws.shuffled(this.#people);
      }
      dealt.add(this.#left.pop() ?? '');
    }
    return [...dealt];
  }
}

/** The sections, with other people in them. */
export function dealSections(
  sections: readonly RawRecord[],
  standIns: ReadonlyMap<string, StandIn>,
  draws: Draws,
): RawRecord[] {
  const students = new Dealer(sections.map(studentsOf), standIns, draws);
  const teachers = new Dealer(sections.map(teachersOf), standIns, draws);
  return sections.map((section) => {
    const asStudents = students.deal(studentsOf(section));
    const asTeachers = teachers.deal(teachersOf(section));
    return {
      ...section,
      ...replaced(section, 'students', asStudents),
      ...replaced(section, 'teacher', asTeachers),
      ...replaced(section, 'teachers', asTeachers),
    };
  });
}

/** What a section was before an event, and the section as it is in the source and as it was dealt. */
export interface SectionChange {
  readonly previous: Json;
  readonly source: RawRecord | undefined;
  readonly dealt: RawRecord | undefined;
}

/**
 * The previous values of sections, with other people in them: those who are still in the section are the same as
 * there, so that as many have come and gone as did in the source; all others are chance.
 *
 * @param sections - The sections of the source.
 */
export function dealPrevious(
  changes: readonly SectionChange[],
  sections: readonly RawRecord[],
  standIns: ReadonlyMap<string, StandIn>,
  draws: Draws,
): Json[] {
  const all = [...sections, ...changes.map(({ previous }) => previous)];
  const students = new Dealer(all.map(studentsOf), standIns, draws);
  const teachers = new Dealer(all.map(teachersOf), standIns, draws);
  return changes.map(({ previous, source = {}, dealt = {} }) => {
    const asStudents = students.dealOthers(studentsOf(previous), pairs(studentsOf(source), studentsOf(dealt)));
    const asTeachers = teachers.dealOthers(teachersOf(previous), pairs(teachersOf(source), teachersOf(dealt)));
    return {
      ...previous,
      ...replaced(previous, 'students', asStudents),
      ...replaced(previous, 'teacher', asTeachers),
      ...replaced(previous, 'teachers', asTeachers),
    };
  });
}

function pairs(ids: readonly unknown[], others: readonly unknown[]): ReadonlyMap<unknown, unknown> {
  return new Map(ids.map((id, index) => [id, others[index]]));
}

/**
 * The stand-ins, with other students for each contact.
 *
 * @param people - The people of the source, who say how many students have contacts.
 */
export function dealContacts(
  people: readonly RawRecord[],
  standIns: ReadonlyMap<string, StandIn>,
  draws: Draws,
): ReadonlyMap<string, StandIn> {
  const contacts = [...standIns].filter(([, { record }]) => relationshipsOf(record).length > 0);
  // All students are one stratum, as far as their contacts are concerned.
  const students = new Map([...standIns].map(([id, standIn]) => [id, { ...standIn, stratum: standIn.roles }]));
  const dealer = new Dealer(people.map(studentsOfContact), students, draws);
  const dealt = new Map(standIns);
  for (const [id, standIn] of contacts) {
    dealt.set(id, { ...standIn, record: withStudents(standIn.record, dealer.deal(studentsOfContact(standIn.record))) });
  }
  return dealt;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function studentsOf({ students }: Json): unknown[] {
  return Array.isArray(students) ? students : [];
}

function teachersOf({ teacher, teachers }: Json): unknown[] {
  return [teacher, ...(Array.isArray(teachers) ? teachers : [])];
}

/** A member with its ids exchanged, if it exists. */
function replaced(record: Json, member: string, by: ReadonlyMap<unknown, unknown>): object {
  if (!Object.hasOwn(record, member)) {
    return {};
  }
  const value = record[member];
  const exchange = (id: unknown): unknown => by.get(id) ?? id;
  return { [member]: Array.isArray(value) ? value.map(exchange) : exchange(value) };
}

function relationshipsOf({ roles }: RawRecord): unknown[] {
  const contact = isObject(roles) ? roles['contact'] : undefined;
  const relationships = isObject(contact) ? contact['student_relationships'] : undefined;
  return Array.isArray(relationships) ? relationships : [];
}

function studentsOfContact(record: RawRecord): unknown[] {
  return relationshipsOf(record).map((one) => (isObject(one) ? one['student'] : undefined));
}

function withStudents(record: RawRecord, by: ReadonlyMap<unknown, string>): RawRecord {
  const roles = record['roles'] as Record<string, unknown>;
  const relationships = relationshipsOf(record).map((one) =>
    isObject(one) && Object.hasOwn(one, 'student')
      ? { ...one, student: by.get(one['student']) ?? one['student'] }
      : one,
  );
  return {
    ...record,
    roles: { ...roles, contact: { ...(roles['contact'] as object), student_relationships: relationships } },
  };
}
