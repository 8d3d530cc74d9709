import type { Roster } from '../records.js';
import { timestamps } from './calendar.js';
import { makeCourse, makeSection, makeTerms } from './classes.js';
import { countContacts, makeContact } from './contacts.js';
import { makeDistrictAdmins, makeStaff, makeTeacher } from './employees.js';
import { ObjectIds } from './object-id.js';
import { makeDistrict, makeDistrictName, makeSchool } from './places.js';
import { planDistrict } from './plan.js';
import { type Maker, makeStudent } from './students.js';

/** What a generated district is made from. */
export interface GeneratorInput {
  readonly seed: number;
  readonly students: number;
  readonly name?: string;
}

/**
 * Makes a district up: the same input gives the same roster, to the last byte. Nobody in it exists.
 *
 * About one teacher to sixteen students, one section to five, four contacts to five. The oddities of real rosters are in it
 * on purpose: people with two roles or two schools, shared classes, teachers without any, missing, empty and malformed
 * e-mail addresses, names beyond ASCII.
 */
export function generateRoster({ seed, students, name = makeDistrictName(seed) }: GeneratorInput): Roster {
  const plan = planDistrict(students);
  const ids = new ObjectIds(seed);
  const maker: Maker = { seed, ids, district: ids.id('districts', 0), schools: plan.schools };
  const teachers = plan.teachers.map((teacher, index) => makeTeacher(maker, teacher, index));
  const admins = makeDistrictAdmins(maker);
  return {
    district: makeDistrict(maker, name, admins[0]),
    schools: plan.schools.map((school) => makeSchool(maker, school)),
    terms: makeTerms(maker),
    courses: plan.courses.map((course, index) => makeCourse(maker, course, index)),
    users: [
      ...plan.schools.flatMap((school) =>
        Array.from({ length: school.studentCount }, (_, position) =>
          makeStudent(maker, school, school.firstStudent + position),
        ),
      ),
      ...teachers,
      ...plan.schools.flatMap((school) => makeStaff(maker, school)),
      ...admins,
      ...Array.from({ length: countContacts(students) }, (_, index) => makeContact(maker, students, index)),
    ],
    sections: plan.sections.map((section, index) => makeSection(maker, section, index, teachers)),
    ...makeResources(maker),
  };
}

/** Two resources, mapped to the first courses of the district. Their form is the specification's; none was observed. */
function makeResources(maker: Maker): Pick<Roster, 'resources' | 'resourceAssignments'> {
  const { created, last_modified: updated } = timestamps(70_000);
  const resource = (index: number, title: string, roles: readonly string[]) => ({
    district: maker.district,
    resource_id: `resource-${index + 1}`,
    title,
    roles,
    created,
    updated,
    id: maker.ids.id('resources', index),
  });
  return {
    resources: [
      resource(0, 'Fractions, a workbook', ['student', 'teacher']),
      resource(1, "Fractions, the teacher's edition", ['teacher']),
    ],
    resourceAssignments: [0, 1].map((index) => ({
      resource: maker.ids.id('resources', index),
      courses: [maker.ids.id('courses', 2)],
      sections: [],
    })),
  };
}
