import { HOME_LANGUAGE_CODES, KNOWN_RACES, type KnownGrade } from '../../values/index.js';
import { Random } from '../random.js';
import type { RoleRecord, UserRecord } from '../records.js';
import { SCHOOL_YEAR, timestamps } from './calendar.js';
import { yearOf } from './levels.js';
import type { Maker } from './maker.js';
import {
  EMAIL_DOMAINS,
  type EmailKind,
  emailMember,
  makeLastName,
  makeName,
  type Name,
  plainLetters,
} from './names.js';
import { gradeAt, type SchoolPlan } from './plan.js';

/** Students of so many make up the families: the last two of each are siblings. */
const FAMILIES_OF = 5;
const YES_NO = ['Y', 'N', 'N', ''] as const;
type Disability = readonly [type: string, code: string];

/** The last but one is known to v3.1 only. */
const HOME_LANGUAGES = ['English', 'English', 'English', 'Spanish', 'Vietnamese', 'Arabic', 'Igbo', ''] as const;
const DISABILITIES: readonly [Disability, ...Disability[]] = [
  ['Autism', 'aut'],
  ['Hearing impairment', 'hi'],
  ['Specific learning disability', 'sld'],
  ['Speech or language impairment', 'sli'],
];

/** How students' addresses came out: young ones often have none. */
function emailKind(index: number, grade: KnownGrade): EmailKind {
  if (index % 25 === 7 || (yearOf(grade) < 2 && index % 4 === 0)) {
    return 'missing';
  }
  return index % 50 === 11 ? 'malformed' : index % 100 === 23 ? 'empty' : 'valid';
}

/** The family name of a student; contacts bear it too. */
export function familyName(seed: number, index: number): string {
  const isYoungerSibling = index % FAMILIES_OF === FAMILIES_OF - 1;
  return makeLastName(new Random(seed, 'family', isYoungerSibling ? index - 1 : index));
}

/** Whether a student goes to the school's neighbour as well. */
export function hasSecondSchool(index: number): boolean {
  return index % 50 === 3;
}

/** The student at a position of the district. Sensitive members are always made; what is served is decided elsewhere. */
export function makeStudent(maker: Maker, index: number): UserRecord {
  const school = maker.plan.schoolOfStudent(index);
  const random = new Random(maker.seed, 'student', index);
  const grade = gradeAt(school, index - school.firstStudent);
  const name = makeName(random, familyName(maker.seed, index));
  const email = emailMember(emailKind(index, grade), name, String(index), EMAIL_DOMAINS.students);
  return {
    id: maker.ids.id('students', index),
    district: maker.district,
    ...email,
    name,
    roles: { student: studentRole(maker, random, { school, grade, index, name, email }) },
    lms_status: { synced_in_lms: random.chance(0.9) },
    ...timestamps(index),
  };
}

interface Person {
  readonly school: SchoolPlan;
  readonly grade: KnownGrade;
  readonly index: number;
  readonly name: Name;
  readonly email: { readonly email?: string };
}

function studentRole(maker: Maker, random: Random, { school, grade, index, name, email }: Person): RoleRecord {
  const own = maker.ids.id('schools', school.index);
  const schools = hasSecondSchool(index) ? [own, maker.ids.id('schools', maker.plan.neighbour(school).index)] : [own];
  const number = String(200_000_000 + index);
  const born = SCHOOL_YEAR.graduates - 6 - yearOf(grade);
  return {
    credentials: { district_username: usernameOf(name, index) },
    dob: `${1 + random.below(12)}/${1 + random.below(28)}/${born}`,
    enrollments: index % 10 === 0 ? [{ school: own, start_date: SCHOOL_YEAR.first, end_date: SCHOOL_YEAR.last }] : [],
    ...(index % 3 === 0 ? { ext: { transport: random.chance(0.5) ? 'bus' : '' } } : {}),
    gender: random.pick(['M', 'M', 'M', 'F', 'F', 'F', 'X', '']),
    grade,
    graduation_year: index % 4 === 0 ? String(SCHOOL_YEAR.graduates + 12 - yearOf(grade)) : '',
    hispanic_ethnicity: random.pick(YES_NO),
    location: { address: '', city: '', state: '', zip: `0${random.digits(4)}` },
    race: random.pick([...KNOWN_RACES, '']),
    school: own,
    schools,
    sis_id: number,
    state_id: random.digits(9),
    student_number: number,
    ...email,
    ...sensitiveMembers(random),
    ...(index % 20 === 1 ? { preferred_name: { first: makeName(random).first, middle: '', last: name.last } } : {}),
  };
}

/** `adal4`; one in a long while is as long as the longest that was observed. */
function usernameOf(name: Name, index: number): string {
  const username = `${plainLetters(name.first)}${plainLetters(name.last).slice(0, 1)}${index}`;
  return index % 200 === 42 ? username.repeat(6) : username;
}

function sensitiveMembers(random: Random): Record<string, unknown> {
  const language = random.pick(HOME_LANGUAGES);
  const isDisabled = random.chance(0.1);
  const [disability_type, disability_code] = random.pick(DISABILITIES);
  return {
    ell_status: random.pick(YES_NO),
    frl_status: random.pick(['Free', 'Reduced', 'Paid', 'Paid', 'Other', '']),
    iep_status: isDisabled ? 'Y' : random.pick(['N', '']),
    home_language: language,
    ...(language === '' ? {} : { home_language_code: HOME_LANGUAGE_CODES[language] }),
    gifted_status: random.pick(YES_NO),
    section_504_status: random.pick(YES_NO),
    disability: isDisabled
      ? { disability_status: 'Y', disability_type, disability_code }
      : { disability_status: random.pick(['N', '']) },
  };
}
