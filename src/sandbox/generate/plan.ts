import type { KnownGrade } from '../../values/index.js';
import { ELECTIVES, LEVELS, type Level, type Slot } from './levels.js';

const STUDENTS_PER_SCHOOL = 250;
const STUDENTS_PER_GROUP = 24;
const GROUPS_PER_TEACHER = 5;
/** Every so many sections have a second teacher. */
const CO_TAUGHT_EVERY = 6;

/** A school, whose students are a run of the district's. */
export interface SchoolPlan {
  readonly index: number;
  readonly level: Level;
  readonly firstStudent: number;
  readonly studentCount: number;
}

/** Students of one grade who have all their classes together: a run of the district's students. */
export interface GroupPlan {
  readonly school: SchoolPlan;
  readonly grade: KnownGrade;
  readonly firstStudent: number;
  readonly studentCount: number;
}

/** What a teacher is there for. */
export interface TeacherPlan {
  readonly school: SchoolPlan;
  readonly title: string;
  /** `support` teachers join others' classes, `floating` ones have none. */
  readonly duty: 'classes' | 'support' | 'floating';
}

/** A class. */
export interface SectionPlan {
  readonly group: GroupPlan;
  readonly slot: Slot;
  readonly course: number;
  readonly period: number;
  /** Positions among the district's teachers, the primary one first. */
  readonly teachers: readonly number[];
}

/** A course: one title in one grade, district-wide. */
export interface CoursePlan {
  readonly slot: Slot;
  readonly grade: KnownGrade;
}

/** A whole district in numbers, before anybody has a name. */
export interface DistrictPlan {
  readonly students: number;
  readonly schools: readonly SchoolPlan[];
  readonly groups: readonly GroupPlan[];
  readonly teachers: readonly TeacherPlan[];
  readonly courses: readonly CoursePlan[];
  readonly sections: readonly SectionPlan[];
}

/** Lays out a district of a given size: at least three schools, one of each level. */
export function planDistrict(students: number): DistrictPlan {
  const schools = planSchools(students);
  const groups: GroupPlan[] = [];
  const teachers: TeacherPlan[] = [];
  const courses: CoursePlan[] = [];
  const sections: SectionPlan[] = [];
  const courseNumbers = new Map<string, number>();
  for (const school of schools) {
    const own = planGroups(school);
    groups.push(...own);
    const first = teachers.length;
    teachers.push(...planTeachers(school, own.length));
    const support = teachers.length;
    teachers.push({ school, title: 'Support Teacher', duty: 'support' }, { school, title: '', duty: 'floating' });
    for (const [position, group] of own.entries()) {
      const slots = slotsOf(group, position);
      for (const [period, slot] of slots.entries()) {
        const key = `${group.grade}/${slot.title}`;
        const course = courseNumbers.get(key) ?? courses.push({ slot, grade: group.grade }) - 1;
        courseNumbers.set(key, course);
        const perSlot = Math.ceil(own.length / GROUPS_PER_TEACHER);
        const turn = school.level.hasClassTeacher
          ? position
          : period * perSlot + Math.floor(position / GROUPS_PER_TEACHER);
        const isCoTaught = sections.length % CO_TAUGHT_EVERY === CO_TAUGHT_EVERY - 1;
        const teacherIndexes = isCoTaught ? [first + turn, support] : [first + turn];
        sections.push({ group, slot, course, period: period + 1, teachers: teacherIndexes });
      }
    }
  }
  return { students, schools, groups, teachers, courses, sections };
}

/** The grade of a school's student by position: the school's grades hold about the same number each. */
export function gradeAt(school: SchoolPlan, position: number): KnownGrade {
  const { grades } = school.level;
  return grades[Math.floor((position * grades.length) / school.studentCount)] ?? 'Ungraded';
}

function planSchools(students: number): SchoolPlan[] {
  const count = Math.max(LEVELS.length, Math.round(students / STUDENTS_PER_SCHOOL));
  const boundary = (index: number): number => Math.floor((index * students) / count);
  return Array.from({ length: count }, (_, index) => ({
    index,
    level: LEVELS[index % LEVELS.length] ?? LEVELS[0],
    firstStudent: boundary(index),
    studentCount: boundary(index + 1) - boundary(index),
  }));
}

function planGroups(school: SchoolPlan): GroupPlan[] {
  const { grades } = school.level;
  const start = (grade: number): number => Math.ceil((grade * school.studentCount) / grades.length);
  return grades.flatMap((grade, index) => {
    const size = start(index + 1) - start(index);
    const count = Math.ceil(size / STUDENTS_PER_GROUP);
    const boundary = (group: number): number => start(index) + Math.floor((group * size) / count);
    return Array.from({ length: count }, (_, group) => ({
      school,
      grade,
      firstStudent: school.firstStudent + boundary(group),
      studentCount: boundary(group + 1) - boundary(group),
    }));
  });
}

function slotsOf(group: GroupPlan, position: number): readonly Slot[] {
  const { slots, hasClassTeacher } = group.school.level;
  return hasClassTeacher ? slots : [...slots, ELECTIVES[position % ELECTIVES.length] ?? ELECTIVES[0]];
}

function planTeachers(school: SchoolPlan, groups: number): TeacherPlan[] {
  const teacher = (title: string): TeacherPlan => ({ school, title, duty: 'classes' });
  if (school.level.hasClassTeacher) {
    return Array.from({ length: groups }, () => teacher('Classroom Teacher'));
  }
  const perSlot = Math.ceil(groups / GROUPS_PER_TEACHER);
  const titles = [...school.level.slots.map((slot) => `${slot.title} Teacher`), 'Electives Teacher'];
  return titles.flatMap((title) => Array.from({ length: perSlot }, () => teacher(title)));
}
