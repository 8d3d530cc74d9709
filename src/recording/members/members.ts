import { SENSITIVE_FIELDS } from '../../privacy/index.js';
import {
  HOME_LANGUAGE_CODES,
  KNOWN_DISABILITY_CODES,
  KNOWN_DISABILITY_TYPES,
  KNOWN_DISTRICT_STATES,
  KNOWN_FRL_STATUSES,
  KNOWN_GENDERS,
  KNOWN_GRADES,
  KNOWN_LMS_STATES,
  KNOWN_LMS_TYPES,
  KNOWN_LOGIN_METHODS,
  KNOWN_PHONE_TYPES,
  KNOWN_RACES,
  KNOWN_RELATIONSHIP_TYPES,
  KNOWN_RELATIONSHIPS,
  KNOWN_ROLES,
  KNOWN_SUBJECTS,
  KNOWN_YES_NO,
} from '../../values/index.js';
import type { Kind } from '../capture/kinds.js';

/**
 * What happens to a value.
 *
 * - `id`: gets the stand-in of the id.
 * - `text`: gets a stand-in of the same form; so does whatever has another type than it should.
 * - `phone`: the same, as a number that belongs to no subscriber.
 * - `portal`: a link to a portal of Clever's with an invented name.
 * - `date`: a date or a moment, which is moved.
 * - `birthday`, `personal time`: the same, by other distances than all other dates: it cannot be read off them.
 * - `flag`: a boolean, which stays.
 * - a list of values: one of these stays, any other is a `text`.
 * - `each`: a list, all items of which are treated alike.
 * - `members`: an object. Members that it does not name are replaced, name and value.
 */
export type Treatment =
  | 'id'
  | 'text'
  | 'phone'
  | 'portal'
  | 'date'
  | 'birthday'
  | 'personal time'
  | 'flag'
  | readonly string[]
  | { readonly each: Treatment }
  | { readonly members: Members };

/** The treatment of each member of an object. */
export interface Members {
  readonly [member: string]: Treatment;
}

const NAME: Treatment = { members: { first: 'text', middle: 'text', last: 'text' } };
const ADDRESS: Treatment = {
  members: { address: 'text', city: 'text', state: 'text', zip: 'text', lat: 'text', lon: 'text' },
};
const CREDENTIALS: Treatment = { members: { district_username: 'text' } };
/** Only names of sensitive fields stay: all other names are the district's own. */
const EXTENSIONS: Treatment = { members: Object.fromEntries(SENSITIVE_FIELDS.map((field) => [field, 'text'])) };
const LMS_STATUS: Treatment = { members: { synced_in_lms: 'flag' } };
const IDS: Treatment = { each: 'id' };
const TIMES = { created: 'date', last_modified: 'date' } as const;
const PERSONAL_TIMES = { created: 'personal time', last_modified: 'personal time' } as const;

const SENSITIVE = {
  ell_status: KNOWN_YES_NO,
  frl_status: KNOWN_FRL_STATUSES,
  iep_status: KNOWN_YES_NO,
  home_language: Object.keys(HOME_LANGUAGE_CODES),
  home_language_code: Object.values(HOME_LANGUAGE_CODES),
  gifted_status: KNOWN_YES_NO,
  section_504_status: KNOWN_YES_NO,
  disability: {
    members: {
      disability_status: KNOWN_YES_NO,
      disability_type: KNOWN_DISABILITY_TYPES,
      disability_code: [...KNOWN_DISABILITY_CODES, ...KNOWN_DISABILITY_CODES.map((code) => code.toUpperCase())],
    },
  },
} as const satisfies Record<(typeof SENSITIVE_FIELDS)[number], Treatment>;

const STUDENT: Members = {
  school: 'id',
  schools: IDS,
  enrollments: { each: { members: { school: 'id', start_date: 'date', end_date: 'date' } } },
  sis_id: 'text',
  state_id: 'text',
  student_number: 'text',
  grade: KNOWN_GRADES,
  gender: KNOWN_GENDERS,
  race: KNOWN_RACES,
  hispanic_ethnicity: KNOWN_YES_NO,
  dob: 'birthday',
  graduation_year: 'text',
  location: ADDRESS,
  credentials: CREDENTIALS,
  ext: EXTENSIONS,
  ...SENSITIVE,
  preferred_name: NAME,
  unweighted_gpa: 'text',
  weighted_gpa: 'text',
  legacy_id: 'id',
  email: 'text',
  ...PERSONAL_TIMES,
};

const TEACHER: Members = {
  school: 'id',
  schools: IDS,
  sis_id: 'text',
  state_id: 'text',
  teacher_number: 'text',
  title: 'text',
  credentials: CREDENTIALS,
  ext: EXTENSIONS,
  legacy_id: 'id',
  email: 'text',
  district: 'id',
  name: NAME,
  ...PERSONAL_TIMES,
};

const STAFF: Members = {
  schools: IDS,
  staff_id: 'text',
  department: 'text',
  title: 'text',
  credentials: CREDENTIALS,
  ext: EXTENSIONS,
  legacy_id: 'id',
  email: 'text',
  // The two that Clever's documentation names.
  roles: { each: ['PortalOnly', 'SchoolTechLead'] },
};

const CONTACT: Members = {
  sis_id: 'text',
  phone: 'phone',
  phone_type: KNOWN_PHONE_TYPES,
  student_relationships: {
    each: { members: { student: 'id', relationship: KNOWN_RELATIONSHIPS, type: KNOWN_RELATIONSHIP_TYPES } },
  },
  legacy_id: 'id',
  email: 'text',
};

/** The members of each role of a person. */
export const ROLE_MEMBERS: Readonly<Record<string, Members>> = {
  student: STUDENT,
  teacher: TEACHER,
  staff: STAFF,
  district_admin: { title: 'text', legacy_id: 'id', email: 'text' },
  contact: CONTACT,
};

/** The members of each kind of record. */
export const RECORD_MEMBERS: Readonly<Record<Kind, Members>> = {
  districts: {
    id: 'id',
    name: 'text',
    sis_type: ['sftp'],
    launch_date: 'date',
    portal_url: 'portal',
    login_methods: { each: KNOWN_LOGIN_METHODS },
    last_sync: 'date',
    state: KNOWN_DISTRICT_STATES,
    error: 'text',
    pause_start: 'date',
    pause_end: 'date',
    mdr_number: 'text',
    nces_id: 'text',
    district_contact: { members: { id: 'id', district: 'id', name: NAME, email: 'text', title: 'text' } },
    lms_state: KNOWN_LMS_STATES,
    lms_type: KNOWN_LMS_TYPES,
    last_lms_sync: 'date',
    lms_matched_percentage: { members: { students: 'text', teachers: 'text', sections: 'text' } },
    last_attendance_sync: 'date',
  },
  schools: {
    id: 'id',
    district: 'id',
    name: 'text',
    sis_id: 'text',
    school_number: 'text',
    low_grade: KNOWN_GRADES,
    high_grade: KNOWN_GRADES,
    location: ADDRESS,
    principal: { members: { name: 'text', email: 'text' } },
    phone: 'phone',
    nces_id: 'text',
    mdr_number: 'text',
    state_id: 'text',
    ext: EXTENSIONS,
    ...TIMES,
  },
  terms: { id: 'id', district: 'id', name: 'text', start_date: 'date', end_date: 'date' },
  courses: { id: 'id', district: 'id', name: 'text', number: 'text' },
  users: {
    id: 'id',
    district: 'id',
    email: 'text',
    name: NAME,
    lms_status: LMS_STATUS,
    roles: {
      members: Object.fromEntries(Object.entries(ROLE_MEMBERS).map(([role, members]) => [role, { members }])),
    },
    ...PERSONAL_TIMES,
  },
  sections: {
    id: 'id',
    district: 'id',
    school: 'id',
    course: 'id',
    term_id: 'id',
    name: 'text',
    sis_id: 'text',
    subject: KNOWN_SUBJECTS,
    grade: KNOWN_GRADES,
    period: 'text',
    section_number: 'text',
    students: IDS,
    teacher: 'id',
    teachers: IDS,
    ext: EXTENSIONS,
    lms_status: LMS_STATUS,
    ...TIMES,
  },
  resources: {
    id: 'id',
    district: 'id',
    resource_id: 'text',
    title: 'text',
    roles: { each: KNOWN_ROLES },
    created: 'date',
    updated: 'date',
  },
};
