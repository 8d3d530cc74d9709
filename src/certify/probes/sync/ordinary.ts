import type { SandboxDistrict } from '../../../sandbox/index.js';
import { emptyDistrict, SchoolMaker } from '../../clever/school-maker.js';
import type { SyncProbe, SyncScene } from '../probe.js';

/** What an ordinary district has: ids of its records. */
export interface Ordinary {
  readonly make: SchoolMaker;
  readonly school: string;
  /** A small school, with a teacher, students, a section, a course and a term of its own. */
  readonly annex: string;
  readonly teachers: readonly string[];
  /** Of the larger school. */
  readonly students: readonly string[];
  /** Of the larger school: each student is in two of them. */
  readonly sections: readonly string[];
}

/** One empty district, which {@link fillOrdinary} fills. */
export const oneDistrict: SyncProbe['districts'] = (people) => [emptyDistrict(people)];

/** Two empty districts. */
export const twoDistricts: SyncProbe['districts'] = (people) => [
  emptyDistrict(people, 'Eastern'),
  emptyDistrict(people, 'Western'),
];

/**
 * Fills a district with few records, so that each list fits on one page of any app, and a change of the annex is too
 * small for a guard against changes of many.
 */
export function fillOrdinary({ people }: SyncScene, district: SandboxDistrict): Ordinary {
  const make = new SchoolMaker(people, district);
  const school = make.school('Lincoln School');
  const annex = make.school('Annex');
  for (const name of ['Riverside School', 'Hill School', 'Lake School']) {
    make.school(name);
  }
  const terms = [make.term('Fall'), make.term('Spring'), make.term('Full year')];
  const courses = ['Reading 5', 'Math 5', 'Science 5'].map((name) => make.course(name));
  const teachers = Array.from({ length: 3 }, () => make.teacher(school));
  // Two grades, because next year's fifth grade gets the sections that this year's had.
  const students = Array.from({ length: 18 }, (_, place) =>
    make.student(school, { grade: place % 2 === 0 ? '4' : '5' }),
  );
  const sections = Array.from({ length: 6 }, (_, index) =>
    make.section({
      school,
      teacher: teachers[index % teachers.length] ?? '',
      students: students.filter((_student, place) => place % 3 === index % 3),
      course: courses[index % courses.length] ?? '',
      term: terms[index % terms.length] ?? '',
    }),
  );
  make.section({
    school: annex,
    teacher: make.teacher(annex),
    students: make.students(3, annex),
    course: make.course('Pottery'),
    term: make.term('Annex term'),
  });
  return { make, school, annex, teachers, students, sections };
}
