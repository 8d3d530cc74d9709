import { Random } from '../random.js';
import type { UserRecord } from '../records.js';
import { timestamps } from './calendar.js';
import type { Maker } from './maker.js';
import { EMAIL_DOMAINS, emailMember, makeName } from './names.js';
import { familyName } from './students.js';

const FAMILIES_OF = 5;
const CONTACTS_OF = FAMILIES_OF - 1;

/** How many contacts a district of so many students has: one per student, and siblings share theirs. */
export function countContacts(students: number): number {
  return students - Math.floor(students / FAMILIES_OF);
}

/** The position of a student's contact. */
export function contactOf(student: number): number {
  return Math.floor(student / FAMILIES_OF) * CONTACTS_OF + Math.min(student % FAMILIES_OF, CONTACTS_OF - 1);
}

/**
 * The contact at a position of the district. The whole name is in `name.last` (observed); half have no `sis_id`, and so no
 * lasting id at Clever.
 */
export function makeContact(maker: Maker, index: number): UserRecord {
  const random = new Random(maker.seed, 'contact', index);
  const student = Math.floor(index / CONTACTS_OF) * FAMILIES_OF + (index % CONTACTS_OF);
  const name = makeName(random, familyName(maker.seed, student));
  const hasSiblings = index % CONTACTS_OF === CONTACTS_OF - 1 && student + 1 < maker.plan.students;
  const relationship = random.pick(['Parent', 'Parent', 'Grandparent', 'Aunt/Uncle', 'Other', '']);
  return {
    id: maker.ids.id('contacts', index),
    district: maker.district,
    ...emailMember(index % 6 === 0 ? 'missing' : 'valid', name, `c${index}`, EMAIL_DOMAINS.contacts),
    name: { last: `${name.first} ${name.last}` },
    roles: {
      contact: {
        phone: index % 5 === 0 ? '' : `(555) 01${random.digits(1)}-${random.digits(4)}`,
        phone_type: random.pick(['Cell', 'Home', 'Work', 'Other', '']),
        sis_id: index % 2 === 0 ? '' : `C${random.digits(6)}`,
        student_relationships: [student, ...(hasSiblings ? [student + 1] : [])].map((child) => ({
          relationship,
          student: maker.ids.id('students', child),
          type: random.pick(['Parent/Guardian', 'Emergency', 'Family', 'Primary']),
        })),
        legacy_id: maker.ids.id('legacy', 3_000_000 + index),
      },
    },
    ...timestamps(40_000 + index),
  };
}
