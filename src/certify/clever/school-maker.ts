import type { DistrictSource, SandboxDistrict } from '../../sandbox/index.js';
import type { PeopleMaker } from './people.js';

/** Members of a record in Clever's spelling, in place of the usual ones. */
type Members = Readonly<Record<string, unknown>>;

/** A district without anybody, whose id no other run has: what {@link SchoolMaker} fills. */
export function emptyDistrict(people: PeopleMaker, name = 'Central', members: Members = {}): DistrictSource {
  return {
    district: {
      id: people.newId(),
      name: `${name} Unified ${people.unique(4)}`,
      sis_type: 'sftp',
      launch_date: '2024-08-01',
      portal_url: 'https://clever.com/in/central-unified',
      login_methods: ['Clever Passwords'],
      state: 'running',
      last_sync: new Date().toISOString(),
      ...members,
    },
  };
}

/** A section to make. */
export interface SectionWanted {
  readonly school: string;
  readonly teacher: string;
  readonly students: readonly string[];
  readonly course?: string;
  readonly term?: string;
  readonly members?: Members;
}

const FIRST_NAMES = ['Ada', 'Ben', 'Chloe', 'Dario', 'Esme', 'Finn', 'Gina', 'Hugo', 'Ines', 'Jamal'];
const LAST_NAMES = ['Acker', 'Bello', 'Cruz', 'Daly', 'Egan', 'Fuchs', 'Grant', 'Hale', 'Ito', 'Joshi'];

/** Fills a district, record by record. Each method returns the id of what it made. */
export class SchoolMaker {
  readonly #people: PeopleMaker;
  readonly #district: SandboxDistrict;

  constructor(people: PeopleMaker, district: SandboxDistrict) {
    this.#people = people;
    this.#district = district;
  }

  school(name: string, members: Members = {}): string {
    const number = this.#number();
    return this.#district.schools.create({
      id: this.#people.newId(),
      name,
      sis_id: number,
      school_number: number,
      low_grade: 'Kindergarten',
      high_grade: '12',
      ...members,
    }).id;
  }

  term(name: string, members: Members = {}): string {
    return this.#district.terms.create({
      id: this.#people.newId(),
      name,
      start_date: '2026-08-17',
      end_date: '2027-06-11',
      ...members,
    }).id;
  }

  course(name: string, members: Members = {}): string {
    return this.#district.courses.create({ id: this.#people.newId(), name, number: this.#number(), ...members }).id;
  }

  student(school: string, role: Members = {}, members: Members = {}): string {
    const number = this.#number();
    return this.#user(
      { student: { school, schools: [school], sis_id: number, student_number: number, grade: '5', ...role } },
      members,
    );
  }

  students(count: number, school: string): string[] {
    return Array.from({ length: count }, () => this.student(school));
  }

  teacher(school: string, role: Members = {}, members: Members = {}): string {
    return this.#user({ teacher: { school, schools: [school], sis_id: this.#number(), ...role } }, members);
  }

  /** A person with the roles that are given. */
  person(roles: Readonly<Record<string, Members>>, members: Members = {}): string {
    return this.#user(roles, members);
  }

  /** A contact without a SIS id, whose id changes with any change. */
  contact(student: string, role: Members = {}): string {
    return this.#user(
      {
        contact: { sis_id: '', student_relationships: [{ student, relationship: 'Mother', type: 'family' }], ...role },
      },
      { name: { last: `Contact ${this.#people.unique(5)}` } },
    );
  }

  section({ school, teacher, students, course, term, members = {} }: SectionWanted): string {
    return this.#district.sections.create({
      id: this.#people.newId(),
      name: `Reading ${this.#people.unique(4)}`,
      sis_id: this.#number(),
      school,
      subject: 'english/language arts',
      teacher,
      teachers: [teacher],
      students: [...students],
      ...(course === undefined ? {} : { course }),
      ...(term === undefined ? {} : { term_id: term }),
      ...members,
    }).id;
  }

  #user(roles: object, members: Members): string {
    const digits = Number.parseInt(this.#people.unique(6), 16);
    const first = FIRST_NAMES[digits % FIRST_NAMES.length] ?? 'Ada';
    const last = `${LAST_NAMES[digits % LAST_NAMES.length]}-${this.#people.unique(4)}`;
    return this.#district.users.create({
      id: this.#people.newId(),
      name: { first, last },
      email: this.#people.newEmail(`${first}.${last}`, this.#district),
      roles,
      ...members,
    }).id;
  }

  #number(): string {
    return String(100_000_000 + Number.parseInt(this.#people.unique(7), 16));
  }
}
