import { isKnownHomeLanguage, SENSITIVE_FIELDS, type SensitiveField } from '../../../values/index.js';
import type { AnyRecord, Kind, RoleRecord, SectionRecord, UserRecord } from '../../roster/records.js';
import type { ApiVersion } from '../../world/access/api-versions.js';

/** What decides which members of a record a token sees. */
export interface View {
  readonly version: ApiVersion;
  /** The sensitive fields that the district shares with the app. The others are absent (observed). */
  readonly sensitiveFields: ReadonlySet<SensitiveField>;
}

/** Members that v3.1 added. Source: a comparison of the two official specifications. */
const SINCE_V31: Readonly<Partial<Record<Kind | 'student', readonly string[]>>> = {
  districts: ['lms_state', 'lms_type', 'last_attendance_sync'],
  sections: ['lms_status'],
  users: ['lms_status'],
  student: ['disability', 'gifted_status', 'section_504_status', 'home_language_code', 'preferred_name'],
};

/** Returns a record as a district-app token, or the user token of the person, sees it. */
export function present(kind: Kind, record: AnyRecord, view: View): AnyRecord {
  const isOld = view.version === 'v3.0';
  const visible = isOld ? without(record, SINCE_V31[kind] ?? []) : record;
  // The previous attributes of an event are partial, and `null` where a member was absent.
  const roles = kind === 'users' ? (record as Partial<UserRecord>).roles : undefined;
  if ((roles?.student ?? undefined) === undefined) {
    return visible;
  }
  const student = without(roles?.student ?? {}, hiddenFrom(view));
  return { ...visible, roles: { ...roles, student: isOld ? withValuesOfV30(student) : student } };
}

/**
 * The members of a student that a view hides, computed once for each set of fields and not for each of a
 * million students.
 */
const HIDDEN: Record<ApiVersion, WeakMap<View['sensitiveFields'], readonly string[]>> = {
  'v3.0': new WeakMap(),
  'v3.1': new WeakMap(),
};

function hiddenFrom({ version, sensitiveFields }: View): readonly string[] {
  let hidden = HIDDEN[version].get(sensitiveFields);
  if (hidden === undefined) {
    const newer = version === 'v3.0' ? (SINCE_V31.student ?? []) : [];
    hidden = [...SENSITIVE_FIELDS.filter((field) => !sensitiveFields.has(field)), ...newer];
    HIDDEN[version].set(sensitiveFields, hidden);
  }
  return hidden;
}

/** Replaces values that v3.0 does not have. Inferred: v3.0 sends an empty value in the place of a newer one. */
function withValuesOfV30(student: RoleRecord): RoleRecord {
  const { frl_status: lunch, home_language: language } = student;
  const isNewer = isKnownHomeLanguage(language) && !HOME_LANGUAGES_OF_V30.has(language);
  const spoken = isNewer ? { ...student, home_language: '' } : student;
  return lunch === 'Other' ? { ...spoken, frl_status: '' } : spoken;
}

/** Source: the official v3.0 client specification. */
const HOME_LANGUAGES_OF_V30: ReadonlySet<string> = new Set([
  'Albanian',
  'Amharic',
  'Arabic',
  'Bengali',
  'Bosnian',
  'Burmese',
  'Cantonese',
  'Chinese',
  'Dutch',
  'English',
  'Farsi',
  'French',
  'German',
  'Hebrew',
  'Hindi',
  'Hmong',
  'Ilocano',
  'Japanese',
  'Javanese',
  'Karen',
  'Khmer',
  'Korean',
  'Laotian',
  'Latvian',
  'Malay',
  'Mandarin',
  'Nepali',
  'Oromo',
  'Polish',
  'Portuguese',
  'Punjabi',
  'Romanian',
  'Russian',
  'Samoan',
  'Serbian',
  'Somali',
  'Spanish',
  'Swahili',
  'Tagalog',
  'Tamil',
  'Telugu',
  'Thai',
  'Tigrinya',
  'Turkish',
  'Ukrainian',
  'Urdu',
  'Vietnamese',
]);

/**
 * Turns the dates of a term into timestamps. Terms have dates on their own paths, and timestamps below a
 * school (observed).
 */
export function withTimestamps(term: AnyRecord): AnyRecord {
  const stamp = (date: unknown): unknown =>
    typeof date === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(date) ? `${date}T00:00:00.000Z` : date;
  return { ...term, start_date: stamp(term['start_date']), end_date: stamp(term['end_date']) };
}

/**
 * Returns a person or a district as single sign-on shows them. Source of the members:
 * dev.clever.com/docs/district-sso. Inferred: roles are present but empty, because an app has to know them.
 */
export function presentBasic(kind: Kind, record: AnyRecord): AnyRecord {
  if (kind !== 'users') {
    return { id: record.id, ...pick(record, ['name']) };
  }
  const { id, district, name, email, roles } = record as UserRecord;
  return {
    id,
    district,
    name: { first: name.first ?? '', last: name.last ?? '' },
    ...(email === undefined ? {} : { email }),
    roles: Object.fromEntries(Object.keys(roles).map((role) => [role, {}])),
  };
}

/**
 * Returns a person as a Library token sees them: the name and e-mail address of a teacher; the first name,
 * the initial of the last name and the grade of a student. Source: dev.clever.com/docs/library-sso.
 * Inferred: the members have the same places as in API v3.
 */
export function presentLibraryPerson({ id, name, email, roles }: UserRecord): AnyRecord {
  if (roles.student === undefined) {
    return { id, name, ...(email === undefined ? {} : { email }), roles: { teacher: {} } };
  }
  const initial = [...(name.last ?? '')][0] ?? '';
  return { id, name: { first: name.first ?? '', last: initial }, roles: { student: pick(roles.student, ['grade']) } };
}

/**
 * Returns a section as a Library token sees it: without school, district, course and term. Source:
 * dev.clever.com/docs/library-sso.
 */
export function presentLibrarySection(section: SectionRecord): AnyRecord {
  const { id } = section;
  return { id, ...pick(section, ['name', 'section_number', 'teacher', 'teachers', 'students', 'subject', 'grade']) };
}

/**
 * Returns a record without some members. They are set to `undefined`, which JSON leaves out, because
 * copying all other members would take as long as generating the person.
 */
function without<Item extends object>(record: Item, members: readonly string[]): Item {
  const concerned = members.filter((member) => Object.hasOwn(record, member));
  if (concerned.length === 0) {
    return record;
  }
  const copy = { ...record } as Record<string, unknown>;
  for (const member of concerned) {
    copy[member] = undefined;
  }
  return copy as Item;
}

function pick(record: object, members: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([member]) => members.includes(member)));
}
