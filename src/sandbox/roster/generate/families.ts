import type { KnownRole } from '../../../values/index.js';
import type { AnyRecord, Kind, NameAndEmail } from '../records.js';
import { TERMS } from './calendar.js';
import { makeCourse, makeSection, makeTerm } from './classes.js';
import { countContacts, makeContact } from './contacts.js';
import {
  DISTRICT_ADMINS,
  makeDistrictAdmin,
  makeStaff,
  makeTeacher,
  nameTeacher,
  STAFF_PER_SCHOOL,
} from './employees.js';
import type { Maker } from './maker.js';
import type { IdFamily } from './object-id.js';
import { makeDistrict, makeSchool } from './places.js';
import { floatingTeacher } from './plan.js';
import { makeResource, RESOURCE_COUNT } from './resources.js';
import { makeStudent, nameStudent } from './students.js';

/** Records that are generated in the same way. */
export interface Family {
  readonly kind: Kind;
  readonly count: number;
  readonly make: (index: number) => AnyRecord;
  /** Returns the roles of a person without generating the person. */
  readonly rolesOf?: (index: number) => readonly KnownRole[];
  /**
   * Returns the name and address of a person without generating the rest. Exists for the large families
   * only.
   */
  readonly nameOf?: (index: number) => NameAndEmail;
}

/** Every family of records of a district. The ids of `legacy` have no records. */
export type Families = Readonly<Record<Exclude<IdFamily, 'legacy'>, Family>>;

const ROLES = {
  student: ['student'],
  teacher: ['teacher'],
  floating: ['teacher', 'staff'],
  staff: ['staff'],
  chief: ['staff', 'district_admin'],
  admin: ['district_admin'],
  contact: ['contact'],
} as const satisfies Record<string, readonly KnownRole[]>;

/** Returns the families of a district. Each record is generated when it is requested. */
export function familiesOf(maker: Maker, name: string): Families {
  const { plan } = maker;
  return {
    districts: { kind: 'districts', count: 1, make: () => makeDistrict(maker, name, makeDistrictAdmin(maker, 0)) },
    schools: { kind: 'schools', count: plan.schools.length, make: (index) => makeSchool(maker, index) },
    terms: { kind: 'terms', count: TERMS.length, make: (index) => makeTerm(maker, index) },
    courses: { kind: 'courses', count: plan.courses.length, make: (index) => makeCourse(maker, index) },
    students: {
      kind: 'users',
      count: plan.students,
      make: (index) => makeStudent(maker, index),
      rolesOf: () => ROLES.student,
      nameOf: (index) => nameStudent(maker, index),
    },
    teachers: {
      kind: 'users',
      count: plan.teacherCount,
      make: (index) => makeTeacher(maker, index),
      rolesOf: (index) => (floatingTeacher(plan.teacher(index).school) === index ? ROLES.floating : ROLES.teacher),
      nameOf: (index) => nameTeacher(maker, index),
    },
    staff: {
      kind: 'users',
      count: plan.schools.length * STAFF_PER_SCHOOL,
      make: (index) => makeStaff(maker, index),
      rolesOf: (index) => (index === 0 ? ROLES.chief : ROLES.staff),
    },
    district_admins: {
      kind: 'users',
      count: DISTRICT_ADMINS,
      make: (index) => makeDistrictAdmin(maker, index),
      rolesOf: () => ROLES.admin,
    },
    contacts: {
      kind: 'users',
      count: countContacts(plan.students),
      make: (index) => makeContact(maker, index),
      rolesOf: () => ROLES.contact,
    },
    sections: { kind: 'sections', count: plan.sectionCount, make: (index) => makeSection(maker, index) },
    resources: { kind: 'resources', count: RESOURCE_COUNT, make: (index) => makeResource(maker, index) },
  };
}
