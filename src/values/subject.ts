import { type Guard, known, type OpenEnum } from './known.js';
import { type Normalized, normalizer, type Variants } from './lookup.js';

/**
 * Every subject that Clever documents, in Clever's spelling. All are in lower case except `PE and health`.
 * The empty string, which Clever sends for a missing subject, is not included.
 */
export const KNOWN_SUBJECTS = [
  'english/language arts',
  'math',
  'science',
  'social studies',
  'language',
  'homeroom/advisory',
  'interventions/online learning',
  'technology and engineering',
  'PE and health',
  'arts and music',
  'other',
] as const;

/** A subject that Clever documents. */
export type KnownSubject = (typeof KNOWN_SUBJECTS)[number];

/** A subject: a documented one, or any other text, `''` included. */
export type Subject = OpenEnum<KnownSubject>;

/** Whether a value is a subject that Clever documents. */
export const isKnownSubject: Guard<KnownSubject> = /* @__PURE__ */ known(KNOWN_SUBJECTS);

/**
 * The spellings that {@link normalizeSubject} accepts in addition to Clever's own. Case, spaces and
 * punctuation are ignored, and `&` is read as `and`: `Phys Ed` also matches `phys. ed.`.
 *
 * Source: inferred from the usual names of subjects in US schools; Clever documents only its own spelling.
 */
export const SUBJECT_VARIANTS: Variants<KnownSubject> = {
  'english/language arts': [
    'English',
    'ELA',
    'Language Arts',
    'English and Language Arts',
    'English Literature',
    'Literature',
    'Literacy',
    'Reading',
    'Writing',
    'Reading and Writing',
    'Reading/Language Arts',
    'RLA',
    'Composition',
    'Creative Writing',
    'Phonics',
    'Spelling',
    'Grammar',
    'English/LA',
  ],
  math: [
    'Maths',
    'Mathematics',
    'Arithmetic',
    'Pre-Algebra',
    'Algebra',
    'Algebra 1',
    'Algebra 2',
    'Algebra I',
    'Algebra II',
    'Geometry',
    'Trigonometry',
    'Pre-Calculus',
    'Calculus',
    'Statistics',
  ],
  science: [
    'Sciences',
    'General Science',
    'Natural Science',
    'Life Science',
    'Earth Science',
    'Physical Science',
    'Environmental Science',
    'Biology',
    'Chemistry',
    'Physics',
    'Astronomy',
  ],
  'social studies': [
    'Social Study',
    'Social Science',
    'Social Sciences',
    'History',
    'US History',
    'American History',
    'World History',
    'Geography',
    'Civics',
    'Government',
    'US Government',
    'American Government',
    'Economics',
    'Psychology',
    'Sociology',
  ],
  language: [
    'Languages',
    'World Language',
    'World Languages',
    'Foreign Language',
    'Foreign Languages',
    'Modern Language',
    'Modern Languages',
    'Spanish',
    'French',
    'German',
    'Italian',
    'Latin',
    'Chinese',
    'Mandarin',
    'Japanese',
    'American Sign Language',
    'ASL',
  ],
  'homeroom/advisory': ['Homeroom', 'Home Room', 'Advisory', 'Homeroom and Advisory'],
  'interventions/online learning': [
    'Intervention',
    'Interventions',
    'RTI',
    'MTSS',
    'Response to Intervention',
    'Online Learning',
    'Credit Recovery',
    'Interventions and Online Learning',
  ],
  'technology and engineering': [
    'Technology',
    'Tech',
    'Tech Ed',
    'Technology Education',
    'Engineering',
    'Technology/Engineering',
    'Engineering and Technology',
    'Information Technology',
    'Computer Science',
    'Computers',
    'Programming',
    'Computer Programming',
    'Coding',
    'Robotics',
  ],
  'PE and health': [
    'PE',
    'Phys Ed',
    'Physical Ed',
    'Physical Education',
    'Gym',
    'Health',
    'Health Education',
    'HPE',
    'Wellness',
    'PE/Health',
    'Health/PE',
    'Health and PE',
    'Physical Education and Health',
    'Health and Physical Education',
  ],
  'arts and music': [
    'Art',
    'Arts',
    'The Arts',
    'Music',
    'Art and Music',
    'Arts/Music',
    'Art/Music',
    'Fine Arts',
    'Visual Arts',
    'Performing Arts',
    'Visual and Performing Arts',
    'Band',
    'Orchestra',
    'Choir',
    'Chorus',
    'Drama',
    'Theater',
    'Theatre',
    'Dance',
  ],
  other: ['Other Subject', 'Elective', 'Electives', 'Miscellaneous', 'Misc'],
};

const normalize = /* @__PURE__ */ normalizer(KNOWN_SUBJECTS, SUBJECT_VARIANTS);

/**
 * Returns the Clever subject that a value means: one of Clever's exact values, or one of the well-known
 * variants in {@link SUBJECT_VARIANTS}, ignoring case, spaces and punctuation.
 *
 * Total and pure: it accepts any value and never throws. Idempotent: the `value` of a result normalizes to itself.
 *
 * @param raw - The subject as named by Clever, a course's name or another system.
 * @returns `raw` unchanged, and the subject or `undefined`. `''`, `null` and `undefined` are unknown values.
 *
 * @example
 * ```ts
 * import { normalizeSubject } from 'clever-sdk';
 *
 * normalizeSubject('Maths'); // { raw: 'Maths', value: 'math', isKnown: true }
 * normalizeSubject('pe & HEALTH'); // { raw: 'pe & HEALTH', value: 'PE and health', isKnown: true }
 * normalizeSubject(''); // { raw: '', value: undefined, isKnown: false }
 * ```
 */
export function normalizeSubject(raw: unknown): Normalized<KnownSubject> {
  return normalize(raw);
}
