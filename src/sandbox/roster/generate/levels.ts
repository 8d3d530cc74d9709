import type { KnownGrade, KnownSubject } from '../../../values/index.js';
import { TERM } from './calendar.js';

/** A subject taught at a level, and when. */
export interface Slot {
  readonly subject: KnownSubject | '';
  readonly title: string;
  readonly term: number;
}

/** A kind of school. */
export interface Level {
  readonly name: string;
  readonly grades: readonly KnownGrade[];
  /**
   * The classes that every group of students has. Above elementary school each group has an elective as
   * well.
   */
  readonly slots: readonly Slot[];
  /** Whether one teacher teaches all classes of a group. */
  readonly hasClassTeacher: boolean;
}

const wholeYear = (subject: Slot['subject'], title: string): Slot => ({ subject, title, term: TERM.wholeYear });

const core = [
  wholeYear('english/language arts', 'English'),
  wholeYear('math', 'Mathematics'),
  wholeYear('science', 'Science'),
  wholeYear('social studies', 'Social Studies'),
] as const;

/** Elementary, middle and high school. */
export const LEVELS = [
  {
    name: 'Elementary School',
    grades: ['Kindergarten', '1', '2', '3', '4', '5'],
    slots: [wholeYear('homeroom/advisory', 'Homeroom'), core[0], core[1]],
    hasClassTeacher: true,
  },
  { name: 'Middle School', grades: ['6', '7', '8'], slots: core, hasClassTeacher: false },
  { name: 'High School', grades: ['9', '10', '11', '12'], slots: core, hasClassTeacher: false },
] as const satisfies readonly [Level, ...Level[]];

/**
 * The electives, which rotate from group to group above elementary school. Clever shows an unmapped subject
 * as `''` (observed).
 */
export const ELECTIVES = [
  { subject: 'arts and music', title: 'Studio Art', term: TERM.firstHalf },
  { subject: 'PE and health', title: 'Physical Education', term: TERM.secondHalf },
  { subject: 'language', title: 'Spanish', term: TERM.wholeYear },
  { subject: 'technology and engineering', title: 'Robotics', term: TERM.firstHalf },
  { subject: 'interventions/online learning', title: 'Reading Lab', term: TERM.secondHalf },
  { subject: 'other', title: 'Yearbook', term: TERM.wholeYear },
  { subject: '', title: 'Seminar', term: TERM.wholeYear },
] as const satisfies readonly [Slot, ...Slot[]];

/** Returns the number of a grade, from 0 for kindergarten to 12. */
export function yearOf(grade: KnownGrade): number {
  return grade === 'Kindergarten' ? 0 : Number(grade);
}
