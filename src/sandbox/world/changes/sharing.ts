import type { KnownRole } from '../../../values/index.js';
import type { AnyRecord, Kind, RoleRecord, SectionRecord, UserRecord } from '../../roster/records.js';
import { rolesOf, schoolsOf } from '../../roster/roles.js';
import type { RosterStore } from '../../roster/store/store.js';
import { someRelated } from './everything.js';

/**
 * What an app sees of a roster when the district does not share some of its schools with it.
 *
 * Clever documents that records that are no longer shared disappear. Which records depend on a school is
 * inferred: people who are at no other school, contacts without other students, the school's sections,
 * sections without a remaining teacher or student, and courses and terms without other sections. The
 * remaining records no longer refer to those that disappeared.
 */
export class SharedView {
  readonly #own: RosterStore;
  readonly #unshared: ReadonlySet<string>;

  /** @param unshared - Ids of the schools that are not shared. */
  constructor(own: RosterStore, unshared: ReadonlySet<string>) {
    this.#own = own;
    this.#unshared = unshared;
  }

  /** Returns a record as the app sees it; `undefined` when the app does not see it. */
  see(kind: Kind, id: string): AnyRecord | undefined {
    const record = this.#own.get(kind, id);
    if (record === undefined || this.#unshared.size === 0) {
      return record;
    }
    switch (kind) {
      case 'schools':
        return this.#unshared.has(id) ? undefined : record;
      case 'users':
        return this.#seeUser(record as UserRecord);
      case 'sections':
        return this.#seeSection(record as SectionRecord);
      case 'courses':
      case 'terms':
        return this.#isTaught(kind, id) ? record : undefined;
      default:
        return record;
    }
  }

  #isTaught(kind: 'courses' | 'terms', id: string): boolean {
    const isSeen = (section: string): boolean => this.see('sections', section) !== undefined;
    return someRelated(this.#own, `${kind}.sections`, id, isSeen) ?? true;
  }

  #seeSection(section: SectionRecord): SectionRecord | undefined {
    const { school, teacher, teachers = [], students = [] } = section;
    if (school !== undefined && this.#unshared.has(school)) {
      return undefined;
    }
    const [seenTeachers, seenStudents] = [this.#seen(teachers), this.#seen(students)];
    const isLeft = (all: readonly string[], seen: readonly string[]): boolean => all.length === 0 || seen.length > 0;
    if (!isLeft(teachers, seenTeachers) || !isLeft(students, seenStudents)) {
      return undefined;
    }
    const primary = teacher !== undefined && !this.#isGone(teacher) ? teacher : seenTeachers[0];
    return {
      ...section,
      ...(teacher === undefined || primary === undefined ? {} : { teacher: primary }),
      ...(section.teachers === undefined ? {} : { teachers: seenTeachers }),
      ...(section.students === undefined ? {} : { students: seenStudents }),
    };
  }

  #seeUser(user: UserRecord): UserRecord | undefined {
    const roles = rolesOf(user).flatMap((role): [KnownRole, RoleRecord][] => {
      const seen = this.#seeRole(user.roles[role] ?? {});
      return seen === undefined ? [] : [[role, seen]];
    });
    return roles.length === 0 && rolesOf(user).length > 0 ? undefined : { ...user, roles: Object.fromEntries(roles) };
  }

  #seeRole(role: RoleRecord): RoleRecord | undefined {
    const { school, schools = [], student_relationships: students = [] } = role;
    const all = school === undefined ? schools : [school, ...schools];
    const left = all.filter((id) => !this.#unshared.has(id));
    const relationships = students.filter(({ student }) => !this.#isGone(student));
    if ((all.length > 0 && left.length === 0) || (students.length > 0 && relationships.length === 0)) {
      return undefined;
    }
    if (left.length === all.length && relationships.length === students.length) {
      return role;
    }
    const { enrollments } = role as { readonly enrollments?: readonly { readonly school?: string }[] };
    return {
      ...role,
      ...(school === undefined ? {} : { school: left[0] ?? school }),
      ...(role.schools === undefined ? {} : { schools: schools.filter((id) => !this.#unshared.has(id)) }),
      ...(enrollments === undefined
        ? {}
        : { enrollments: enrollments.filter((one) => !this.#unshared.has(one.school ?? '')) }),
      ...(role.student_relationships === undefined ? {} : { student_relationships: relationships }),
    };
  }

  #seen(people: readonly string[]): string[] {
    return people.filter((id) => !this.#isGone(id));
  }

  /** Whether a person exists but is not visible. A reference to an unknown person stays as it is. */
  #isGone(userId: string): boolean {
    const user = this.#own.get('users', userId);
    if (user === undefined) {
      return false;
    }
    // The common case: all schools of the person are shared. Contacts have no schools.
    return user.roles.contact === undefined && !schoolsOf(user).some((id) => this.#unshared.has(id))
      ? false
      : this.#seeUser(user) === undefined;
  }
}
