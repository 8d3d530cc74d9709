import type { AnyRecord, SectionRecord, UserRecord } from '../records.js';
import { TERMS, timestamps } from './calendar.js';
import type { CoursePlan, SectionPlan } from './plan.js';
import type { Maker } from './students.js';

/** The district's terms. */
export function makeTerms(maker: Maker): AnyRecord[] {
  return TERMS.map((term, index) => ({ district: maker.district, ...term, id: maker.ids.id('terms', index) }));
}

/** The course at a position of the district. Its number is sometimes missing: Clever builds courses from sections. */
export function makeCourse(maker: Maker, plan: CoursePlan, index: number): AnyRecord {
  return {
    district: maker.district,
    name: courseName(plan),
    ...(index % 7 === 6 ? {} : { number: String(100 + index) }),
    id: maker.ids.id('courses', index),
  };
}

function courseName({ grade, slot }: CoursePlan): string {
  return grade === 'Kindergarten' ? `Kindergarten ${slot.title}` : `Grade ${grade} ${slot.title}`;
}

/** The section at a position of the district, named "course - teacher's last name - period" as Clever does. */
export function makeSection(
  maker: Maker,
  plan: SectionPlan,
  index: number,
  teachers: readonly UserRecord[],
): SectionRecord {
  const { group, slot, course, period } = plan;
  const teacherIds = plan.teachers.map((teacher) => maker.ids.id('teachers', teacher));
  const lastName = teachers[plan.teachers[0] ?? 0]?.name.last ?? '';
  const hasPeriod = !group.school.level.hasClassTeacher;
  return {
    course: maker.ids.id('courses', course),
    district: maker.district,
    ...(index % 3 === 0 ? { ext: { classroom: `${'ABC'.charAt(index % 3)}${1 + (index % 30)}` } } : {}),
    grade: index % 15 === 14 ? '' : group.grade,
    name: [courseName({ grade: group.grade, slot }), lastName, hasPeriod ? period : ''].join(' - '),
    period: hasPeriod ? String(period) : '',
    school: maker.ids.id('schools', group.school.index),
    section_number: index % 4 === 0 ? String(1 + (index % 9)) : '',
    sis_id: String(700 + index),
    students: Array.from({ length: group.studentCount }, (_, position) =>
      maker.ids.id('students', group.firstStudent + position),
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
