import type { Random } from '../random.js';

type Names = readonly [string, ...string[]];

/** All names are invented. Some contain letters beyond ASCII, apostrophes, hyphens and spaces on purpose. */
const FIRST_NAMES: Names = [
  'Ada',
  'Amir',
  'Anaïs',
  'Beatriz',
  'Bilal',
  'Carmen',
  'Chloë',
  "D'Andre",
  'Dmitri',
  'Elif',
  'Emeka',
  'Fatima',
  'Finn',
  'Grace',
  'Hana',
  'Ines',
  'Ivan',
  'Jamal',
  'José',
  'Jun',
  'Kai',
  'Keisha',
  'Lars',
  'Leila',
  'Łucja',
  'Malik',
  'Mary-Kate',
  'Mei',
  'Ngọc',
  'Noah',
  'Olga',
  'Omar',
  'Priya',
  'Quinn',
  'Rosa',
  'Ruth',
  'Samir',
  'Siân',
  'Søren',
  'Tariq',
  'Thomas',
  'Uma',
  'Víctor',
  'Wanda',
  'Xiomara',
  'Yusuf',
  'Zoë',
];

const LAST_NAMES: Names = [
  'Abbott',
  'Adeyemi',
  'Bauer',
  'Beaumont',
  'Castillo',
  'Chen',
  "D'Angelo",
  'de la Cruz',
  'Dubois',
  'Eriksen',
  'Ferreira',
  'Fitzgerald',
  'García-López',
  'Goldberg',
  'Haddad',
  'Hughes',
  'Ibrahim',
  'Ivanova',
  'Jackson',
  'Kowalski',
  'Kim',
  'Lindqvist',
  'MacDonald',
  'Mbeki',
  'Müller',
  'Nakamura',
  'Nguyễn',
  'Nuñez',
  "O'Neill",
  'Okafor',
  'Patel',
  'Petrović',
  'Quispe',
  'Ramírez',
  'Rossi',
  'Schäfer',
  'Silva',
  'St. James',
  'Tanaka',
  'Thompson',
  'Ueda',
  'van der Berg',
  'Whitfield',
  'Xu',
  'Yılmaz',
  'Young',
  'Zielińska',
];

/** A name as Clever's records contain it. */
export interface Name {
  readonly first: string;
  readonly middle?: string;
  readonly last: string;
}

/** Makes a person's name. The middle name is an initial, empty or missing, as in real rosters (observed). */
export function makeName(random: Random, last: string = random.pick(LAST_NAMES)): Name {
  const first = random.pick(FIRST_NAMES);
  const kind = random.below(10);
  if (kind < 3) {
    return { first, last };
  }
  return { first, middle: kind < 5 ? '' : String.fromCharCode(65 + random.below(26)), last };
}

/** Makes a family name, for people who share it. */
export function makeLastName(random: Random): string {
  return random.pick(LAST_NAMES);
}

/** Returns a name as the letters of a user name or e-mail address: `García-López` becomes `garcialopez`. */
export function plainLetters(name: string): string {
  const known = PLAIN_LETTERS.get(name);
  if (known !== undefined) {
    return known;
  }
  const letters = name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/gu, '');
  PLAIN_LETTERS.set(name, letters);
  return letters;
}

/** A cache, which stays small because there are few names. */
const PLAIN_LETTERS = new Map<string, string>();

/** The domains of e-mail addresses, which are reserved for examples. */
export const EMAIL_DOMAINS = {
  students: 'students.example.com',
  employees: 'staff.example.org',
  contacts: 'families.example.net',
} as const;

/** The families by the letter before the number of an address; students have no letter. */
const EMAIL_LETTERS = { t: 'teachers', s: 'staff', a: 'district_admins', c: 'contacts' } as const;

/**
 * Returns the family and position that the number of an address names. The rest of the address is not
 * checked.
 */
export function familyOfEmail(
  email: string,
):
  | { readonly family: 'students' | 'teachers' | 'staff' | 'district_admins' | 'contacts'; readonly index: number }
  | undefined {
  const [, letter = '', digits = '', domain] = /([a-z]?)(\d{1,9})[@.]([a-z.]+)$/u.exec(email) ?? [];
  const index = Number(digits);
  if (domain === EMAIL_DOMAINS.students) {
    return { family: 'students', index };
  }
  const family = Object.hasOwn(EMAIL_LETTERS, letter) ? EMAIL_LETTERS[letter as keyof typeof EMAIL_LETTERS] : undefined;
  return domain === undefined || family === undefined ? undefined : { family, index };
}

/** How an e-mail address looks in the records: valid, without its `@` (observed), empty or missing. */
export type EmailKind = 'valid' | 'malformed' | 'empty' | 'missing';

/** Makes an e-mail address; `undefined` when it is missing. */
export function makeEmail(kind: EmailKind, name: Name, distinct: string, domain: string): string | undefined {
  if (kind === 'missing' || kind === 'empty') {
    return kind === 'empty' ? '' : undefined;
  }
  const at = kind === 'malformed' ? '.' : '@';
  return `${plainLetters(name.first)}.${plainLetters(name.last)}${distinct}${at}${domain}`;
}
