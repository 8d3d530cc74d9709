import {
  KNOWN_DISABILITY_CODES,
  KNOWN_DISABILITY_TYPES,
  KNOWN_GRADES,
  KNOWN_HOME_LANGUAGE_CODES,
  KNOWN_HOME_LANGUAGES,
  KNOWN_RACES,
  KNOWN_SUBJECTS,
} from 'clever-sdk/values';

/*
 * A reader that believes Clever's documentation to the letter: formats, words, guaranteed members, and no other
 * members. It shares nothing with the schemas of the SDK, which are lenient on purpose.
 */

/** The form of a value. */
type Form =
  | { readonly kind: 'word'; readonly fits: (text: unknown) => boolean; readonly name: string }
  | { readonly kind: 'list'; readonly of: Form }
  | { readonly kind: 'map' }
  | {
      readonly kind: 'object';
      readonly members: Readonly<Record<string, Form>>;
      readonly guaranteed: readonly string[];
    };

type Version = 'v3.0' | 'v3.1';

const matching = (name: string, pattern: RegExp): Form => ({
  ...{ kind: 'word', name },
  fits: (text) => typeof text === 'string' && pattern.test(text),
});
const oneOf = (name: string, words: readonly string[]): Form => ({
  ...{ kind: 'word', name },
  fits: (text) => typeof text === 'string' && words.includes(text),
});
const listOf = (of: Form): Form => ({ kind: 'list', of });
const object = (members: Readonly<Record<string, Form>>, guaranteed: readonly string[] = []): Form => ({
  ...{ kind: 'object', members, guaranteed },
});

const id = matching('id', /^[0-9a-f]{24}$/u);
const text = matching('text', /^/u);
const timestamp = matching('timestamp', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/u);
const day = matching('day', /^\d{4}-\d{2}-\d{2}$/u);
const birthday = matching('day of birth', /^(?:(?:[1-9]|1[0-2])\/(?:[1-9]|[12]\d|3[01])\/\d{4})?$/u);
const year = matching('year', /^(?:\d{4})?$/u);
const yesNo = oneOf('Y, N or empty', ['Y', 'N', '']);
const grade = oneOf('grade', [...KNOWN_GRADES, '']);
const map: Form = { kind: 'map' };
const yesOrNo: Form = { kind: 'word', name: 'boolean', fits: (value) => typeof value === 'boolean' };
const location = object({ address: text, city: text, state: text, zip: text, lat: text, lon: text });
const credentials = object({ district_username: text });
const name = object({ first: text, middle: text, last: text }, ['last']);
const stamps = { created: timestamp, last_modified: timestamp };
const synced = object({ synced_in_lms: yesOrNo }, ['synced_in_lms']);

/** The kinds of records of a version. */
export function formsOf(version: Version): Readonly<Record<string, Form>> {
  const isNew = version === 'v3.1';
  const lms = isNew ? { lms_status: synced } : {};
  const guaranteedStudent = ['school', 'schools', 'enrollments', 'sis_id'];
  const student = object(
    {
      ...{ school: id, schools: listOf(id), sis_id: text, state_id: text, student_number: text, email: text },
      enrollments: listOf(object({ school: id, start_date: timestamp, end_date: timestamp }, ['school', 'start_date'])),
      ...{ grade, gender: oneOf('gender', ['M', 'F', 'X', '']), race: oneOf('race', [...KNOWN_RACES, '']) },
      ...{ hispanic_ethnicity: yesNo, dob: birthday, graduation_year: year, location, credentials, ext: map },
      ...{ ell_status: yesNo, iep_status: yesNo, unweighted_gpa: text, weighted_gpa: text },
      frl_status: oneOf('lunch', ['Free', 'Reduced', 'Paid', '', ...(isNew ? ['Other'] : [])]),
      home_language: isNew
        ? oneOf('language', KNOWN_HOME_LANGUAGES)
        : oneOf('language', [...KNOWN_HOME_LANGUAGES.filter((one) => OLD_LANGUAGES.has(one)), '']),
      ...(isNew
        ? {
            ...{ gifted_status: yesNo, section_504_status: yesNo, preferred_name: name },
            home_language_code: oneOf('language code', KNOWN_HOME_LANGUAGE_CODES),
            disability: object({
              disability_status: yesNo,
              disability_type: oneOf('disability', KNOWN_DISABILITY_TYPES),
              disability_code: oneOf('disability code', KNOWN_DISABILITY_CODES),
            }),
          }
        : {}),
    },
    guaranteedStudent,
  );
  const employee = { title: text, credentials, ext: map, legacy_id: id };
  const teacher = object(
    { ...employee, school: id, schools: listOf(id), sis_id: text, state_id: text, teacher_number: text },
    ['school', 'schools', 'sis_id'],
  );
  const staff = object({ ...employee, schools: listOf(id), staff_id: text, department: text, roles: listOf(text) }, [
    'schools',
    'staff_id',
  ]);
  const relationship = object(
    {
      student: id,
      relationship: oneOf('relationship', [...['Parent', 'Grandparent', 'Self', 'Aunt/Uncle', 'Sibling', 'Other', '']]),
      type: oneOf('type of contact', [
        ...['Parent/Guardian', 'Emergency', 'Primary', 'Secondary', 'Family', 'Other', ''],
      ]),
    },
    ['student'],
  );
  const contact = object({
    ...{ sis_id: text, phone: text, legacy_id: id, student_relationships: listOf(relationship) },
    phone_type: oneOf('type of phone', ['Cell', 'Home', 'Work', 'Other', '']),
  });
  const roles = object({ student, teacher, staff, district_admin: object({ title: text, legacy_id: id }), contact });
  const term = { id, district: id, name: text };
  return {
    users: object({ id, district: id, email: text, name, roles, ...lms, ...stamps }, [
      ...['id', 'district', 'name', 'roles', 'created', 'last_modified'],
    ]),
    schools: object(
      {
        ...{ id, district: id, name: text, sis_id: text, school_number: text, low_grade: grade, high_grade: grade },
        ...{ location, phone: text, nces_id: text, mdr_number: text, state_id: text, ext: map, ...stamps },
        principal: object({ name: text, email: text }),
      },
      ['id', 'district', 'name', 'sis_id', 'school_number', 'created', 'last_modified'],
    ),
    sections: object(
      {
        ...{
          id,
          district: id,
          school: id,
          name: text,
          sis_id: text,
          subject: oneOf('subject', [...KNOWN_SUBJECTS, '']),
        },
        ...{ students: listOf(id), teacher: id, teachers: listOf(id), grade, course: id, term_id: id, period: text },
        ...{ section_number: text, ext: map, ...lms, ...stamps },
      },
      [
        ...['id', 'district', 'school', 'name', 'sis_id', 'created', 'last_modified', 'subject', 'students'],
        ...['teacher', 'teachers'],
      ],
    ),
    courses: object({ id, district: id, name: text, number: text }, ['id', 'district']),
    // Captured as plain days here, and as timestamps below a school.
    terms: object({ ...term, start_date: day, end_date: day }, ['id', 'district']),
    'terms of a school': object({ ...term, start_date: timestamp, end_date: timestamp }, ['id', 'district']),
    districts: object(
      {
        ...{ id, name: text, sis_type: text, launch_date: day, portal_url: text, login_methods: listOf(text) },
        ...{ last_sync: timestamp, error: text, pause_start: timestamp, pause_end: timestamp },
        ...{ mdr_number: text, nces_id: text },
        state: oneOf('state', ['running', 'pending', 'error', 'paused', '', 'success']),
        district_contact: object({ id, district: id, name, email: text, title: text }),
        ...(isNew
          ? {
              lms_state: oneOf('state of the LMS', [
                ...['initial_sync_processing', 'pending_authorization', 'matching_in_progress', 'error'],
                ...['disconnected', 'success', ''],
              ]),
              lms_type: oneOf('LMS', ['canvas', 'schoology', 'google_classroom', '']),
              last_attendance_sync: timestamp,
            }
          : {}),
      },
      ['id', 'name', 'sis_type', 'launch_date', 'portal_url', 'login_methods'],
    ),
    resources: object(
      {
        ...{ id, district: id, resource_id: text, title: text, created: timestamp, updated: timestamp },
        roles: listOf(oneOf('role', ['teacher', 'student'])),
      },
      ['id', 'district'],
    ),
  };
}

/**
 * Returns what is wrong with a value, as paths and forms, without the value.
 *
 * @param isPartial - For `previous_attributes`: any member may be absent, and `null` where it was absent before.
 */
export function problemsOf(form: Form, value: unknown, isPartial = false, path = ''): string[] {
  if (isPartial && value === null) {
    return [];
  }
  switch (form.kind) {
    case 'word':
      return form.fits(value) ? [] : [`${path} is no ${form.name}`];
    case 'list':
      return Array.isArray(value)
        ? value.flatMap((item) => problemsOf(form.of, item, false, `${path}[]`))
        : [`${path} is no list`];
    case 'map':
      return isObject(value) &&
        Object.values(value).every((one) => typeof one === 'string' || (isPartial && one === null))
        ? []
        : [`${path} is no map of texts`];
    case 'object': {
      if (!isObject(value)) {
        return [`${path} is no object`];
      }
      const missing = isPartial ? [] : form.guaranteed.filter((member) => !Object.hasOwn(value, member));
      return [
        ...missing.map((member) => `${path}.${member} is missing`),
        ...Object.entries(value).flatMap(([member, inner]) => {
          const known = Object.hasOwn(form.members, member) ? form.members[member] : undefined;
          return known === undefined
            ? [`${path}.${member} is not documented`]
            : problemsOf(known, inner, isPartial, `${path}.${member}`);
        }),
      ];
    }
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The languages of v3.0: those of Appendix A that its client specification lists. */
const OLD_LANGUAGES: ReadonlySet<string> = new Set(
  (
    'Albanian Amharic Arabic Bengali Bosnian Burmese Cantonese Chinese Dutch English Farsi French German Hebrew Hindi ' +
    'Hmong Ilocano Japanese Javanese Karen Khmer Korean Laotian Latvian Malay Mandarin Nepali Oromo Polish Portuguese ' +
    'Punjabi Romanian Russian Samoan Serbian Somali Spanish Swahili Tagalog Tamil Telugu Thai Tigrinya Turkish ' +
    'Ukrainian Urdu Vietnamese'
  ).split(' '),
);
