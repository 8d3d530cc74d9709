import { HOME_LANGUAGE_CODES, KNOWN_RACES, type KnownGrade } from '../../../values/index.js';
import { Random } from '../random.js';
import type { NameAndEmail, RoleRecord, UserRecord } from '../records.js';
import { SCHOOL_YEAR, timestamps } from './calendar.js';
import { yearOf } from './levels.js';
import type { Maker } from './maker.js';
import { EMAIL_DOMAINS, type EmailKind, makeEmail, makeLastName, makeName, type Name, plainLetters } from './names.js';
import { gradeAt, type SchoolPlan } from './plan.js';

/** The students come in families of this size: the last two of each are siblings. */
const FAMILIES_OF = 5;
const YES_NO = ['Y', 'N', 'N', ''] as const;
const NO_OR_EMPTY = ['N', ''] as const;
const GENDERS = ['M', 'M', 'M', 'F', 'F', 'F', 'X', ''] as const;
const LUNCHES = ['Free', 'Reduced', 'Paid', 'Paid', 'Other', ''] as const;
const RACES: readonly [string, ...string[]] = [...KNOWN_RACES, ''];
type Disability = readonly [type: string, code: string];

/** Timestamps, as specified: no enrollment was captured. */
const ENROLLED = {
  start_date: `${SCHOOL_YEAR.first}T00:00:00.000Z`,
  end_date: `${SCHOOL_YEAR.last}T00:00:00.000Z`,
} as const;

/** Only v3.1 knows the last but one. The last means that the language is not known. */
const HOME_LANGUAGES = ['English', 'English', 'English', 'Spanish', 'Vietnamese', 'Arabic', 'Igbo', ''] as const;
const DISABILITIES: readonly [Disability, ...Disability[]] = [
  ['Autism', 'aut'],
  ['Hearing impairment', 'hi'],
  ['Specific learning disability', 'sld'],
  ['Speech or language impairment', 'sli'],
];

/** Which kind of e-mail address a student has. Young students often have none. */
function emailKind(index: number, grade: KnownGrade): EmailKind {
  if (index % 25 === 7 || (yearOf(grade) < 2 && index % 4 === 0)) {
    return 'missing';
  }
  return index % 50 === 11 ? 'malformed' : index % 100 === 23 ? 'empty' : 'valid';
}

/** Returns the family name of a student, which the contacts share. */
export function familyName(seed: number, index: number): string {
  const isYoungerSibling = index % FAMILIES_OF === FAMILIES_OF - 1;
  return makeLastName(new Random(seed, 'family', isYoungerSibling ? index - 1 : index));
}

/** Whether a student also attends the next school. */
export function hasSecondSchool(index: number): boolean {
  return index % 50 === 3;
}

/**
 * Makes the student at a position of the district. Includes the sensitive members; other code decides what
 * is served.
 */
export function makeStudent(maker: Maker, index: number): UserRecord {
  const random = new Random(maker.seed, 'student', index);
  const person = introduce(maker, random, index);
  const { name, email } = person;
  const student = studentRole(maker, random, person);
  const rest = { name, roles: { student }, lms_status: { synced_in_lms: random.chance(0.9) }, ...timestamps(index) };
  const [id, { district }] = [maker.ids.id('students', index), maker];
  return email === undefined ? { id, district, ...rest } : { id, district, email, ...rest };
}

/** Returns the name and address of a student, without the rest of the record. */
export function nameStudent(maker: Maker, index: number): NameAndEmail {
  return introduce(maker, new Random(maker.seed, 'student', index), index);
}

/** Makes the values that the rest of a student's record depends on. */
function introduce(maker: Maker, random: Random, index: number): Person {
  const school = maker.plan.schoolOfStudent(index);
  const grade = gradeAt(school, index - school.firstStudent);
  const name = makeName(random, familyName(maker.seed, index));
  const email = makeEmail(emailKind(index, grade), name, String(index), EMAIL_DOMAINS.students);
  return { school, grade, index, name, email };
}

interface Person {
  readonly school: SchoolPlan;
  readonly grade: KnownGrade;
  readonly index: number;
  readonly name: Name;
  readonly email: string | undefined;
}

type Writable<T> = { -readonly [Member in keyof T]: T[Member] };

/** Assigns the members one by one, because spreading the parts together takes three times as long. */
function studentRole(maker: Maker, random: Random, { school, grade, index, name, email }: Person): RoleRecord {
  const own = maker.ids.id('schools', school.index);
  const number = String(200_000_000 + index);
  const role: Writable<RoleRecord> = {
    credentials: { district_username: usernameOf(name, index) },
    dob: `${1 + random.below(12)}/${1 + random.below(28)}/${SCHOOL_YEAR.graduates - 6 - yearOf(grade)}`,
    enrollments: index % 10 === 0 ? [{ school: own, ...ENROLLED }] : [],
  };
  if (index % 3 === 0) {
    role['ext'] = { transport: random.chance(0.5) ? 'bus' : '' };
  }
  role['gender'] = random.pick(GENDERS);
  role['grade'] = grade;
  role['graduation_year'] = index % 4 === 0 ? String(SCHOOL_YEAR.graduates + 12 - yearOf(grade)) : '';
  role['hispanic_ethnicity'] = random.pick(YES_NO);
  role['location'] = { address: '', city: '', state: '', zip: `0${random.digits(4)}` };
  role['race'] = random.pick(RACES);
  role.school = own;
  role.schools = hasSecondSchool(index) ? [own, maker.ids.id('schools', maker.plan.neighbour(school).index)] : [own];
  role['sis_id'] = number;
  role['state_id'] = random.digits(9);
  role['student_number'] = number;
  if (email !== undefined) {
    role['email'] = email;
  }
  addSensitiveMembers(role, random);
  if (index % 20 === 1) {
    role['preferred_name'] = { first: makeName(random).first, middle: '', last: name.last };
  }
  return role;
}

/** Returns a user name such as `adal4`; a rare one is as long as the longest that was observed. */
function usernameOf(name: Name, index: number): string {
  const username = `${plainLetters(name.first)}${plainLetters(name.last).slice(0, 1)}${index}`;
  return index % 200 === 42 ? username.repeat(6) : username;
}

function addSensitiveMembers(role: Writable<RoleRecord>, random: Random): void {
  const language = random.pick(HOME_LANGUAGES);
  const isDisabled = random.chance(0.1);
  const [disability_type, disability_code] = random.pick(DISABILITIES);
  role['ell_status'] = random.pick(YES_NO);
  role['frl_status'] = random.pick(LUNCHES);
  role['iep_status'] = isDisabled ? 'Y' : random.pick(NO_OR_EMPTY);
  // Left out when it is not known, because v3.1 has no empty language.
  if (language !== '') {
    role['home_language'] = language;
    role['home_language_code'] = HOME_LANGUAGE_CODES[language];
  }
  role['gifted_status'] = random.pick(YES_NO);
  role['section_504_status'] = random.pick(YES_NO);
  role['disability'] = isDisabled
    ? { disability_status: 'Y', disability_type, disability_code }
    : { disability_status: random.pick(NO_OR_EMPTY) };
}
