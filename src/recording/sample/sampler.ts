import type { Paginated } from '../../index.js';
import { isObject } from '../../util/is-object.js';
import type { Facts } from '../capture/facts.js';
import { isRecord, type Kind, type RawRecord, rolesOf } from '../capture/kinds.js';
import type { Requests } from './requests.js';
import { Shapes } from './shapes.js';

/** What a sample needs of a client of a district. */
export interface SampledDistrict {
  readonly districts: { list(): Paginated<object> };
  readonly schools: Collection;
  readonly terms: Collection;
  readonly courses: Collection;
  readonly resources: Collection;
  readonly users: Collection;
  readonly sections: Collection & { listUsers(id: string, params?: PageOptions): Paginated<object> };
  readonly events: { list(params?: PageOptions): Paginated<object> };
}

interface PageOptions {
  readonly pageSize?: number;
  readonly prefetch?: number;
}

interface Collection {
  list(params?: PageOptions & { readonly role?: never }): Paginated<object>;
  get(id: string): Promise<object>;
}

/** Pages are as large as they may be: a page costs one request, whatever its size. */
const PAGES: PageOptions = { pageSize: 1_000, prefetch: 0 };
const EVENT_PAGES: PageOptions = { pageSize: 100, prefetch: 0 };
/** The order in which roles are read: those that few people have, first. */
const ROLES = ['district_admin', 'staff', 'teacher', 'contact', 'student'] as const;
/** The most pages that are read of the people of a role and of the sections, of each 100 requests. */
const PAGES_OF_ROLE = 3;
const PAGES_OF_SECTIONS = 6;
/** How many records of one shape are looked for. */
const RECORDS_OF_SHAPE = 2;
/** The most people of a role who are taken although nothing about them is new. */
const USUAL_PEOPLE = 25;
/** The share of the requests that is kept for what the sections refer to. */
const SHARE_OF_REFERENCES = 0.15;
/** An id that no record has, to learn how the district refuses. */
const NO_ID = '000000000000000000000000';

/**
 * Reads a bounded sample of a district, in which what belongs together is together: whole sections with their people,
 * schools, terms and courses; people of every role; and first of all what has a shape that was not seen yet.
 */
export class Sampler {
  readonly #district: SampledDistrict;
  readonly #requests: Requests;
  readonly #facts: Facts;
  readonly #pages: number;
  readonly #found: Readonly<Record<'schools' | 'terms' | 'courses', Map<string, RawRecord>>> = {
    schools: new Map(),
    terms: new Map(),
    courses: new Map(),
  };
  readonly #people = new Map<string, RawRecord>();
  readonly #sections = new Map<string, RawRecord>();
  #contacts: readonly RawRecord[] = [];

  constructor(district: SampledDistrict, requests: Requests, facts: Facts) {
    this.#district = district;
    this.#requests = requests;
    this.#facts = facts;
    this.#pages = Math.max(1, Math.round(requests.left / 100));
  }

  /** Reads the sample into the facts. */
  async sample(): Promise<void> {
    await this.#readWhatIsFew();
    const odd = await this.#readPeople();
    const others = await this.#readSections(odd);
    await this.#readReferences();
    await this.#readMoreSections(others);
    this.#takeContacts();
    this.#addAll();
  }

  /** How many sections and people the sample has. */
  get size(): { readonly sections: number; readonly people: number } {
    return { sections: this.#sections.size, people: this.#people.size };
  }

  async #readWhatIsFew(): Promise<void> {
    const { districts, resources, events, users } = this.#district;
    this.#add('districts', await this.#requests.read(districts.list(), 1));
    await this.#requests.send(() => users.get(NO_ID));
    for (const kind of ['schools', 'terms', 'courses'] as const) {
      const records = await this.#requests.read(this.#district[kind].list(PAGES), this.#pages);
      for (const record of this.#recordsOf(kind, records)) {
        this.#found[kind].set(record.id, record);
      }
    }
    this.#add('resources', await this.#requests.read(resources.list(PAGES), 1));
    for (const event of await this.#requests.read(events.list(EVENT_PAGES), this.#pages)) {
      this.#facts.addEvent(event);
    }
  }

  /** Takes people of every role; returns the students and teachers among them whose shape is new. */
  async #readPeople(): Promise<ReadonlySet<string>> {
    const odd = new Set<string>();
    for (const role of ROLES) {
      const shapes = new Shapes();
      const read = await this.#requests.read(
        this.#district.users.list({ ...PAGES, role: role as never }),
        PAGES_OF_ROLE * this.#pages,
      );
      const people = this.#recordsOf('users', read);
      const unusual = people.filter((user) => shapes.isNew(user, RECORDS_OF_SHAPE));
      const isInClasses = role === 'student' || role === 'teacher';
      for (const user of [...unusual, ...(isInClasses || role === 'contact' ? [] : people.slice(0, USUAL_PEOPLE))]) {
        this.#people.set(user.id, user);
      }
      if (role === 'contact') {
        this.#contacts = people;
      }
      for (const { id } of isInClasses ? unusual : []) {
        odd.add(id);
      }
    }
    return odd;
  }

  /**
   * Takes whole sections: those of odd people, those of new shapes, and others from everywhere in the district.
   *
   * @returns The sections that were not read, in that order.
   */
  async #readSections(odd: ReadonlySet<string>): Promise<RawRecord[]> {
    const listed = this.#recordsOf(
      'sections',
      await this.#requests.read(this.#district.sections.list(PAGES), PAGES_OF_SECTIONS * this.#pages),
    );
    const shapes = new Shapes();
    const ofOdd = listed.filter((section) => peopleIn(section).some((id) => odd.has(id)));
    const unusual = listed.filter((section) => shapes.isNew(section, RECORDS_OF_SHAPE));
    const reserve = Math.ceil(this.#requests.left * SHARE_OF_REFERENCES);
    // Odd people and odd sections by turns, so that neither uses up the requests.
    const wanted = [...new Set([...byTurns(unusual, ofOdd), ...spread(listed)])];
    while (wanted.length > 0 && this.#requests.left > reserve) {
      await this.#readSection(wanted.shift() as RawRecord);
    }
    return wanted;
  }

  /** Spends what is left on sections that refer to nothing unread. */
  async #readMoreSections(sections: readonly RawRecord[]): Promise<void> {
    for (const section of sections) {
      const { school, term_id: term, course } = section;
      if (this.#isKnown('schools', school) && this.#isKnown('terms', term) && this.#isKnown('courses', course)) {
        await this.#readSection(section);
      }
    }
  }

  async #readSection(section: RawRecord): Promise<void> {
    if (this.#requests.left <= 0) {
      return;
    }
    const people = await this.#requests.read(this.#district.sections.listUsers(section.id, PAGES), 1);
    if (people.length > 0 || peopleIn(section).length === 0) {
      this.#sections.set(section.id, section);
      for (const user of this.#recordsOf('users', people)) {
        this.#people.set(user.id, user);
      }
    }
  }

  /** Reads the schools, terms and courses that were not listed. A section whose school cannot be read is left out. */
  async #readReferences(): Promise<void> {
    for (const [id, section] of this.#sections) {
      const hasSchool = await this.#find('schools', section['school']);
      if (!hasSchool) {
        this.#facts.drop('sections whose school could not be read');
        this.#sections.delete(id);
        continue;
      }
      await this.#find('terms', section['term_id']);
      await this.#find('courses', section['course']);
    }
    await this.#readSchoolsOfPeople();
  }

  async #readSchoolsOfPeople(): Promise<void> {
    for (const user of this.#people.values()) {
      for (const school of schoolsOf(user)) {
        await this.#find('schools', school);
      }
    }
  }

  /** Whether a reference is to nothing, or to a record that was read. */
  async #find(kind: 'schools' | 'terms' | 'courses', id: unknown): Promise<boolean> {
    if (this.#isKnown(kind, id)) {
      return true;
    }
    const record = await this.#requests.send(() => this.#district[kind].get(String(id)));
    for (const found of this.#recordsOf(kind, record === undefined ? [] : [record])) {
      this.#found[kind].set(found.id, found);
    }
    return this.#isKnown(kind, id);
  }

  #isKnown(kind: 'schools' | 'terms' | 'courses', id: unknown): boolean {
    return typeof id !== 'string' || id === '' || this.#found[kind].has(id);
  }

  /** Takes the contacts of the students of the sample, who are contacts of these students alone. */
  #takeContacts(): void {
    for (const contact of this.#contacts) {
      if (studentsOf(contact).some((id) => this.#people.has(id))) {
        this.#people.set(contact.id, contact);
      }
    }
    for (const [id, user] of this.#people) {
      this.#people.set(
        id,
        withStudents(user, (student) => this.#people.has(student)),
      );
    }
  }

  #addAll(): void {
    const named = new Set([
      ...[...this.#sections.values()].flatMap(({ school, course, term_id: term }) => [school, course, term]),
      ...[...this.#people.values()].flatMap(schoolsOf),
    ]);
    for (const kind of ['schools', 'terms', 'courses'] as const) {
      this.#add(
        kind,
        [...this.#found[kind].values()].filter(({ id }) => named.has(id)),
      );
    }
    this.#add('users', [...this.#people.values()]);
    this.#add('sections', [...this.#sections.values()]);
  }

  #recordsOf(kind: Kind, values: readonly unknown[]): RawRecord[] {
    return values.filter((value) => {
      const isFit = isRecord(kind, value);
      if (!isFit) {
        this.#facts.drop(`${kind} without an id or a district`);
      }
      return isFit;
    }) as RawRecord[];
  }

  #add(kind: Kind, records: readonly unknown[]): void {
    for (const record of records) {
      this.#facts.addRecord(kind, record);
    }
  }
}

function peopleIn({ students, teachers, teacher }: RawRecord): string[] {
  return [students, teachers, teacher].flat().filter((id): id is string => typeof id === 'string');
}

function schoolsOf(user: RawRecord): unknown[] {
  return Object.values(rolesOf(user)).flatMap(({ school, schools }) => [school, schools].flat());
}

function studentsOf(user: RawRecord): string[] {
  const relationships = rolesOf(user)['contact']?.['student_relationships'];
  return (Array.isArray(relationships) ? relationships : []).flatMap((one: unknown) =>
    isObject(one) && typeof one['student'] === 'string' ? [one['student']] : [],
  );
}

/** A contact without the students who are not in the sample. */
function withStudents(user: RawRecord, isKept: (student: string) => boolean): RawRecord {
  const contact = rolesOf(user)['contact'];
  const relationships = contact?.['student_relationships'];
  if (contact === undefined || !Array.isArray(relationships)) {
    return user;
  }
  const kept = relationships.filter(
    (one: unknown) => !isObject(one) || typeof one['student'] !== 'string' || isKept(one['student']),
  );
  return { ...user, roles: { ...(user['roles'] as object), contact: { ...contact, student_relationships: kept } } };
}

/** The items of two lists, one of each at a time. */
function byTurns<Item>(first: readonly Item[], second: readonly Item[]): Item[] {
  return Array.from({ length: Math.max(first.length, second.length) }, (_, index) => [
    ...first.slice(index, index + 1),
    ...second.slice(index, index + 1),
  ]).flat();
}

/** The items of a list in an order in which each beginning is spread over the whole list. */
function spread<Item>(items: readonly Item[]): Item[] {
  const step = Math.max(1, Math.floor(Math.sqrt(items.length)));
  return Array.from({ length: step }, (_, offset) => items.filter((_item, index) => index % step === offset)).flat();
}
