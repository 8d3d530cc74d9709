import type { CallOptions } from '../../api/context.js';
import { CleverConfigError } from '../../errors/index.js';
import { defineInspect } from '../../privacy/index.js';
import type { LibrarySection, LibraryStudent, LibraryTeacher } from '../../schemas/library.js';
import type { Me } from '../../schemas/me.js';
import { isObject } from '../../util/is-object.js';
import { mapConcurrently } from '../concurrency.js';

/** A section of a {@link Classroom} with its students. */
export interface ClassroomSection extends Omit<LibrarySection, 'students'> {
  /** The students' records, in place of Clever's list of ids. */
  readonly students: readonly LibraryStudent[];
}

/**
 * Everything that a teacher shares with a Library app, to be provisioned at each login. Printing it shows
 * counts, not people.
 */
export interface Classroom {
  readonly teacher: LibraryTeacher;
  /** The teacher's sections. Empty for a teacher without sections, which is common. */
  readonly sections: readonly ClassroomSection[];
  /** Every student of every section, listed once, in the order of first appearance. */
  readonly students: readonly LibraryStudent[];
}

/** The number of sections whose students are requested at the same time. */
const SECTIONS_AT_ONCE = 4;

/** The calls of the Library client that a classroom is put together from. */
export interface ClassroomSource {
  getTeacher(id: string, options?: CallOptions): Promise<LibraryTeacher>;
  listSections(teacherId: string, options?: CallOptions): AsyncIterable<LibrarySection>;
  listSectionUsers(sectionId: string, options?: CallOptions): AsyncIterable<LibraryStudent>;
}

/** Reads a teacher's classroom. */
export async function readClassroom(library: ClassroomSource, { data }: Me, options: CallOptions): Promise<Classroom> {
  const teacher = await library.getTeacher(data.id, options);
  // Clever sends the roles without a grant (inferred from API v3), which is enough to recognise a student's login.
  const roles = rolesOf(teacher);
  if (roles.includes('student') && !roles.includes('teacher')) {
    throw new CleverConfigError(
      "classroom() needs a teacher's token, but this is a student's login. A student's token gives access to the student " +
        'only: use me().',
    );
  }
  const listed: LibrarySection[] = [];
  for await (const section of library.listSections(data.id, options)) {
    listed.push(section);
  }
  const teachers = new Set([data.id, ...listed.flatMap(teachersOf)]);
  const sections = await mapConcurrently(listed, SECTIONS_AT_ONCE, async (section): Promise<ClassroomSection> => {
    const students: LibraryStudent[] = [];
    for await (const person of library.listSectionUsers(section.id, options)) {
      if (isStudent(person, teachers)) {
        students.push(person);
      }
    }
    return { ...section, students };
  });
  const students = new Map(sections.flatMap((section) => section.students.map((student) => [student.id, student])));
  const classroom: Classroom = { teacher, sections, students: [...students.values()] };
  return defineInspect(classroom, () => ({ sections: sections.length, students: students.size }), { keepsJson: true });
}

/** Returns the ids of a section's teachers. */
function teachersOf({ teacher, teachers }: LibrarySection): readonly unknown[] {
  return [teacher, ...(Array.isArray(teachers) ? teachers : [])];
}

/**
 * Whether a person of a section is one of its students. The teachers of a section are among its people, and their
 * records may come without roles: so whom a section names as a teacher is none, whatever the record says.
 *
 * Library's sparse records may come without `roles` (observed in v2); a person without another role is
 * treated as a student.
 */
function isStudent(person: LibraryStudent, teachers: ReadonlySet<unknown>): boolean {
  const roles = rolesOf(person);
  return !teachers.has(person.id) && (roles.length === 0 || roles.includes('student'));
}

function rolesOf(person: object): readonly string[] {
  const { roles } = person as { readonly roles?: unknown };
  return isObject(roles) ? Object.keys(roles) : [];
}
