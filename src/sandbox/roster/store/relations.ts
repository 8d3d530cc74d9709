import { schoolsOf } from '../roles.js';
import { childrenOf, peopleOf } from './index-entries.js';
import { allIds, type EditedIds, sortedIds, unedited } from './ordered.js';
import type { RosterView } from './roster-view.js';
import type { Relation } from './store.js';

/** Lists without an index: they are computed from other records, as a whole. */
const COMPUTED: ReadonlySet<Relation> = new Set([
  'sections.users',
  'users.students',
  'users.teachers',
  'resources.sections',
  'resources.users',
]);
/**
 * How many of these lists are kept, and from which length: the next request is probably for the next page
 * of the same list.
 */
const KEPT_LISTS = 8;
const WORTH_KEEPING = 500;

/** Finds the ids of the records that are related to an existing record. */
export class Relations {
  readonly #view: RosterView;
  readonly #kept = new Map<string, EditedIds>();

  constructor(view: RosterView) {
    this.#view = view;
  }

  /** Drops the kept lists, which an edit may have changed. */
  forget(): void {
    this.#kept.clear();
  }

  /** Returns ascending ids; some of them may have no record. */
  list(relation: Relation, id: string): EditedIds {
    const kept = this.#kept.get(`${relation}/${id}`);
    if (kept !== undefined) {
      return kept;
    }
    const list = this.#find(relation, id);
    if (COMPUTED.has(relation) && list.base.length >= WORTH_KEEPING) {
      const [oldest] = this.#kept.keys();
      if (this.#kept.size >= KEPT_LISTS && oldest !== undefined) {
        this.#kept.delete(oldest);
      }
      this.#kept.set(`${relation}/${id}`, list);
    }
    return list;
  }

  #find(relation: Relation, id: string): EditedIds {
    const view = this.#view;
    switch (relation) {
      case 'schools.courses':
        return view.pairsOfSchool('courses', id);
      case 'schools.terms':
        return view.pairsOfSchool('terms', id);
      case 'courses.schools':
        return view.schoolsOf('courses', id);
      case 'terms.schools':
        return view.schoolsOf('terms', id);
      case 'schools.sections':
        return view.find('sections by school', id);
      case 'courses.sections':
        return view.find('sections by course', id);
      case 'terms.sections':
        return view.find('sections by term', id);
      case 'users.sections':
        return view.find('sections by person', id);
      case 'schools.users':
        return view.find('users by school', id);
      case 'users.contacts':
        return view.find('contacts by student', id);
      case 'users.schools':
        return sorted(schoolsOfUser(view, id));
      case 'sections.users':
        return sorted(membersOf(view, id));
      case 'users.students':
        return sorted(this.#studentsOf(id));
      case 'users.teachers':
        return sorted(view.rolesOf(id).includes('student') ? this.#classmates(id, 'teacher') : []);
      case 'courses.resources':
        return unedited(view.findAssigned('resources by course', id));
      case 'resources.courses':
        return unedited(view.findAssigned('courses by resource', id));
      case 'sections.resources':
        return sorted(this.#resourcesOfSection(id));
      case 'users.resources':
        return sorted(this.#resourcesOfUser(id));
      case 'resources.sections':
        return this.#sectionsOfResource(id);
      case 'resources.users':
        return sorted(this.#usersOfResource(id));
    }
  }

  #sectionsOf(person: string): string[] {
    return allIds(this.#view.find('sections by person', person));
  }

  /** Returns the people of a role in a person's sections. */
  #classmates(person: string, role: 'student' | 'teacher'): string[] {
    return this.#peopleIn(this.#sectionsOf(person), [role]);
  }

  #peopleIn(sections: readonly string[], roles: readonly string[]): string[] {
    return sections.flatMap((section) =>
      membersOf(this.#view, section).filter((person) =>
        this.#view.rolesOf(person).some((role) => roles.includes(role)),
      ),
    );
  }

  #studentsOf(id: string): string[] {
    if (this.#view.rolesOf(id).includes('teacher')) {
      return this.#classmates(id, 'student');
    }
    const user = this.#view.get('users', id);
    return user === undefined ? [] : childrenOf(user);
  }

  #resourcesOfSection(id: string): string[] {
    const course = this.#view.get('sections', id)?.course;
    const byCourse = course === undefined || !this.#view.has('courses', course) ? '' : course;
    return [
      ...allIds(unedited(this.#view.findAssigned('resources by section', id))),
      ...allIds(unedited(this.#view.findAssigned('resources by course', byCourse))),
    ];
  }

  #resourcesOfUser(id: string): string[] {
    const roles: readonly string[] = this.#view.rolesOf(id);
    const resources = new Set(this.#sectionsOf(id).flatMap((section) => this.#resourcesOfSection(section)));
    return [...resources].filter((resource) =>
      (this.#view.get('resources', resource)?.roles ?? []).some((role) => roles.includes(role)),
    );
  }

  #sectionsOfResource(id: string): EditedIds {
    const courses = allIds(unedited(this.#view.findAssigned('courses by resource', id)));
    const ofCourses = courses
      .filter((course) => this.#view.has('courses', course))
      .map((course) => this.#view.find('sections by course', course));
    const own = this.#view.findAssigned('sections by resource', id);
    const [first] = ofCourses;
    return own.length === 0 && ofCourses.length === 1 && first !== undefined
      ? first
      : sorted([...allIds(unedited(own)), ...ofCourses.flatMap(allIds)]);
  }

  #usersOfResource(id: string): string[] {
    const roles = this.#view.get('resources', id)?.roles ?? [];
    return this.#peopleIn(allIds(this.#sectionsOfResource(id)), roles);
  }
}

function sorted(ids: Iterable<string>): EditedIds {
  return unedited(sortedIds(ids));
}

function schoolsOfUser(view: RosterView, id: string): string[] {
  const user = view.get('users', id);
  return user === undefined ? [] : schoolsOf(user);
}

function membersOf(view: RosterView, section: string): string[] {
  const record = view.get('sections', section);
  return record === undefined ? [] : peopleOf(record);
}
