import { isId } from '../../oneroster-files/index.js';
import { normalizeSubject, toCedsGrade, toCedsSubject } from '../../values/index.js';
import type { CleverRecord } from '../source/source.js';
import type { ConvertContext, NeutralRow } from './context.js';
import { addMembersWithoutPlace, idsOf, textOf } from './members.js';
import { metadataCells } from './metadata.js';
import type { Sessions } from './sessions.js';

/** A course. */
export function courseRow(record: CleverRecord, context: ConvertContext): NeutralRow {
  const { losses, district } = context;
  addMembersWithoutPlace('courses', record, context, losses);
  const [name, number] = [textOf(record, 'name'), textOf(record, 'number')];
  if (name === '') {
    losses.add(
      number === '' ? 'invented' : 'choice',
      number === '' ? 'the Clever id as title of a course' : 'the number as title of a course without a name',
      'courses',
      'title',
    );
  }
  return {
    file: 'courses',
    cells: { sourcedId: record.id, title: name || number || record.id, courseCode: number, orgSourcedId: district },
  };
}

/**
 * A section as a class, with its enrollments, and a course when it has none. Nothing for a section whose school is not
 * exported, because a class needs one.
 */
export function sectionRows(record: CleverRecord, sessions: Sessions, context: ConvertContext): NeutralRow[] {
  const { losses, knowledge } = context;
  const school = textOf(record, 'school');
  const enrollments = enrollmentsOf(record, context);
  if (!knowledge.hasSchool(school)) {
    losses.add('left_out', 'sections whose school is not shared', 'classes');
    losses.add(
      'left_out',
      'enrollments of sections whose school is not shared',
      'enrollments',
      undefined,
      enrollments.length,
    );
    return [];
  }
  addMembersWithoutPlace('sections', record, context, losses);
  const course = courseOf(record, context);
  return [
    ...course.rows,
    {
      file: 'classes',
      cells: {
        sourcedId: record.id,
        title: titleOf(record, context),
        grades: gradeCell(textOf(record, 'grade'), 'classes', context),
        courseSourcedId: course.id,
        classCode: textOf(record, 'section_number'),
        classType: normalizeSubject(textOf(record, 'subject')).value === 'homeroom/advisory' ? 'homeroom' : 'scheduled',
        schoolSourcedId: school,
        termSourcedIds: termOf(record, sessions, context),
        ...subjectCells(textOf(record, 'subject'), context),
        periods: periodsOf(textOf(record, 'period'), context),
        ...metadataCells('classes', record, context),
      },
    },
    ...enrollments,
  ];
}

function titleOf(record: CleverRecord, { losses }: ConvertContext): string {
  const name = textOf(record, 'name');
  if (name === '') {
    losses.add('invented', 'the Clever id as title of a class', 'classes', 'title');
  }
  return name || record.id;
}

function courseOf(
  record: CleverRecord,
  { losses, knowledge, district }: ConvertContext,
): { readonly id: string; readonly rows: readonly NeutralRow[] } {
  const course = textOf(record, 'course');
  if (knowledge.hasCourse(course)) {
    return { id: course, rows: [] };
  }
  if (course !== '') {
    losses.add('left_out', 'courses of sections that are not shared', 'classes', 'courseSourcedId');
  }
  losses.add('invented', 'a course for a section without one', 'courses');
  const id = `${record.id}-course`;
  const title = textOf(record, 'name') || record.id;
  return { id, rows: [{ file: 'courses', cells: { sourcedId: id, title, orgSourcedId: district } }] };
}

function termOf(record: CleverRecord, sessions: Sessions, context: ConvertContext): string {
  const term = textOf(record, 'term_id');
  if (context.knowledge.hasTerm(term)) {
    return term;
  }
  context.losses.add('invented', 'the school year of a section without a term', 'classes', 'termSourcedIds');
  return sessions.addYearOf(record, context);
}

/** Subjects and their codes are lists that belong together, so a subject without a code is not written. */
function subjectCells(subject: string, { losses }: ConvertContext): { subjects: string; subjectCodes: string } {
  const code = toCedsSubject(subject);
  if (subject !== '' && code === undefined && normalizeSubject(subject).value !== 'homeroom/advisory') {
    losses.add('no_place', 'subjects without a code of SCED', 'classes', 'subjects');
  }
  return code === undefined
    ? { subjects: '', subjectCodes: '' }
    : { subjects: normalizeSubject(subject).value ?? '', subjectCodes: code };
}

function periodsOf(period: string, { losses }: ConvertContext): string {
  const cell = period
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .join(',');
  if (cell !== period) {
    losses.add('choice', 'periods without the spaces and empty entries of their list', 'classes', 'periods');
  }
  return cell;
}

/** The CEDS code of a grade, `''` for an unknown one. OneRoster has the word `Other` where another list has `OT`. */
export function gradeCell(grade: string, file: 'classes' | 'users', { losses }: ConvertContext): string {
  const code = toCedsGrade(grade);
  if (grade !== '' && code === undefined) {
    losses.add('left_out', 'grades that are not known', file, 'grades');
  }
  return code === 'OT' ? 'Other' : (code ?? '');
}

/** The students and teachers of a section, as far as they are exported. Each person is enrolled once. */
function enrollmentsOf(record: CleverRecord, { knowledge, losses }: ConvertContext): NeutralRow[] {
  const primary = textOf(record, 'teacher');
  const teachers = new Set([...(primary === '' ? [] : [primary]), ...idsOf(record, 'teachers')]);
  const people = [
    ...[...teachers].map((id) => ({ id, role: 'teacher', primary: String(id === primary) })),
    ...idsOf(record, 'students').map((id) => ({ id, role: 'student', primary: '' })),
  ];
  return people.flatMap(({ id, role, primary: isPrimary }) => {
    if (role === 'student' && teachers.has(id)) {
      losses.add('choice', 'teacher, for a person who is student of the section as well', 'enrollments', 'role');
      return [];
    }
    if (!knowledge.hasUser(id)) {
      losses.add('left_out', `enrollments of people who are not exported: ${role}s`, 'enrollments');
      return [];
    }
    const sourcedId = `${record.id}-${id}`;
    if (!isId(sourcedId)) {
      losses.add('left_out', 'enrollments whose id is too long', 'enrollments');
      return [];
    }
    const cells = {
      sourcedId,
      classSourcedId: record.id,
      schoolSourcedId: textOf(record, 'school'),
      userSourcedId: id,
      role,
      primary: isPrimary,
    };
    return [{ file: 'enrollments', cells }];
  });
}
