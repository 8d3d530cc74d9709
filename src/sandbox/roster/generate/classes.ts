import type { AnyRecord, SectionRecord } from '../records.js';
import { TERMS, timestamps } from './calendar.js';
import { teacherName } from './employees.js';
import type { Maker } from './maker.js';
import { type CoursePlan, isCoTaught, supportTeacher } from './plan.js';

/** Makes the term at a position of the calendar. */
export function makeTerm(maker: Maker, index: number): AnyRecord {
  return { district: maker.district, ...TERMS[index], id: maker.ids.id('terms', index) };
}

/**
 * Makes the course at a position of the district. Some courses have no number, because Clever builds
 * courses from sections.
 */
export function makeCourse(maker: Maker, index: number): AnyRecord {
  const plan = maker.plan.courses[index];
  return {
    district: maker.district,
    name: plan === undefined ? '' : courseName(plan),
    ...(index % 7 === 6 ? {} : { number: String(100 + index) }),
    id: maker.ids.id('courses', index),
  };
}

function courseName({ grade, title }: CoursePlan): string {
  return grade === 'Kindergarten' ? `Kindergarten ${title}` : `Grade ${grade} ${title}`;
}

/**
 * Makes the section at a position of the district, named "course - teacher's last name - period" as at
 * Clever.
 */
export function makeSection(maker: Maker, index: number): SectionRecord {
  const { school, item } = maker.plan.section(index);
  const { group, slot, period } = item;
  const teacher = school.firstTeacher + item.teacher;
  const teachers = isCoTaught(index) ? [teacher, supportTeacher(school)] : [teacher];
  const teacherIds = teachers.map((one) => maker.ids.id('teachers', one));
  const hasPeriod = !school.level.hasClassTeacher;
  return {
    course: maker.ids.id('courses', maker.plan.courseOf(item)),
    district: maker.district,
    ...(index % 3 === 0 ? { ext: { classroom: `${'ABC'.charAt(index % 3)}${1 + (index % 30)}` } } : {}),
    grade: index % 15 === 14 ? '' : group.grade,
    name: [
      courseName({ grade: group.grade, title: slot.title }),
      teacherName(maker.seed, teacher).last,
      hasPeriod ? period : '',
    ].join(' - '),
    period: hasPeriod ? String(period) : '',
    school: maker.ids.id('schools', school.index),
    section_number: index % 4 === 0 ? String(1 + (index % 9)) : '',
    sis_id: String(700 + index),
    students: Array.from({ length: group.size }, (_, position) =>
      maker.ids.id('students', school.firstStudent + group.first + position),
    ),
    subject: slot.subject,
    ...(teacherIds[0] === undefined ? {} : { teacher: teacherIds[0] }),
    teachers: teacherIds,
    term_id: maker.ids.id('terms', slot.term),
    lms_status: { synced_in_lms: index % 10 !== 7 },
    ...timestamps(50_000 + index),
    id: maker.ids.id('sections', index),
  };
}
