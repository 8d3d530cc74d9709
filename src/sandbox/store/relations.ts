import type { Roster, SectionRecord } from '../records.js';
import { schoolsOf } from '../roles.js';
import { Multimap } from './multimap.js';
import { sortedIds } from './ordered.js';
import type { Relation } from './store.js';

/** Answers which ids hang on an id. Only ids of records that exist are listed: recorded rosters are fragments. */
export type Relations = Readonly<Record<Relation, (id: string) => readonly string[]>>;

/** The people of a section, teachers first. */
function peopleOf(section: SectionRecord): string[] {
  const { teacher, teachers = [], students = [] } = section;
  return [...(teacher === undefined ? [] : [teacher]), ...teachers, ...students];
}

/** Reads a roster once and indexes every relation of it. */
export function indexRelations(roster: Omit<Roster, 'district'>): Relations {
  const people = indexPeople(roster);
  const classes = indexSections(roster, people.exists);
  const content = indexResources(roster, classes.ofCourse);
  const isRole = (id: string, roles: readonly string[]): boolean => roles.some((role) => people.hasRole(id, role));
  const membersOf = (sectionIds: readonly string[], role: string): string[] =>
    sortedIds(sectionIds.flatMap((id) => classes.members.get(id).filter((person) => people.hasRole(person, role))));
  return {
    'schools.courses': (id) => classes.coursesOfSchool.get(id),
    'schools.sections': (id) => classes.ofSchool.get(id),
    'schools.terms': (id) => classes.termsOfSchool.get(id),
    'schools.users': (id) => people.ofSchool.get(id),
    'courses.resources': (id) => content.ofCourse.get(id),
    'courses.schools': (id) => classes.schoolsOfCourse.get(id),
    'courses.sections': (id) => classes.ofCourse.get(id),
    'terms.schools': (id) => classes.schoolsOfTerm.get(id),
    'terms.sections': (id) => classes.ofTerm.get(id),
    'sections.resources': (id) => content.ofSection.get(id),
    'sections.users': (id) => classes.members.get(id),
    'users.contacts': (id) => people.contactsOfStudent.get(id),
    'users.students': (id) =>
      people.hasRole(id, 'teacher') ? membersOf(classes.ofPerson.get(id), 'student') : people.studentsOfContact.get(id),
    'users.teachers': (id) => (people.hasRole(id, 'student') ? membersOf(classes.ofPerson.get(id), 'teacher') : []),
    'users.resources': (id) =>
      sortedIds(
        classes.ofPerson
          .get(id)
          .flatMap((section) => content.ofSection.get(section))
          .filter((resource) => isRole(id, content.rolesOf(resource))),
      ),
    'users.schools': (id) => people.schoolsOf(id),
    'users.sections': (id) => classes.ofPerson.get(id),
    'resources.courses': (id) => content.courses.get(id),
    'resources.sections': (id) => content.sections.get(id),
    'resources.users': (id) =>
      sortedIds(content.rolesOf(id).flatMap((role) => membersOf(content.sections.get(id), role))),
  };
}

function indexPeople(roster: Pick<Roster, 'users' | 'schools'>) {
  const users = new Map(roster.users.map((user) => [user.id, user]));
  const schools = new Set(roster.schools.map(({ id }) => id));
  const ofSchool = new Multimap();
  const contactsOfStudent = new Multimap();
  const studentsOfContact = new Multimap();
  for (const user of roster.users) {
    for (const school of schoolsOf(user)) {
      ofSchool.add(school, user.id);
    }
    for (const { student } of user.roles.contact?.student_relationships ?? []) {
      if (users.has(student)) {
        contactsOfStudent.add(student, user.id);
        studentsOfContact.add(user.id, student);
      }
    }
  }
  return {
    ofSchool,
    contactsOfStudent,
    studentsOfContact,
    exists: (id: string): boolean => users.has(id),
    hasRole: (id: string, role: string): boolean => Object.hasOwn(users.get(id)?.roles ?? {}, role),
    schoolsOf: (id: string): string[] => {
      const user = users.get(id);
      return user === undefined ? [] : sortedIds(schoolsOf(user).filter((school) => schools.has(school)));
    },
  };
}

function indexSections(roster: Omit<Roster, 'district'>, personExists: (id: string) => boolean) {
  const index = {
    ofSchool: new Multimap(),
    ofCourse: new Multimap(),
    ofTerm: new Multimap(),
    ofPerson: new Multimap(),
    members: new Multimap(),
    coursesOfSchool: new Multimap(),
    schoolsOfCourse: new Multimap(),
    termsOfSchool: new Multimap(),
    schoolsOfTerm: new Multimap(),
  };
  const existing = (records: readonly { readonly id: string }[]): ((id?: string) => string | undefined) => {
    const ids = new Set(records.map(({ id }) => id));
    return (id) => (id !== undefined && ids.has(id) ? id : undefined);
  };
  const [schools, courses, terms] = [existing(roster.schools), existing(roster.courses), existing(roster.terms)];
  for (const section of roster.sections) {
    const [school, course, term] = [schools(section.school), courses(section.course), terms(section.term_id)];
    index.ofSchool.add(school, section.id);
    index.ofCourse.add(course, section.id);
    index.ofTerm.add(term, section.id);
    index.coursesOfSchool.add(school, course);
    index.schoolsOfCourse.add(course, school);
    index.termsOfSchool.add(school, term);
    index.schoolsOfTerm.add(term, school);
    for (const person of peopleOf(section)) {
      if (personExists(person)) {
        index.members.add(section.id, person);
        index.ofPerson.add(person, section.id);
      }
    }
  }
  return index;
}

function indexResources(roster: Omit<Roster, 'district'>, sectionsOfCourse: Multimap) {
  const roles = new Map(roster.resources.map((resource) => [resource.id, resource.roles ?? []]));
  const index = {
    courses: new Multimap(),
    sections: new Multimap(),
    ofCourse: new Multimap(),
    ofSection: new Multimap(),
  };
  const [isCourse, isSection] = [roster.courses, roster.sections].map((records) => {
    const ids = new Set(records.map(({ id }) => id));
    return (id: string): boolean => ids.has(id);
  }) as [(id: string) => boolean, (id: string) => boolean];
  const assignments = roster.resourceAssignments.filter(({ resource }) => roles.has(resource));
  for (const { resource, courses: allCourses = [], sections: allSections = [] } of assignments) {
    const [courses, sections] = [allCourses.filter(isCourse), allSections.filter(isSection)];
    for (const course of courses) {
      index.courses.add(resource, course);
      index.ofCourse.add(course, resource);
    }
    for (const section of [...sections, ...courses.flatMap((course) => sectionsOfCourse.get(course))]) {
      index.sections.add(resource, section);
      index.ofSection.add(section, resource);
    }
  }
  return { ...index, rolesOf: (id: string): readonly string[] => roles.get(id) ?? [] };
}
