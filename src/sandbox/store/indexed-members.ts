import type { AnyRecord, Kind, ResourceRecord, SectionRecord, UserRecord } from '../records.js';
import { rolesOf, schoolsOf } from '../roles.js';

/** What the indexes are made from, as text: while it stays the same, a record may change without making them anew. */
export function indexedMembers(kind: Kind, record: AnyRecord): string {
  switch (kind) {
    case 'users': {
      const user = record as UserRecord;
      const students = (user.roles.contact?.student_relationships ?? []).map(({ student }) => student);
      return JSON.stringify([user.email, rolesOf(user), schoolsOf(user), students]);
    }
    case 'sections': {
      const { school, course, term_id, teacher, teachers, students } = record as SectionRecord;
      return JSON.stringify([school, course, term_id, teacher, teachers, students]);
    }
    case 'resources':
      return JSON.stringify((record as ResourceRecord).roles);
    default:
      return '';
  }
}
