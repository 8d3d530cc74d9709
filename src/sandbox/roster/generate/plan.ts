import type { KnownGrade } from '../../../values/index.js';
import { layOutSchool, type SchoolLayout, type SectionLayout, type TeacherLayout } from './layout.js';
import { LEVELS, type Level } from './levels.js';

const STUDENTS_PER_SCHOOL = 250;
/** One of this many sections has a second teacher. */
const CO_TAUGHT_EVERY = 6;

/** A school. Its students, teachers and sections are consecutive in the district. */
export interface SchoolPlan {
  readonly index: number;
  readonly level: Level;
  readonly layout: SchoolLayout;
  readonly firstStudent: number;
  readonly studentCount: number;
  readonly firstTeacher: number;
  readonly firstSection: number;
}

/** An item of a school, and its place there. */
export interface Placed<Item> {
  readonly school: SchoolPlan;
  /** Position in the school. */
  readonly position: number;
  readonly item: Item;
}

/** A course: one title in one grade, for the whole district. */
export interface CoursePlan {
  readonly title: string;
  readonly grade: KnownGrade;
}

/**
 * The numbers of a whole district, without names. It holds a few numbers per school; the person or thing at
 * a position is computed on request.
 */
export class DistrictPlan {
  readonly students: number;
  readonly schools: readonly SchoolPlan[];
  readonly courses: readonly CoursePlan[];
  readonly teacherCount: number;
  readonly sectionCount: number;
  readonly #courseIndexes: ReadonlyMap<string, number>;

  /** Plans at least three schools, one of each level. */
  constructor(students: number) {
    const layouts = new Map<string, SchoolLayout>();
    const courseIndexes = new Map<string, number>();
    const courses: CoursePlan[] = [];
    const schools: SchoolPlan[] = [];
    const count = Math.max(LEVELS.length, Math.round(students / STUDENTS_PER_SCHOOL));
    const boundary = (index: number): number => Math.floor((index * students) / count);
    let [firstTeacher, firstSection] = [0, 0];
    for (let index = 0; index < count; index += 1) {
      const level = LEVELS[index % LEVELS.length] ?? LEVELS[0];
      const [firstStudent, next] = [boundary(index), boundary(index + 1)];
      const studentCount = next - firstStudent;
      const key = `${level.name}/${studentCount}`;
      let layout = layouts.get(key);
      if (layout === undefined) {
        layout = layOutSchool(level, studentCount);
        layouts.set(key, layout);
        for (const { course, slot, group } of layout.sections) {
          if (!courseIndexes.has(course)) {
            courseIndexes.set(course, courses.push({ title: slot.title, grade: group.grade }) - 1);
          }
        }
      }
      schools.push({ index, level, layout, firstStudent, studentCount, firstTeacher, firstSection });
      firstTeacher += layout.teachers.length;
      firstSection += layout.sections.length;
    }
    this.students = students;
    this.schools = schools;
    this.courses = courses;
    this.teacherCount = firstTeacher;
    this.sectionCount = firstSection;
    this.#courseIndexes = courseIndexes;
  }

  school(index: number): SchoolPlan {
    return itemAt(this.schools, index);
  }

  /**
   * Returns the next school, or the previous one; the first follows the last. Some people belong to a
   * school and the next one.
   */
  neighbour({ index }: SchoolPlan, step: 1 | -1 = 1): SchoolPlan {
    const { length } = this.schools;
    return this.school((index + step + length) % length);
  }

  /** Returns the school of a student. */
  schoolOfStudent(student: number): SchoolPlan {
    return this.#holding((school) => school.firstStudent, student);
  }

  teacher(index: number): Placed<TeacherLayout> {
    const school = this.#holding((candidate) => candidate.firstTeacher, index);
    return placed(school, index - school.firstTeacher, school.layout.teachers);
  }

  section(index: number): Placed<SectionLayout> {
    const school = this.#holding((candidate) => candidate.firstSection, index);
    return placed(school, index - school.firstSection, school.layout.sections);
  }

  /** Returns the position of a section's course. */
  courseOf({ course }: SectionLayout): number {
    return this.#courseIndexes.get(course) ?? 0;
  }

  /**
   * Returns the last school that begins at or before a position. An empty school begins where the next one
   * does.
   */
  #holding(first: (school: SchoolPlan) => number, position: number): SchoolPlan {
    let low = 0;
    let high = this.schools.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (first(this.school(middle)) <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return this.school(low);
  }
}

/** Whether the school's support teacher is also in a section. */
export function isCoTaught(section: number): boolean {
  return section % CO_TAUGHT_EVERY === CO_TAUGHT_EVERY - 1;
}

/** Returns the position of the teacher who joins others' classes. */
export function supportTeacher({ firstTeacher, layout }: SchoolPlan): number {
  return firstTeacher + layout.teachers.length - 2;
}

/** Returns the position of the teacher without classes. */
export function floatingTeacher({ firstTeacher, layout }: SchoolPlan): number {
  return firstTeacher + layout.teachers.length - 1;
}

function placed<Item>(school: SchoolPlan, position: number, items: readonly Item[]): Placed<Item> {
  return { school, position, item: itemAt(items, position) };
}

function itemAt<Item>(items: readonly Item[], position: number): Item {
  const item = items[position];
  if (item === undefined) {
    throw new RangeError('The plan has nothing at this position.');
  }
  return item;
}

/** Returns the grade of a student by position in the school: the grades are of about the same size. */
export function gradeAt({ level, studentCount }: SchoolPlan, position: number): KnownGrade {
  const { grades } = level;
  return grades[Math.floor((position * grades.length) / studentCount)] ?? 'Ungraded';
}
