import {
  disabilityCode,
  disabilityType,
  gradeOrder,
  homeLanguageName,
  KNOWN_GRADES,
  KNOWN_HOME_LANGUAGES,
  KNOWN_PHONE_TYPES,
  KNOWN_RELATIONSHIP_TYPES,
  KNOWN_RELATIONSHIPS,
  normalizeGrade,
  normalizeSubject,
  type PlainDate,
  parseDob,
  parseTermDate,
  plainDateToString,
} from '../../../values/index.js';
import { lookup } from '../../../values/lookup.js';

/** How the cells of a column are read. */
export interface Reader {
  /**
   * Returns the value as Clever's API shows it; `undefined` for a value that Clever would not accept. Empty
   * cells are not passed in.
   */
  read(text: string): string | undefined;
  /** What is wrong with a cell that cannot be read, and what to write instead. */
  readonly advice: string;
}

type Spellings = Readonly<Record<string, readonly string[]>>;

/** Reads the values of a list and the other spellings of each, ignoring case, spaces and punctuation. */
function oneOf(values: Spellings): Reader {
  const names = Object.keys(values);
  const entries = () =>
    names.flatMap((value) => [value, ...(values[value] ?? [])].map((name) => [name, value] as const));
  return { read: lookup(entries), advice: `is not one of Clever's values; write one of: ${names.join(', ')}.` };
}

const listed = (values: readonly string[], spellings: Spellings = {}): Reader =>
  oneOf(Object.fromEntries(values.map((value) => [value, spellings[value] ?? []])));

/**
 * Reads text as one of Clever's words about contacts. The instructions allow any text for most of them, and API v3 has
 * lists that end in `Other`; that a word with no other meaning becomes `Other` is inferred.
 */
function freeText(values: readonly string[], spellings: Spellings): Reader {
  const { read, advice } = listed(values, spellings);
  return { read: (text) => read(text) ?? 'Other', advice };
}

/**
 * Returns the lower grade of a range such as `9-13`: the one that Clever uses. Documented for numbers; that named
 * grades have ranges, too, is inferred.
 */
function lowestOf(text: string): string | undefined {
  for (const { index } of text.matchAll(/[-\u{2013}\u{2014}]/gu)) {
    const ends = [text.slice(0, index), text.slice(index + 1)].map((end) => normalizeGrade(end).value);
    const [first = NaN, last = NaN] = ends.map((end) => gradeOrder(end));
    if (first <= last) {
      return ends[0];
    }
  }
  return undefined;
}

function american({ year, month, day }: PlainDate): string {
  return `${month}/${day}/${year}`;
}

/** A date with `/` is read in American order, whatever the column. */
function iso(text: string): string | undefined {
  const date = parseTermDate(text) ?? parseDob(text);
  return date === undefined ? undefined : plainDateToString(date);
}

const homeLanguage = lookup(() => KNOWN_HOME_LANGUAGES.map((name) => [name, name] as const));

/**
 * The readers of columns that do not accept any text. The one-letter codes of race are those of Clever's
 * SFTP instructions (as quoted by exports written to follow them); that full names and the other spellings
 * below are accepted is inferred.
 */
export const READERS = {
  grade: {
    read: (text) => normalizeGrade(text).value,
    advice: `is not a grade; write one of: ${KNOWN_GRADES.join(', ')}.`,
  },
  gradeRange: {
    read: (text) => normalizeGrade(text).value ?? lowestOf(text),
    advice: `is not a grade; write one of: ${KNOWN_GRADES.join(', ')}; or a range such as 9-12.`,
  },
  /** Clever puts unknown subjects under `other` (inferred: only values of the list were ever observed). */
  subject: { read: (text) => normalizeSubject(text).value ?? 'other', advice: '' },
  gender: oneOf({ M: ['Male'], F: ['Female'], X: ['Nonbinary', 'Non-binary'] }),
  race: oneOf({
    Caucasian: ['W', 'White'],
    Asian: ['A'],
    'Black or African American': ['B', 'Black', 'African American'],
    'American Indian': ['I', 'American Indian or Alaska Native', 'Native American', 'Alaska Native'],
    'Hawaiian or Other Pacific Islander': [
      'P',
      'Hawaiian or Pacific Islander',
      'Pacific Islander',
      'Native Hawaiian or Other Pacific Islander',
    ],
    'Two or More Races': ['M', 'Multiracial'],
    Unknown: ['U'],
  }),
  yesNo: oneOf({ Y: ['Yes', 'True'], N: ['No', 'False'] }),
  frl: oneOf({ Free: ['F'], Reduced: ['R'], Paid: ['P', 'N'], Other: ['O'] }),
  homeLanguage: {
    read: (text) => homeLanguage(text) ?? homeLanguageName(text),
    advice: "is not a home language that Clever knows; write its English name or Clever's code, or Other.",
  },
  disabilityType: { read: disabilityType, advice: 'is not a disability type that Clever documents.' },
  disabilityCode: { read: disabilityCode, advice: 'is not a disability code that Clever documents.' },
  relationship: freeText(KNOWN_RELATIONSHIPS, {
    Parent: ['Mother', 'Father', 'Mom', 'Dad', 'Stepmother', 'Stepfather', 'Guardian', 'Foster Parent'],
    Grandparent: ['Grandmother', 'Grandfather'],
    'Aunt/Uncle': ['Aunt', 'Uncle'],
    Sibling: ['Brother', 'Sister'],
  }),
  contactType: freeText(KNOWN_RELATIONSHIP_TYPES, { 'Parent/Guardian': ['Parent', 'Guardian'] }),
  phoneType: freeText(KNOWN_PHONE_TYPES, { Cell: ['Mobile'] }),
  dob: {
    read: (text) => {
      const date = parseDob(text);
      return date === undefined ? undefined : american(date);
    },
    advice: 'is not a calendar date; write M/D/YYYY or YYYY-MM-DD.',
  },
  date: { read: iso, advice: 'is not a calendar date; write M/D/YYYY or YYYY-MM-DD.' },
} as const satisfies Readonly<Record<string, Reader>>;

/** The name of a reader. */
export type ReaderName = keyof typeof READERS;
