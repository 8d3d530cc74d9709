import type { CallOptions } from '../../api/context.js';
import { CleverConfigError } from '../../errors/index.js';
import { defineInspect } from '../../privacy/index.js';
import type { LibrarySection, LibraryStudent } from '../../schemas/library.js';
import { mapConcurrently } from '../concurrency.js';
import type { Classroom, ClassroomSection, LibraryClient } from './library.js';

/** Requests for sections' students that run at the same time. */
const SECTIONS_AT_ONCE = 4;

/** Implements {@link LibraryClient.classroom}. */
export async function readClassroom(library: LibraryClient, options: CallOptions): Promise<Classroom> {
  const { data } = await library.me(options);
  const teacher = await library.getTeacher(data.id, options);
  // Not granted, and sent all the same (inferred from API v3): enough to tell a student's login.
  const roles: object = (teacher as { roles?: object | null }).roles ?? {};
  if ('student' in roles && !('teacher' in roles)) {
    throw new CleverConfigError(
      'classroom() needs the token of a teacher, and this login is a student. Students see only themselves: use me().',
    );
  }
  const listed: LibrarySection[] = [];
  for await (const section of library.listSections(data.id, options)) {
    listed.push(section);
  }
  const sections = await mapConcurrently(listed, SECTIONS_AT_ONCE, async (section): Promise<ClassroomSection> => {
    const students: LibraryStudent[] = [];
    for await (const person of library.listSectionUsers(section.id, options)) {
      if (isStudent(person)) {
        students.push(person);
      }
    }
    return { ...section, students };
  });
  const students = new Map(sections.flatMap((section) => section.students.map((student) => [student.id, student])));
  const classroom: Classroom = { teacher, sections, students: [...students.values()] };
  return defineInspect(classroom, () => ({ sections: sections.length, students: students.size }), { keepsJson: true });
}

/** Library's sparse records may come without `roles` (observed in v2); whoever is not said to be otherwise is a student. */
function isStudent(person: { readonly roles?: object | null }): boolean {
  return person.roles === undefined || person.roles === null || 'student' in person.roles;
}
