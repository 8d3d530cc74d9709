import type { KnownGrade } from '../../../values/index.js';
import { ELECTIVES, type Level, type Slot } from './levels.js';

const STUDENTS_PER_GROUP = 24;
const GROUPS_PER_TEACHER = 5;

/** Students of one grade who have all their classes together: consecutive students of their school. */
export interface GroupLayout {
  readonly grade: KnownGrade;
  /** Position of the first student in the school. */
  readonly first: number;
  readonly size: number;
  /** Position of the group's first section in the school; the group's other sections follow it. */
  readonly firstSection: number;
  readonly sectionCount: number;
}

/** A class. */
export interface SectionLayout {
  readonly group: GroupLayout;
  readonly slot: Slot;
  /** From 1. */
  readonly period: number;
  /** Position of the primary teacher in the school. */
  readonly teacher: number;
  /** The course: one title in one grade, for the whole district. */
  readonly course: string;
}

/** A teacher's work: `support` teachers join others' classes, `floating` teachers have no classes. */
export interface TeacherLayout {
  readonly title: string;
  readonly duty: 'classes' | 'support' | 'floating';
}

/**
 * A school's groups, teachers and classes. All schools of one level and size share a layout, so there are
 * only a few.
 */
export interface SchoolLayout {
  readonly groups: readonly GroupLayout[];
  readonly teachers: readonly TeacherLayout[];
  readonly sections: readonly SectionLayout[];
}

/** Lays out a school of a level and size. */
export function layOutSchool(level: Level, students: number): SchoolLayout {
  const groups: GroupLayout[] = [];
  const sections: SectionLayout[] = [];
  const sizes = groupSizes(level, students);
  const perSlot = Math.ceil(sizes.length / GROUPS_PER_TEACHER);
  let first = 0;
  for (const [position, { grade, size }] of sizes.entries()) {
    const slots = slotsOf(level, position);
    const group = { grade, first, size, firstSection: sections.length, sectionCount: slots.length };
    groups.push(group);
    for (const [index, slot] of slots.entries()) {
      const turn = index * perSlot + Math.floor(position / GROUPS_PER_TEACHER);
      const teacher = level.hasClassTeacher ? position : turn;
      sections.push({ group, slot, period: index + 1, teacher, course: `${grade}/${slot.title}` });
    }
    first += size;
  }
  return { groups, sections, teachers: teachersOf(level, sizes.length, perSlot) };
}

function groupSizes(level: Level, students: number): { readonly grade: KnownGrade; readonly size: number }[] {
  const { grades } = level;
  const start = (grade: number): number => Math.ceil((grade * students) / grades.length);
  return grades.flatMap((grade, index) => {
    const size = start(index + 1) - start(index);
    const count = Math.ceil(size / STUDENTS_PER_GROUP);
    const boundary = (group: number): number => Math.floor((group * size) / count);
    return Array.from({ length: count }, (_, group) => ({ grade, size: boundary(group + 1) - boundary(group) }));
  });
}

function slotsOf({ slots, hasClassTeacher }: Level, position: number): readonly Slot[] {
  return hasClassTeacher ? slots : [...slots, ELECTIVES[position % ELECTIVES.length] ?? ELECTIVES[0]];
}

/**
 * The teachers of a school: one per group or per subject and several groups, then the two without their own
 * classes.
 */
function teachersOf(level: Level, groups: number, perSlot: number): TeacherLayout[] {
  const subjects = [...level.slots.map(({ title }) => `${title} Teacher`), 'Electives Teacher'];
  const titles = level.hasClassTeacher
    ? Array.from({ length: groups }, () => 'Classroom Teacher')
    : subjects.flatMap((title) => Array.from({ length: perSlot }, () => title));
  return [
    ...titles.map((title): TeacherLayout => ({ title, duty: 'classes' })),
    { title: 'Support Teacher', duty: 'support' },
    { title: '', duty: 'floating' },
  ];
}
