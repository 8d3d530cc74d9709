import type { UserRecord } from '../records.js';
import type { AssignmentIndex, PairIndex, RecordIndex } from '../store/index-entries.js';
import { type Ids, sortedIds } from '../store/ordered.js';
import { contactOf } from './contacts.js';
import { STAFF_PER_SCHOOL } from './employees.js';
import type { Families } from './families.js';
import { chosen, joined, run } from './id-lists.js';
import type { SectionLayout } from './layout.js';
import type { Maker } from './maker.js';
import { familyOfEmail } from './names.js';
import type { IdFamily } from './object-id.js';
import { floatingTeacher, isCoTaught, type SchoolPlan, supportTeacher } from './plan.js';
import { RESOURCE_COUNT, RESOURCES_COURSE } from './resources.js';
import { SectionSelection } from './section-selection.js';
import { hasSecondSchool } from './students.js';

const NONE: Ids = [];

/** The lists of a generated district, computed from its plan. */
export class GeneratedLists {
  readonly #maker: Maker;
  readonly #families: Families;
  /** The selections of sections by course or term, computed once: each is a few numbers per school. */
  readonly #selections = new Map<string, SectionSelection>();

  constructor(maker: Maker, families: Families) {
    this.#maker = maker;
    this.#families = families;
  }

  find(index: RecordIndex | PairIndex | AssignmentIndex, key: string): Ids {
    switch (index) {
      case 'all':
        return this.#all(key);
      case 'users by role':
        return this.#usersByRole(key);
      case 'users by school':
        return this.#ofSchool(key, (school) =>
          joined(this.#studentsAt(school), this.#teachersAt(school), this.#staffAt(school)),
        );
      case 'users by school and role': {
        const [id = '', role = ''] = key.split('/');
        return this.#ofSchool(id, (school) => this.#usersAt(school, role));
      }
      case 'users by email':
        return this.#usersByEmail(key);
      case 'contacts by student': {
        const student = this.#indexOf('students', key);
        return student === undefined ? NONE : this.#run('contacts', contactOf(student), 1);
      }
      case 'sections by school':
        return this.#ofSchool(key, ({ firstSection, layout }) =>
          this.#run('sections', firstSection, layout.sections.length),
        );
      case 'sections by course':
        return this.#sectionsOf('courses', key);
      case 'sections by term':
        return this.#sectionsOf('terms', key);
      case 'sections by person':
        return this.#sectionsByPerson(key);
      case 'courses by school':
        return this.#ofSchool(key, ({ layout }) =>
          this.#sorted(
            'courses',
            layout.sections.map((section) => this.#maker.plan.courseOf(section)),
          ),
        );
      case 'terms by school':
        return this.#ofSchool(key, ({ layout }) =>
          this.#sorted(
            'terms',
            layout.sections.map(({ slot }) => slot.term),
          ),
        );
      case 'schools by course':
        return this.#sorted('schools', this.#selection('courses', key)?.schools() ?? []);
      case 'schools by term':
        return this.#sorted('schools', this.#selection('terms', key)?.schools() ?? []);
      case 'resources by course':
        return this.#indexOf('courses', key) === RESOURCES_COURSE ? this.#run('resources', 0, RESOURCE_COUNT) : NONE;
      case 'courses by resource':
        return this.#indexOf('resources', key) === undefined ? NONE : this.#run('courses', RESOURCES_COURSE, 1);
      case 'resources by section':
      case 'sections by resource':
        return NONE;
    }
  }

  #all(kind: string): Ids {
    const families = FAMILIES.filter((family) => this.#families[family].kind === kind);
    return joined(...families.map((family) => this.#run(family, 0, this.#families[family].count)));
  }

  #usersByRole(role: string): Ids {
    const { plan, ids } = this.#maker;
    const whole = (family: keyof Families): Ids => this.#run(family, 0, this.#families[family].count);
    switch (role) {
      case 'student':
        return whole('students');
      case 'teacher':
        return whole('teachers');
      case 'staff':
        return joined(
          chosen(ids, 'teachers', plan.schools.length, (school) => floatingTeacher(plan.school(school))),
          whole('staff'),
        );
      case 'district_admin':
        return joined(this.#run('staff', 0, 1), whole('district_admins'));
      case 'contact':
        return whole('contacts');
      default:
        return NONE;
    }
  }

  #usersAt(school: SchoolPlan, role: string): Ids {
    switch (role) {
      case 'student':
        return this.#studentsAt(school);
      case 'teacher':
        return this.#teachersAt(school);
      case 'staff':
        return joined(this.#run('teachers', floatingTeacher(school), 1), this.#staffAt(school));
      case 'district_admin':
        return school.index === 0 ? this.#run('staff', 0, 1) : NONE;
      default:
        return NONE;
    }
  }

  /** The school's own students, and the students of the previous school who attend both. */
  #studentsAt(school: SchoolPlan): Ids {
    const other = this.#maker.plan.neighbour(school, -1);
    const candidates = Array.from({ length: other.studentCount }, (_, position) => other.firstStudent + position);
    const visitors = this.#sorted('students', candidates.filter(hasSecondSchool));
    return inOrder(visitors, this.#run('students', school.firstStudent, school.studentCount), other, school);
  }

  /** The school's own teachers, and the support teacher shared with the previous school. */
  #teachersAt(school: SchoolPlan): Ids {
    const other = this.#maker.plan.neighbour(school, -1);
    const visitor = this.#run('teachers', supportTeacher(other), 1);
    return inOrder(visitor, this.#run('teachers', school.firstTeacher, school.layout.teachers.length), other, school);
  }

  #staffAt({ index }: SchoolPlan): Ids {
    return this.#run('staff', index * STAFF_PER_SCHOOL, STAFF_PER_SCHOOL);
  }

  /** Addresses contain the position. Whether the rest matches is checked against the record. */
  #usersByEmail(email: string): Ids {
    const found = familyOfEmail(email);
    if (found === undefined || found.index >= this.#families[found.family].count) {
      return NONE;
    }
    const user = this.#families[found.family].make(found.index) as UserRecord;
    return user.email?.toLowerCase() === email ? [user.id] : NONE;
  }

  #sectionsByPerson(id: string): Ids {
    const { plan } = this.#maker;
    const student = this.#indexOf('students', id);
    if (student !== undefined) {
      const school = plan.schoolOfStudent(student);
      const position = student - school.firstStudent;
      const group = school.layout.groups.findLast(({ first }) => first <= position);
      return group === undefined
        ? NONE
        : this.#run('sections', school.firstSection + group.firstSection, group.sectionCount);
    }
    const teacher = this.#indexOf('teachers', id);
    if (teacher === undefined) {
      return NONE;
    }
    const { school, position, item } = plan.teacher(teacher);
    const { firstSection, layout } = school;
    const isOwn = (section: SectionLayout, index: number): boolean =>
      section.teacher === position || (item.duty === 'support' && isCoTaught(firstSection + index));
    const own = layout.sections.flatMap((section, index) => (isOwn(section, index) ? [firstSection + index] : []));
    return this.#sorted('sections', own);
  }

  #sectionsOf(kind: 'courses' | 'terms', id: string): Ids {
    const selection = this.#selection(kind, id);
    return selection === undefined
      ? NONE
      : chosen(this.#maker.ids, 'sections', selection.length, (position) => selection.sectionAt(position));
  }

  #selection(kind: 'courses' | 'terms', id: string): SectionSelection | undefined {
    const index = this.#indexOf(kind, id);
    if (index === undefined) {
      return undefined;
    }
    const { plan } = this.#maker;
    const known = this.#selections.get(id);
    const selection =
      known ??
      new SectionSelection(plan, (section) =>
        kind === 'courses' ? plan.courseOf(section) === index : section.slot.term === index,
      );
    this.#selections.set(id, selection);
    return selection;
  }

  #ofSchool(id: string, listOf: (school: SchoolPlan) => Ids): Ids {
    const index = this.#indexOf('schools', id);
    return index === undefined ? NONE : listOf(this.#maker.plan.school(index));
  }

  /** Returns the position in an id of a family; `undefined` when no such record exists. */
  #indexOf(family: keyof Families, id: string): number | undefined {
    const parsed = this.#maker.ids.parse(id);
    return parsed?.family === family && parsed.index < this.#families[family].count ? parsed.index : undefined;
  }

  #run(family: IdFamily, first: number, length: number): Ids {
    return run(this.#maker.ids, family, first, length);
  }

  #sorted(family: IdFamily, indexes: readonly number[]): Ids {
    return sortedIds(indexes.map((index) => this.#maker.ids.id(family, index)));
  }
}

/** Families in the order of their ids. */
const FAMILIES: readonly (keyof Families)[] = [
  'districts',
  'schools',
  'terms',
  'courses',
  'sections',
  'resources',
  'students',
  'teachers',
  'staff',
  'district_admins',
  'contacts',
];

/**
 * Visitors come from the previous school, so their ids are smaller; the first school's visitors come from
 * the last one.
 */
function inOrder(visitors: Ids, own: Ids, from: SchoolPlan, to: SchoolPlan): Ids {
  return from.index < to.index ? joined(visitors, own) : joined(own, visitors);
}
