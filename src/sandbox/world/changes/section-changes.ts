import { SandboxError } from '../../roster/error.js';
import type { SectionRecord, UserRecord } from '../../roster/records.js';
import type { Enrollment, TeacherReplacement, TeachingAssignment } from './district-changes.js';
import type { Draft } from './draft.js';
import { relatedIds } from './everything.js';
import { findPersonAs, findSection } from './find.js';

/** See {@link DistrictChanges.enroll}. */
export function enroll(draft: Draft, { student, section: id }: Enrollment): void {
  findPersonAs(draft, 'student', student);
  const section = findSection(draft, id);
  const students = section.students ?? [];
  if (students.includes(student)) {
    throw new SandboxError('The student is already in this section.');
  }
  draft.put('sections', { ...section, students: [...students, student] });
}

/** See {@link DistrictChanges.unenroll}. */
export function unenroll(draft: Draft, { student, section: id }: Enrollment): void {
  const section = findSection(draft, id);
  const students = section.students ?? [];
  if (!students.includes(student)) {
    throw new SandboxError(
      "The student is not in this section. See `/users/{id}/sections` for the student's sections.",
    );
  }
  draft.putStudents(
    section,
    students.filter((one) => one !== student),
  );
}

/** See {@link DistrictChanges.addTeacher}. */
export function addTeacher(draft: Draft, { teacher, section: id }: TeachingAssignment): void {
  const { user } = findPersonAs(draft, 'teacher', teacher);
  const section = findSection(draft, id);
  const teachers = teachersOf(section);
  if (teachers.includes(teacher)) {
    throw new SandboxError('The teacher already has this section.');
  }
  if (teachers.length === 0) {
    putTeachers(draft, section, [teacher], user);
  } else {
    draft.put('sections', { ...section, teachers: [...teachers, teacher] });
  }
}

/** See {@link DistrictChanges.removeTeacher}. */
export function removeTeacher(draft: Draft, { teacher, section: id }: TeachingAssignment): void {
  const section = findSection(draft, id);
  const teachers = teachersOf(section);
  if (!teachers.includes(teacher)) {
    throw new SandboxError(
      "The teacher does not have this section. See `/users/{id}/sections` for the teacher's sections.",
    );
  }
  if (section.teacher === teacher) {
    throw new SandboxError(
      'This is the primary teacher, which every section at Clever has. Give the section to another teacher with `replacePrimaryTeacher()`, or end it with `dissolveSection()`.',
    );
  }
  draft.put('sections', { ...section, teachers: teachers.filter((one) => one !== teacher) });
}

/** See {@link DistrictChanges.replacePrimaryTeacher}. */
export function replacePrimaryTeacher(
  draft: Draft,
  { teacher, section: id, keepPrevious = false }: TeacherReplacement,
): void {
  const { user } = findPersonAs(draft, 'teacher', teacher);
  const section = findSection(draft, id);
  if (typeof keepPrevious !== 'boolean') {
    throw new SandboxError('`keepPrevious` must be true or false (the default).');
  }
  if (section.teacher === teacher) {
    throw new SandboxError('The teacher already is the primary teacher of this section.');
  }
  const others = teachersOf(section).filter((one) => one !== teacher && (keepPrevious || one !== section.teacher));
  putTeachers(draft, section, [teacher, ...others], user);
}

/** See {@link DistrictChanges.dissolveSection}. */
export function dissolveSection(draft: Draft, { section }: { readonly section: string }): void {
  draft.removeSection(findSection(draft, section));
}

/** Renames the sections that Clever named after a primary teacher. */
export function renameSections(draft: Draft, before: UserRecord, after: UserRecord): void {
  for (const id of relatedIds(draft.roster, 'users.sections', before.id)) {
    const section = draft.get('sections', id);
    if (section?.teacher === before.id) {
      draft.put('sections', { ...section, ...nameAfter(draft, section, before, after) });
    }
  }
}

function putTeachers(
  draft: Draft,
  section: SectionRecord,
  teachers: readonly [string, ...string[]],
  primary: UserRecord,
): void {
  const before = section.teacher === undefined ? undefined : draft.get('users', section.teacher);
  const name = before === undefined ? {} : nameAfter(draft, section, before, primary);
  draft.put('sections', { ...section, ...name, teacher: teachers[0], teachers });
}

function teachersOf({ teacher, teachers = [] }: SectionRecord): string[] {
  return [...new Set([...(teacher === undefined ? [] : [teacher]), ...teachers])];
}

/**
 * Returns Clever's own name for a section, "course - teacher's last name - period", if it has that form.
 * Source: dev.clever.com, on sections.
 */
function nameAfter(
  draft: Draft,
  section: SectionRecord,
  before: UserRecord,
  after: UserRecord,
): { readonly name?: string } {
  const course = draft.get('courses', section.course ?? '')?.['name'];
  const nameWith = (last: string | null | undefined): string =>
    [course, last ?? '', section['period'] ?? ''].join(' - ');
  return typeof course === 'string' && section['name'] === nameWith(before.name.last)
    ? { name: nameWith(after.name.last) }
    : {};
}
