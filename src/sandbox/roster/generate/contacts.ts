import { Random } from '../random.js';
import type { RoleRecord, UserRecord } from '../records.js';
import { timestamps } from './calendar.js';
import type { Maker } from './maker.js';
import { EMAIL_DOMAINS, makeEmail, makeName } from './names.js';
import { familyName } from './students.js';

const FAMILIES_OF = 5;
const CONTACTS_OF = FAMILIES_OF - 1;
const RELATIONSHIPS = ['Parent', 'Parent', 'Grandparent', 'Aunt/Uncle', 'Other', ''] as const;
const RELATIONSHIP_TYPES = ['Parent/Guardian', 'Emergency', 'Family', 'Primary'] as const;
const PHONE_TYPES = ['Cell', 'Home', 'Work', 'Other', ''] as const;

/** Returns how many contacts a district of this size has: one per student, and siblings share theirs. */
export function countContacts(students: number): number {
  return students - Math.floor(students / FAMILIES_OF);
}

/** Returns the position of a student's contact. */
export function contactOf(student: number): number {
  return Math.floor(student / FAMILIES_OF) * CONTACTS_OF + Math.min(student % FAMILIES_OF, CONTACTS_OF - 1);
}

/**
 * Makes the contact at a position of the district. The whole name is in `name.last` (observed). Half of the
 * contacts have no `sis_id`, and so no stable id at Clever.
 */
export function makeContact(maker: Maker, index: number): UserRecord {
  const random = new Random(maker.seed, 'contact', index);
  const student = Math.floor(index / CONTACTS_OF) * FAMILIES_OF + (index % CONTACTS_OF);
  const name = makeName(random, familyName(maker.seed, student));
  const hasSiblings = index % CONTACTS_OF === CONTACTS_OF - 1 && student + 1 < maker.plan.students;
  const relationship = random.pick(RELATIONSHIPS);
  const email = makeEmail(index % 6 === 0 ? 'missing' : 'valid', name, `c${index}`, EMAIL_DOMAINS.contacts);
  const contact: RoleRecord = {
    phone: index % 5 === 0 ? '' : `(555) 01${random.digits(1)}-${random.digits(4)}`,
    phone_type: random.pick(PHONE_TYPES),
    sis_id: index % 2 === 0 ? '' : `C${random.digits(6)}`,
    student_relationships: (hasSiblings ? [student, student + 1] : [student]).map((child) => ({
      relationship,
      student: maker.ids.id('students', child),
      type: random.pick(RELATIONSHIP_TYPES),
    })),
    legacy_id: maker.ids.id('legacy', 3_000_000 + index),
  };
  const rest = { name: { last: `${name.first} ${name.last}` }, roles: { contact }, ...timestamps(40_000 + index) };
  const [id, { district }] = [maker.ids.id('contacts', index), maker];
  return email === undefined ? { id, district, ...rest } : { id, district, email, ...rest };
}
