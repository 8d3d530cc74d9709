import {
  type AnyRecord,
  KINDS,
  type Kind,
  type ResourceRecord,
  type Roster,
  type SectionRecord,
  type UserRecord,
} from '../../../src/sandbox/roster/records.js';
import { schoolsOf } from '../../../src/sandbox/roster/roles.js';
import type { PageQuery, Relation } from '../../../src/sandbox/roster/store/store.js';

/** The content of a page: its ids, and whether records exist before and after it. */
export interface IdPage {
  readonly ids: readonly string[];
  readonly hasMore: boolean;
  readonly hasEarlier: boolean;
}

/** A roster that answers the slow way: every list is computed from all records, by its definition. */
export class Oracle {
  readonly #assignments: Roster['resourceAssignments'];
  readonly #records: Readonly<Record<Kind, Map<string, AnyRecord>>>;

  constructor(roster: Roster) {
    const lists = { ...roster, districts: [roster.district] };
    const entries = KINDS.map((kind) => [kind, new Map(lists[kind].map((record) => [record.id, record]))]);
    this.#records = Object.fromEntries(entries) as Record<Kind, Map<string, AnyRecord>>;
    this.#assignments = roster.resourceAssignments;
  }

  put(kind: Kind, record: AnyRecord): void {
    this.#records[kind].set(record.id, record);
  }

  remove(kind: Kind, id: string): void {
    this.#records[kind].delete(id);
  }

  get(kind: Kind, id: string): AnyRecord | undefined {
    return this.#records[kind].get(id);
  }

  ids(kind: Kind): string[] {
    return [...this.#records[kind].keys()].sort();
  }

  page(kind: Kind, query: PageQuery): IdPage {
    const { role } = query;
    return cut(role === undefined ? this.ids(kind) : this.ids(kind).filter((id) => this.#holds(id, role)), query);
  }

  related(relation: Relation, id: string, query: PageQuery): IdPage {
    const { role, isPrimary = false } = query;
    const ofSchool = relation === 'schools.users';
    const ids = this.relatedIds(relation, id).filter((found) => {
      if (role !== undefined && !this.#holds(found, role)) {
        return false;
      }
      const user = this.#user(ofSchool ? found : id);
      return !isPrimary || (user !== undefined && schoolsOf(user, true).includes(ofSchool ? id : found));
    });
    return cut(ids, query);
  }

  findByEmail(email: string): (AnyRecord | undefined)[] {
    const ids = this.ids('users').filter((one) => this.#user(one)?.email?.toLowerCase() === email.toLowerCase());
    return email === '' ? [] : ids.slice(0, 20).map((id) => this.get('users', id));
  }

  /** All records related to a record, without filters. */
  relatedIds(relation: Relation, id: string): string[] {
    const [kind, list] = relation.split('.') as [Kind, string];
    if (!this.#records[kind].has(id)) {
      return [];
    }
    const target = ['contacts', 'students', 'teachers'].includes(list) ? 'users' : (list as Kind);
    const found = new Set(this.#find(relation, id).filter((one) => one !== undefined));
    return [...found].filter((one) => this.#records[target].has(one)).sort();
  }

  #find(relation: Relation, id: string): (string | undefined)[] {
    const sections = this.#sections();
    const [, list] = relation.split('.');
    switch (relation) {
      case 'schools.courses':
        return sections.filter(({ school }) => school === id).map(({ course }) => course);
      case 'schools.terms':
        return sections.filter(({ school }) => school === id).map(({ term_id }) => term_id);
      case 'courses.schools':
        return sections.filter(({ course }) => course === id).map(({ school }) => school);
      case 'terms.schools':
        return sections.filter(({ term_id }) => term_id === id).map(({ school }) => school);
      case 'schools.sections':
        return sections.filter(({ school }) => school === id).map((section) => section.id);
      case 'courses.sections':
        return sections.filter(({ course }) => course === id).map((section) => section.id);
      case 'terms.sections':
        return sections.filter(({ term_id }) => term_id === id).map((section) => section.id);
      case 'users.sections':
        return this.#sectionsOf(id).map((section) => section.id);
      case 'sections.users':
        return people(this.get('sections', id) as SectionRecord);
      case 'schools.users':
        return this.ids('users').filter((user) => schoolsOf(this.get('users', user) as UserRecord).includes(id));
      case 'users.schools':
        return schoolsOf(this.get('users', id) as UserRecord);
      case 'users.contacts':
        return this.ids('users').filter((user) => children(this.#user(user)).includes(id));
      case 'users.students':
        return this.#holds(id, 'teacher') ? this.#classmates(id, 'student') : children(this.#user(id));
      case 'users.teachers':
        return this.#holds(id, 'student') ? this.#classmates(id, 'teacher') : [];
      case 'courses.resources':
        return this.#assigned(({ courses = [] }) => courses.includes(id));
      case 'resources.courses':
        return this.#assignments.filter(({ resource }) => resource === id).flatMap(({ courses = [] }) => courses);
      case 'sections.resources':
        return this.#resourcesOf(this.get('sections', id) as SectionRecord);
      case 'users.resources':
        return this.#sectionsOf(id)
          .flatMap((section) => this.#resourcesOf(section))
          .filter((resource) => this.#audience(resource).some((role) => this.#holds(id, role)));
      case 'resources.sections':
      case 'resources.users': {
        const mapped = sections.filter((section) => this.#resourcesOf(section).includes(id));
        return list === 'sections'
          ? mapped.map((section) => section.id)
          : mapped.flatMap(people).filter((person) => this.#audience(id).some((role) => this.#holds(person, role)));
      }
    }
  }

  #sections(): SectionRecord[] {
    return [...this.#records.sections.values()] as SectionRecord[];
  }

  #sectionsOf(person: string): SectionRecord[] {
    return this.#sections().filter((section) => people(section).includes(person));
  }

  #classmates(person: string, role: string): string[] {
    return this.#sectionsOf(person)
      .flatMap(people)
      .filter((one) => this.#holds(one, role));
  }

  #resourcesOf({ id, course = '' }: SectionRecord): string[] {
    const byCourse = this.#records.courses.has(course);
    return this.#assigned(
      ({ sections = [], courses = [] }) => sections.includes(id) || (byCourse && courses.includes(course)),
    );
  }

  #assigned(accepts: (assignment: Roster['resourceAssignments'][number]) => boolean): string[] {
    return this.#assignments.filter(accepts).map(({ resource }) => resource);
  }

  #audience(resource: string): readonly string[] {
    return (this.get('resources', resource) as ResourceRecord | undefined)?.roles ?? [];
  }

  #holds(id: string, role: string): boolean {
    return Object.hasOwn(this.#user(id)?.roles ?? {}, role);
  }

  #user(id: string): UserRecord | undefined {
    return this.get('users', id) as UserRecord | undefined;
  }
}

function people({ teacher, teachers = [], students = [] }: SectionRecord): string[] {
  return [...(teacher === undefined ? [] : [teacher]), ...teachers, ...students];
}

function children(user: UserRecord | undefined): string[] {
  return (user?.roles.contact?.student_relationships ?? []).map(({ student }) => student);
}

function cut(ids: readonly string[], { limit, after, before }: PageQuery): IdPage {
  if (before !== undefined) {
    const [earlier, later] = [ids.filter((id) => id < before), ids.filter((id) => id >= before)];
    return { ids: earlier.slice(-limit), hasMore: later.length > 0, hasEarlier: earlier.length > limit };
  }
  const rest = ids.filter((id) => after === undefined || id > after);
  return { ids: rest.slice(0, limit), hasMore: rest.length > limit, hasEarlier: rest.length < ids.length };
}
