/*
 * The files and columns of OneRoster CSV 1.1 and 1.2, described once. The writer, the validator and the reader of the
 * sandbox all use this description. The specifications were not at hand; columns and rules are those on which
 * independent implementations agree (LongsightGroup/oneroster, oat-sa/oneroster-import, legertom/oneroster-data).
 */

/** A version of OneRoster's CSV files. `1.2` is the binding 1.2.1, whose files name themselves `1.2`. */
export type OneRosterVersion = '1.1' | '1.2';

/** The versions, the older one first. */
export const VERSIONS: readonly OneRosterVersion[] = ['1.1', '1.2'];

/** What a cell may hold: see `cells.ts`. */
export type CellKind =
  | 'id'
  | 'ids'
  | 'text'
  | 'texts'
  | 'grades'
  | 'userIds'
  | 'word'
  | 'boolean'
  | 'number'
  | 'date'
  | 'time'
  | 'year';

/** A column of a file. */
export interface Column {
  readonly name: string;
  readonly kind: CellKind;
  /** Whether every row needs a value here. */
  readonly isRequired: boolean;
  /** The version that has it, when the other one does not. */
  readonly only?: OneRosterVersion;
  /** The file whose `sourcedId` the cell repeats. */
  readonly refersTo?: DataFile;
  /** The words of a `word`. */
  readonly words?: readonly string[];
  /** The words that 1.2 has in addition. */
  readonly laterWords?: readonly string[];
  /** Whether 1.2 also takes words of one's own, which begin with `ext:`. */
  readonly isExtensible?: boolean;
}

type Details = Omit<Column, 'name' | 'kind' | 'isRequired'>;

const column =
  (isRequired: boolean) =>
  (name: string, kind: CellKind, details: Details = {}): Column => ({ name, kind, isRequired, ...details });
const needed = column(true);
const optional = column(false);

const FIRST: readonly Column[] = [
  needed('sourcedId', 'id'),
  optional('status', 'word', { words: ['active', 'tobedeleted'] }),
  optional('dateLastModified', 'time'),
];

/** Roles of a person in 1.1; the ones that 1.2 keeps are in both lists. */
const USER_ROLES = ['administrator', 'aide', 'guardian', 'parent', 'proctor', 'relative', 'student', 'teacher'];

const orgs: readonly Column[] = [
  ...FIRST,
  needed('name', 'text'),
  needed('type', 'word', {
    words: ['department', 'school', 'district', 'local', 'state', 'national'],
    isExtensible: true,
  }),
  optional('identifier', 'text'),
  optional('parentSourcedId', 'id', { refersTo: 'orgs' }),
];

const academicSessions: readonly Column[] = [
  ...FIRST,
  needed('title', 'text'),
  needed('type', 'word', { words: ['gradingPeriod', 'semester', 'schoolYear', 'term'], isExtensible: true }),
  needed('startDate', 'date'),
  needed('endDate', 'date'),
  optional('parentSourcedId', 'id', { refersTo: 'academicSessions' }),
  needed('schoolYear', 'year'),
];

const courses: readonly Column[] = [
  ...FIRST,
  optional('schoolYearSourcedId', 'id', { refersTo: 'academicSessions' }),
  needed('title', 'text'),
  optional('courseCode', 'text'),
  optional('grades', 'grades'),
  needed('orgSourcedId', 'id', { refersTo: 'orgs' }),
  optional('subjects', 'texts'),
  optional('subjectCodes', 'texts'),
];

const classes: readonly Column[] = [
  ...FIRST,
  needed('title', 'text'),
  optional('grades', 'grades'),
  needed('courseSourcedId', 'id', { refersTo: 'courses' }),
  optional('classCode', 'text'),
  needed('classType', 'word', { words: ['homeroom', 'scheduled'], isExtensible: true }),
  optional('location', 'text'),
  needed('schoolSourcedId', 'id', { refersTo: 'orgs' }),
  needed('termSourcedIds', 'ids', { refersTo: 'academicSessions' }),
  optional('subjects', 'texts'),
  optional('subjectCodes', 'texts'),
  optional('periods', 'texts'),
];

const users: readonly Column[] = [
  ...FIRST,
  needed('enabledUser', 'boolean'),
  needed('orgSourcedIds', 'ids', { only: '1.1', refersTo: 'orgs' }),
  needed('role', 'word', { only: '1.1', words: USER_ROLES }),
  needed('username', 'text'),
  optional('userIds', 'userIds'),
  needed('givenName', 'text'),
  needed('familyName', 'text'),
  optional('middleName', 'text'),
  optional('identifier', 'text'),
  optional('email', 'text'),
  optional('sms', 'text'),
  optional('phone', 'text'),
  optional('agentSourcedIds', 'ids', { refersTo: 'users' }),
  optional('grades', 'grades'),
  optional('password', 'text'),
  optional('userMasterIdentifier', 'text', { only: '1.2' }),
  optional('preferredGivenName', 'text', { only: '1.2' }),
  optional('preferredMiddleName', 'text', { only: '1.2' }),
  optional('preferredFamilyName', 'text', { only: '1.2' }),
  optional('primaryOrgSourcedId', 'id', { only: '1.2', refersTo: 'orgs' }),
  optional('pronouns', 'text', { only: '1.2' }),
];

const roles: readonly Column[] = [
  ...FIRST,
  needed('userSourcedId', 'id', { refersTo: 'users' }),
  needed('roleType', 'word', { words: ['primary', 'secondary'] }),
  needed('role', 'word', {
    words: [
      'aide',
      'counselor',
      'districtAdministrator',
      'guardian',
      'parent',
      'principal',
      'proctor',
      'relative',
      'siteAdministrator',
      'student',
      'systemAdministrator',
      'teacher',
    ],
    isExtensible: true,
  }),
  optional('beginDate', 'date'),
  optional('endDate', 'date'),
  needed('orgSourcedId', 'id', { refersTo: 'orgs' }),
  optional('userProfileSourcedId', 'id', { refersTo: 'userProfiles' }),
];

const userProfiles: readonly Column[] = [
  ...FIRST,
  needed('userSourcedId', 'id', { refersTo: 'users' }),
  needed('profileType', 'text'),
  needed('vendorId', 'text'),
  optional('applicationId', 'text'),
  optional('description', 'text'),
  needed('credentialType', 'text'),
  needed('username', 'text'),
  optional('password', 'text'),
];

const RACES = [
  'americanIndianOrAlaskaNative',
  'asian',
  'blackOrAfricanAmerican',
  'nativeHawaiianOrOtherPacificIslander',
  'white',
  'demographicRaceTwoOrMoreRaces',
  'hispanicOrLatinoEthnicity',
] as const;

const demographics: readonly Column[] = [
  needed('sourcedId', 'id', { refersTo: 'users' }),
  ...FIRST.slice(1),
  optional('birthDate', 'date'),
  optional('sex', 'word', { words: ['male', 'female'], laterWords: ['other', 'unspecified'], isExtensible: true }),
  ...RACES.map((name) => optional(name, 'boolean')),
  optional('countryOfBirthCode', 'text'),
  optional('stateOfBirthAbbreviation', 'text'),
  optional('cityOfBirth', 'text'),
  optional('publicSchoolResidenceStatus', 'text'),
];

const enrollments: readonly Column[] = [
  ...FIRST,
  needed('classSourcedId', 'id', { refersTo: 'classes' }),
  needed('schoolSourcedId', 'id', { refersTo: 'orgs' }),
  needed('userSourcedId', 'id', { refersTo: 'users' }),
  needed('role', 'word', { words: ['administrator', 'proctor', 'student', 'teacher'], isExtensible: true }),
  optional('primary', 'boolean'),
  optional('beginDate', 'date'),
  optional('endDate', 'date'),
];

/** Files of grades and of resources. They are recognised and checked for their form; nothing here fills them. */
const categories: readonly Column[] = [
  ...FIRST,
  needed('title', 'text'),
  optional('weight', 'number', { only: '1.2' }),
];
const lineItems: readonly Column[] = [
  ...FIRST,
  needed('title', 'text'),
  optional('description', 'text'),
  needed('assignDate', 'date'),
  needed('dueDate', 'date'),
  needed('classSourcedId', 'id', { refersTo: 'classes' }),
  needed('categorySourcedId', 'id', { refersTo: 'categories' }),
  needed('gradingPeriodSourcedId', 'id', { only: '1.1', refersTo: 'academicSessions' }),
  optional('academicSessionSourcedId', 'id', { only: '1.2', refersTo: 'academicSessions' }),
  optional('resultValueMin', 'number'),
  optional('resultValueMax', 'number'),
  optional('schoolSourcedId', 'id', { only: '1.2', refersTo: 'orgs' }),
];
const results: readonly Column[] = [
  ...FIRST,
  needed('lineItemSourcedId', 'id', { refersTo: 'lineItems' }),
  needed('studentSourcedId', 'id', { refersTo: 'users' }),
  needed('scoreStatus', 'text'),
  optional('score', 'number'),
  needed('scoreDate', 'date'),
  optional('comment', 'text'),
  optional('textScore', 'text', { only: '1.2' }),
  optional('classSourcedId', 'id', { only: '1.2', refersTo: 'classes' }),
  ...['inProgress', 'incomplete', 'late', 'missing'].map((name) => optional(name, 'boolean', { only: '1.2' })),
];
const scoreScales: readonly Column[] = [
  ...FIRST,
  needed('title', 'text'),
  needed('type', 'text'),
  needed('orgSourcedId', 'id', { refersTo: 'orgs' }),
  optional('courseSourcedId', 'id', { refersTo: 'courses' }),
  optional('classSourcedId', 'id', { refersTo: 'classes' }),
  needed('scoreScaleValue', 'text'),
];
const lineItemLearningObjectiveIds: readonly Column[] = [
  ...FIRST,
  needed('lineItemSourcedId', 'id', { refersTo: 'lineItems' }),
  needed('source', 'text'),
  needed('learningObjectiveId', 'text'),
];
const lineItemScoreScales: readonly Column[] = [
  ...FIRST,
  optional('title', 'text'),
  needed('lineItemSourcedId', 'id', { refersTo: 'lineItems' }),
  needed('scoreScaleSourcedId', 'id', { refersTo: 'scoreScales' }),
];
const resultLearningObjectiveIds: readonly Column[] = [
  ...FIRST,
  needed('resultSourcedId', 'id', { refersTo: 'results' }),
  needed('source', 'text'),
  needed('learningObjectiveId', 'text'),
  optional('score', 'number'),
  optional('textScore', 'text'),
];
const resultScoreScales: readonly Column[] = [
  ...FIRST,
  optional('title', 'text'),
  needed('resultSourcedId', 'id', { refersTo: 'results' }),
  needed('scoreScaleSourcedId', 'id', { refersTo: 'scoreScales' }),
];
const resources: readonly Column[] = [
  ...FIRST,
  needed('vendorResourceId', 'text'),
  optional('title', 'text'),
  optional('roles', 'texts'),
  optional('importance', 'word', { words: ['primary', 'secondary'] }),
  optional('vendorId', 'text'),
  optional('applicationId', 'text'),
];
const classResources: readonly Column[] = [
  ...FIRST,
  optional('title', 'text'),
  needed('classSourcedId', 'id', { refersTo: 'classes' }),
  needed('resourceSourcedId', 'id', { refersTo: 'resources' }),
];
const courseResources: readonly Column[] = [
  ...FIRST,
  optional('title', 'text'),
  needed('courseSourcedId', 'id', { refersTo: 'courses' }),
  needed('resourceSourcedId', 'id', { refersTo: 'resources' }),
];
const userResources: readonly Column[] = [
  ...FIRST,
  needed('userSourcedId', 'id', { refersTo: 'users' }),
  optional('orgSourcedId', 'id', { refersTo: 'orgs' }),
  optional('classSourcedId', 'id', { refersTo: 'classes' }),
  needed('resourceSourcedId', 'id', { refersTo: 'resources' }),
];

/**
 * The files that hold data, in the order in which a reader wants them: a file comes after those that it refers to.
 * Their names in an archive end in `.csv`.
 */
export const DATA_FILES = [
  'orgs',
  'academicSessions',
  'courses',
  'classes',
  'users',
  'userProfiles',
  'roles',
  'demographics',
  'enrollments',
  'categories',
  'scoreScales',
  'lineItems',
  'results',
  'lineItemLearningObjectiveIds',
  'lineItemScoreScales',
  'resultLearningObjectiveIds',
  'resultScoreScales',
  'resources',
  'classResources',
  'courseResources',
  'userResources',
] as const;

/** The name of a file with data, without its ending. */
export type DataFile = (typeof DATA_FILES)[number];

const COLUMNS: Readonly<Record<DataFile, readonly Column[]>> = {
  orgs,
  academicSessions,
  courses,
  classes,
  users,
  userProfiles,
  roles,
  demographics,
  enrollments,
  categories,
  scoreScales,
  lineItems,
  results,
  lineItemLearningObjectiveIds,
  lineItemScoreScales,
  resultLearningObjectiveIds,
  resultScoreScales,
  resources,
  classResources,
  courseResources,
  userResources,
};

/** The files that 1.1 does not have. */
const SINCE_12: ReadonlySet<DataFile> = new Set<DataFile>([
  'roles',
  'userProfiles',
  'scoreScales',
  'lineItemScoreScales',
  'lineItemLearningObjectiveIds',
  'resultScoreScales',
  'resultLearningObjectiveIds',
  'userResources',
]);

/** The files of a version, in the order of {@link DATA_FILES}. */
export function filesOf(version: OneRosterVersion): readonly DataFile[] {
  return version === '1.2' ? DATA_FILES : DATA_FILES.filter((file) => !SINCE_12.has(file));
}

/** The columns of a file in a version, in their order. */
export function columnsOf(file: DataFile, version: OneRosterVersion): readonly Column[] {
  return COLUMNS[file].filter(({ only = version }) => only === version);
}

/** What the name of a column of one's own begins with; such columns follow all others. */
export const METADATA = 'metadata.';
