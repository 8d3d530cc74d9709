import { createHash, randomBytes } from 'node:crypto';
import type { SandboxDistrict, SandboxPerson } from '../../sandbox/index.js';
import type { World } from './world.js';

/** A role, in Clever's spelling. */
export type Role = 'student' | 'teacher' | 'staff' | 'district_admin' | 'contact';

/** A person to make. Whatever is left out is as most people have it. */
export interface PersonWanted {
  /** Default: `student`. */
  readonly roles?: readonly Role[];
  /** The role of the login, for people with several. Default: the first of {@link roles}. */
  readonly logsInAs?: Role;
  readonly district: SandboxDistrict;
  readonly first?: string | null;
  readonly last?: string | null;
  /** `null`: has none. */
  readonly email?: string | null;
  /** Of every role. */
  readonly sisId?: string;
  /** Members of roles in Clever's spelling, in place of the usual ones: `{ student: { grade: '' } }`. */
  readonly roleMembers?: Readonly<Record<string, object>>;
  /** Further members of the record. */
  readonly members?: object;
  /** `true`: nothing but what Clever guarantees. */
  readonly sparse?: boolean;
}

const FIRST_NAMES = [
  'Amara',
  'Bao',
  'Carmen',
  'Dmitri',
  'Elif',
  'Farah',
  'Goran',
  'Hana',
  'Imani',
  'Jonas',
  'Keiko',
  'Leila',
];
const LAST_NAMES = [
  'Abara',
  'Brandt',
  'Castillo',
  'Dvorak',
  'Eriksen',
  'Fontaine',
  'Galvez',
  'Haddad',
  'Ivanova',
  'Jensen',
  'Kimura',
  'Lindqvist',
];

/**
 * Makes people who did not exist before: the same names and numbers for the same seed and probe, and ids and e-mail
 * addresses that no other run has, so that an app that kept what it saw then meets strangers.
 */
export class PeopleMaker {
  readonly #seed: number;
  readonly #label: string;
  /** As at Clever, ids begin with a time. */
  readonly #firstDigits = `${Math.floor(Date.now() / 1_000).toString(16)}${randomBytes(3).toString('hex')}`;
  #count = 0;

  constructor(seed: number, label: string) {
    this.#seed = seed;
    this.#label = label;
  }

  /** A text of hexadecimal digits that no other call returns. */
  unique(digits: number): string {
    this.#count += 1;
    return createHash('sha256').update(`${this.#seed}/${this.#label}/${this.#count}`).digest('hex').slice(0, digits);
  }

  /** An id in Clever's form, which no other run has. */
  newId(): string {
    return `${this.#firstDigits}${this.unique(10)}`;
  }

  /** An e-mail address which no other run has: an app that knows it from a former run may ask whose it is. */
  newEmail(name: string, { id }: Pick<SandboxDistrict, 'id'>): string {
    return `${name}.${this.#firstDigits.slice(-6)}@${id}.example`.toLowerCase();
  }

  /** Makes a person in a district of the present world. */
  make(world: World, wanted: PersonWanted): SandboxPerson {
    const { district, roles = ['student'], sparse = false, members = {}, roleMembers = {} } = wanted;
    const id = this.newId();
    const digits = Number.parseInt(this.unique(6), 16);
    const first = FIRST_NAMES[digits % FIRST_NAMES.length] ?? 'Amara';
    // A name of its own, so that finding it on a page means this person.
    const last = `${LAST_NAMES[digits % LAST_NAMES.length]}-${this.unique(5)}`;
    const sisId = wanted.sisId ?? String(100_000_000 + digits);
    const email = wanted.email === undefined && !sparse ? this.newEmail(`${first}.${last}`, district) : wanted.email;
    district.users.create({
      id,
      name: {
        first: wanted.first === undefined ? first : wanted.first,
        last: wanted.last === undefined ? last : wanted.last,
      },
      ...(email === null || email === undefined ? {} : { email }),
      roles: Object.fromEntries(roles.map((role) => [role, { ...usual(role, sisId, sparse), ...roleMembers[role] }])),
      ...members,
    });
    const role = wanted.logsInAs ?? roles[0] ?? 'student';
    const person = world.sandbox
      .people({ role, districtId: district.id, limit: 100_000 })
      .find((candidate) => candidate.id === id);
    if (person === undefined) {
      throw new TypeError('A person was made, and is not in the district.');
    }
    return person;
  }

  /** Makes a section with its teacher and students. Returns its id. */
  section({
    district,
    teacher,
    students,
    name,
    sparse = false,
  }: {
    readonly district: SandboxDistrict;
    readonly teacher: SandboxPerson;
    readonly students: readonly SandboxPerson[];
    readonly name?: string;
    /** `true`: without a subject. */
    readonly sparse?: boolean;
  }): string {
    const id = this.newId();
    district.sections.create({
      id,
      name: name ?? `Reading ${this.unique(4)}`,
      sis_id: String(Number.parseInt(this.unique(7), 16)),
      ...(sparse ? {} : { subject: 'english/language arts' }),
      teacher: teacher.id,
      teachers: [teacher.id],
      students: students.map((student) => student.id),
    });
    return id;
  }
}

function usual(role: string, sisId: string, sparse: boolean): object {
  if (role === 'student') {
    return sparse ? { sis_id: sisId } : { sis_id: sisId, grade: '5', student_number: sisId };
  }
  return role === 'teacher' ? { sis_id: sisId } : role === 'staff' ? { staff_id: sisId } : {};
}
