/*
 * Generated from the zod schemas in src/schemas by `npm run generate` (scripts/generate-checks.ts). Change those
 * instead of this file; a test compares them.
 *
 * Each function returns whether a value has the shape of its schema, and reads like it: isUser checks what
 * userSchema in src/schemas/user.ts says, member by member. It copies nothing, and ignores members that the schema
 * does not have. For a value that a check rejects, zod explains the reason.
 */
import type { RecordKind } from '../schemas/record.js';
import { isObject } from '../util/is-object.js';

/** Returns whether a value has a shape. */
type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';

// JSON can contain a number that is too large for JavaScript, such as 1e999.
const isNumber: Check = (value) => Number.isFinite(value);

const isBoolean: Check = (value) => typeof value === 'boolean';

// A member that may be absent or null.
const isMaybe = (value: unknown, check: Check): boolean => value === undefined || value === null || check(value);

const isMaybeText: Check = (value) => typeof value === 'string' || value === undefined || value === null;

const isListOf = (value: unknown, check: Check): boolean => {
  if (!Array.isArray(value)) {
    return false;
  }
  for (const element of value) {
    if (!check(element)) {
      return false;
    }
  }
  return true;
};

// An object with any names. Like zod, it does not look at __proto__.
const isRecordOf = (value: unknown, check: Check): boolean => {
  if (!isObject(value)) {
    return false;
  }
  for (const name in value) {
    if (!check(value[name]) && name !== '__proto__') {
      return false;
    }
  }
  return true;
};

/** The check of each kind of record. */
export const CHECKS: Readonly<Record<RecordKind, Check>> = {
  user: isUser,
  ownUser: isOwnUser,
  school: isSchool,
  section: isSection,
  course: isCourse,
  term: isTerm,
  district: isDistrict,
  resource: isContentResource,
  event: isEvent,
  assignment: isAssignment,
  submission: isSubmission,
  attendanceRecord: isAttendanceRecord,
  me: isMe,
  userinfo: isUserinfo,
  token: isUserToken,
  tokenInfo: isTokenInfo,
  districtToken: isDistrictToken,
  libraryTeacher: isLibraryTeacher,
  libraryStudent: isLibraryStudent,
  librarySection: isLibrarySection,
};

function isUserName(value: unknown): boolean {
  return isObject(value) && isMaybeText(value['first']) && isMaybeText(value['middle']) && isText(value['last']);
}

function isTextList(value: unknown): boolean {
  return isListOf(value, isText);
}

function isSchoolEnrollment(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybeText(value['school']) &&
    isMaybeText(value['start_date']) &&
    isMaybeText(value['end_date'])
  );
}

function isSchoolEnrollmentList(value: unknown): boolean {
  return isListOf(value, isSchoolEnrollment);
}

function isPostalAddress(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybeText(value['address']) &&
    isMaybeText(value['city']) &&
    isMaybeText(value['state']) &&
    isMaybeText(value['zip']) &&
    isMaybeText(value['lat']) &&
    isMaybeText(value['lon'])
  );
}

function isUserCredentials(value: unknown): boolean {
  return isObject(value) && isMaybeText(value['district_username']);
}

function isTextOrNull(value: unknown): boolean {
  return value === null || isText(value);
}

function isTextOrNullRecord(value: unknown): boolean {
  return isRecordOf(value, isTextOrNull);
}

function isPartialName(value: unknown): boolean {
  return isObject(value) && isMaybeText(value['first']) && isMaybeText(value['middle']) && isMaybeText(value['last']);
}

function isDisability(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybeText(value['disability_status']) &&
    isMaybeText(value['disability_type']) &&
    isMaybeText(value['disability_code'])
  );
}

function isStudentRole(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['school']) &&
    isTextList(value['schools']) &&
    isSchoolEnrollmentList(value['enrollments']) &&
    isText(value['sis_id']) &&
    isMaybeText(value['state_id']) &&
    isMaybeText(value['student_number']) &&
    isMaybeText(value['grade']) &&
    isMaybeText(value['dob']) &&
    isMaybeText(value['gender']) &&
    isMaybeText(value['race']) &&
    isMaybeText(value['hispanic_ethnicity']) &&
    isMaybeText(value['graduation_year']) &&
    isMaybe(value['location'], isPostalAddress) &&
    isMaybe(value['credentials'], isUserCredentials) &&
    isMaybe(value['ext'], isTextOrNullRecord) &&
    isMaybe(value['preferred_name'], isPartialName) &&
    isMaybeText(value['unweighted_gpa']) &&
    isMaybeText(value['weighted_gpa']) &&
    isMaybeText(value['legacy_id']) &&
    isMaybeText(value['email']) &&
    isMaybeText(value['created']) &&
    isMaybeText(value['last_modified']) &&
    isMaybeText(value['ell_status']) &&
    isMaybeText(value['frl_status']) &&
    isMaybeText(value['iep_status']) &&
    isMaybeText(value['home_language']) &&
    isMaybeText(value['home_language_code']) &&
    isMaybeText(value['gifted_status']) &&
    isMaybeText(value['section_504_status']) &&
    isMaybe(value['disability'], isDisability)
  );
}

function isTeacherRole(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['school']) &&
    isTextList(value['schools']) &&
    isText(value['sis_id']) &&
    isMaybeText(value['state_id']) &&
    isMaybeText(value['teacher_number']) &&
    isMaybeText(value['title']) &&
    isMaybe(value['credentials'], isUserCredentials) &&
    isMaybe(value['ext'], isTextOrNullRecord) &&
    isMaybeText(value['legacy_id']) &&
    isMaybeText(value['district']) &&
    isMaybe(value['name'], isPartialName) &&
    isMaybeText(value['created']) &&
    isMaybeText(value['last_modified'])
  );
}

function isStaffRole(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybe(value['schools'], isTextList) &&
    isMaybeText(value['staff_id']) &&
    isMaybeText(value['department']) &&
    isMaybeText(value['title']) &&
    isMaybe(value['roles'], isTextList) &&
    isMaybe(value['credentials'], isUserCredentials) &&
    isMaybe(value['ext'], isTextOrNullRecord) &&
    isMaybeText(value['legacy_id'])
  );
}

function isDistrictAdminRole(value: unknown): boolean {
  return isObject(value) && isMaybeText(value['title']) && isMaybeText(value['legacy_id']);
}

function isStudentRelationship(value: unknown): boolean {
  return (
    isObject(value) && isMaybeText(value['student']) && isMaybeText(value['relationship']) && isMaybeText(value['type'])
  );
}

function isStudentRelationshipList(value: unknown): boolean {
  return isListOf(value, isStudentRelationship);
}

function isContactRole(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybeText(value['sis_id']) &&
    isMaybeText(value['phone']) &&
    isMaybeText(value['phone_type']) &&
    isMaybe(value['student_relationships'], isStudentRelationshipList) &&
    isMaybeText(value['legacy_id'])
  );
}

function isUserRoles(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybe(value['student'], isStudentRole) &&
    isMaybe(value['teacher'], isTeacherRole) &&
    isMaybe(value['staff'], isStaffRole) &&
    isMaybe(value['district_admin'], isDistrictAdminRole) &&
    isMaybe(value['contact'], isContactRole)
  );
}

function isLmsStatus(value: unknown): boolean {
  return isObject(value) && isMaybe(value['synced_in_lms'], isBoolean);
}

function isUser(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isText(value['district']) &&
    isUserName(value['name']) &&
    isMaybeText(value['email']) &&
    isMaybe(value['roles'], isUserRoles) &&
    isMaybe(value['lms_status'], isLmsStatus) &&
    isText(value['created']) &&
    isText(value['last_modified'])
  );
}

function isOwnUserRolesStudent(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybeText(value['school']) &&
    isMaybe(value['schools'], isTextList) &&
    isMaybe(value['enrollments'], isSchoolEnrollmentList) &&
    isMaybeText(value['sis_id']) &&
    isMaybeText(value['state_id']) &&
    isMaybeText(value['student_number']) &&
    isMaybeText(value['grade']) &&
    isMaybeText(value['dob']) &&
    isMaybeText(value['gender']) &&
    isMaybeText(value['race']) &&
    isMaybeText(value['hispanic_ethnicity']) &&
    isMaybeText(value['graduation_year']) &&
    isMaybe(value['location'], isPostalAddress) &&
    isMaybe(value['credentials'], isUserCredentials) &&
    isMaybe(value['ext'], isTextOrNullRecord) &&
    isMaybe(value['preferred_name'], isPartialName) &&
    isMaybeText(value['unweighted_gpa']) &&
    isMaybeText(value['weighted_gpa']) &&
    isMaybeText(value['legacy_id']) &&
    isMaybeText(value['email']) &&
    isMaybeText(value['created']) &&
    isMaybeText(value['last_modified']) &&
    isMaybeText(value['ell_status']) &&
    isMaybeText(value['frl_status']) &&
    isMaybeText(value['iep_status']) &&
    isMaybeText(value['home_language']) &&
    isMaybeText(value['home_language_code']) &&
    isMaybeText(value['gifted_status']) &&
    isMaybeText(value['section_504_status']) &&
    isMaybe(value['disability'], isDisability)
  );
}

function isOwnUserRolesTeacher(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybeText(value['school']) &&
    isMaybe(value['schools'], isTextList) &&
    isMaybeText(value['sis_id']) &&
    isMaybeText(value['state_id']) &&
    isMaybeText(value['teacher_number']) &&
    isMaybeText(value['title']) &&
    isMaybe(value['credentials'], isUserCredentials) &&
    isMaybe(value['ext'], isTextOrNullRecord) &&
    isMaybeText(value['legacy_id']) &&
    isMaybeText(value['district']) &&
    isMaybe(value['name'], isPartialName) &&
    isMaybeText(value['created']) &&
    isMaybeText(value['last_modified'])
  );
}

function isOwnUserRoles(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybe(value['student'], isOwnUserRolesStudent) &&
    isMaybe(value['teacher'], isOwnUserRolesTeacher) &&
    isMaybe(value['staff'], isStaffRole) &&
    isMaybe(value['district_admin'], isDistrictAdminRole) &&
    isMaybe(value['contact'], isContactRole)
  );
}

function isOwnUser(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['district']) &&
    isMaybe(value['name'], isPartialName) &&
    isMaybeText(value['email']) &&
    isMaybe(value['roles'], isOwnUserRoles) &&
    isMaybe(value['lms_status'], isLmsStatus) &&
    isMaybeText(value['created']) &&
    isMaybeText(value['last_modified'])
  );
}

function isPrincipal(value: unknown): boolean {
  return isObject(value) && isMaybeText(value['name']) && isMaybeText(value['email']);
}

function isSchool(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isText(value['district']) &&
    isText(value['name']) &&
    isText(value['sis_id']) &&
    isText(value['school_number']) &&
    isMaybeText(value['low_grade']) &&
    isMaybeText(value['high_grade']) &&
    isMaybe(value['location'], isPostalAddress) &&
    isMaybe(value['principal'], isPrincipal) &&
    isMaybeText(value['phone']) &&
    isMaybeText(value['nces_id']) &&
    isMaybeText(value['mdr_number']) &&
    isMaybeText(value['state_id']) &&
    isMaybe(value['ext'], isTextOrNullRecord) &&
    isText(value['created']) &&
    isText(value['last_modified'])
  );
}

function isSection(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isText(value['district']) &&
    isText(value['school']) &&
    isText(value['name']) &&
    isText(value['sis_id']) &&
    isText(value['subject']) &&
    isTextList(value['students']) &&
    isText(value['teacher']) &&
    isTextList(value['teachers']) &&
    isMaybeText(value['grade']) &&
    isMaybeText(value['course']) &&
    isMaybeText(value['term_id']) &&
    isMaybeText(value['period']) &&
    isMaybeText(value['section_number']) &&
    isMaybe(value['ext'], isTextOrNullRecord) &&
    isMaybe(value['lms_status'], isLmsStatus) &&
    isText(value['created']) &&
    isText(value['last_modified'])
  );
}

function isCourse(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isText(value['district']) &&
    isMaybeText(value['name']) &&
    isMaybeText(value['number'])
  );
}

function isTerm(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isText(value['district']) &&
    isMaybeText(value['name']) &&
    isMaybeText(value['start_date']) &&
    isMaybeText(value['end_date'])
  );
}

function isDistrictContact(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybeText(value['id']) &&
    isMaybeText(value['district']) &&
    isMaybe(value['name'], isPartialName) &&
    isMaybeText(value['email']) &&
    isMaybeText(value['title'])
  );
}

function isNumberOrText(value: unknown): boolean {
  return isNumber(value) || isText(value);
}

function isLmsMatchedPercentage(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybe(value['students'], isNumberOrText) &&
    isMaybe(value['teachers'], isNumberOrText) &&
    isMaybe(value['sections'], isNumberOrText)
  );
}

function isDistrict(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isText(value['name']) &&
    isMaybeText(value['sis_type']) &&
    isMaybeText(value['launch_date']) &&
    isMaybeText(value['portal_url']) &&
    isMaybe(value['login_methods'], isTextList) &&
    isMaybeText(value['last_sync']) &&
    isMaybeText(value['state']) &&
    isMaybeText(value['error']) &&
    isMaybeText(value['pause_start']) &&
    isMaybeText(value['pause_end']) &&
    isMaybeText(value['mdr_number']) &&
    isMaybeText(value['nces_id']) &&
    isMaybe(value['district_contact'], isDistrictContact) &&
    isMaybeText(value['lms_state']) &&
    isMaybeText(value['lms_type']) &&
    isMaybeText(value['last_lms_sync']) &&
    isMaybe(value['lms_matched_percentage'], isLmsMatchedPercentage) &&
    isMaybeText(value['last_attendance_sync'])
  );
}

function isContentResource(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['district']) &&
    isMaybeText(value['resource_id']) &&
    isMaybeText(value['title']) &&
    isMaybe(value['roles'], isTextList) &&
    isMaybeText(value['created']) &&
    isMaybeText(value['updated'])
  );
}

function isCoursesCreatedData(value: unknown): boolean {
  return isObject(value) && isCourse(value['object']);
}

function isCoursesCreated(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'courses.created' &&
    isCoursesCreatedData(value['data'])
  );
}

function isCoursesUpdatedDataPreviousAttributes(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybeText(value['id']) &&
    isMaybeText(value['district']) &&
    isMaybeText(value['name']) &&
    isMaybeText(value['number'])
  );
}

function isCoursesUpdatedData(value: unknown): boolean {
  return (
    isObject(value) &&
    isCourse(value['object']) &&
    isMaybe(value['previous_attributes'], isCoursesUpdatedDataPreviousAttributes)
  );
}

function isCoursesUpdated(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'courses.updated' &&
    isCoursesUpdatedData(value['data']) &&
    isMaybe(value['previous_attributes'], isCoursesUpdatedDataPreviousAttributes)
  );
}

function isCoursesDeletedDataObject(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['district']) &&
    isMaybeText(value['name']) &&
    isMaybeText(value['number'])
  );
}

function isCoursesDeletedData(value: unknown): boolean {
  return isObject(value) && isCoursesDeletedDataObject(value['object']);
}

function isCoursesDeleted(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'courses.deleted' &&
    isCoursesDeletedData(value['data'])
  );
}

function isDistrictsCreatedData(value: unknown): boolean {
  return isObject(value) && isDistrict(value['object']);
}

function isDistrictsCreated(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'districts.created' &&
    isDistrictsCreatedData(value['data'])
  );
}

function isDistrictsUpdatedDataPreviousAttributes(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybeText(value['id']) &&
    isMaybeText(value['name']) &&
    isMaybeText(value['sis_type']) &&
    isMaybeText(value['launch_date']) &&
    isMaybeText(value['portal_url']) &&
    isMaybe(value['login_methods'], isTextList) &&
    isMaybeText(value['last_sync']) &&
    isMaybeText(value['state']) &&
    isMaybeText(value['error']) &&
    isMaybeText(value['pause_start']) &&
    isMaybeText(value['pause_end']) &&
    isMaybeText(value['mdr_number']) &&
    isMaybeText(value['nces_id']) &&
    isMaybe(value['district_contact'], isDistrictContact) &&
    isMaybeText(value['lms_state']) &&
    isMaybeText(value['lms_type']) &&
    isMaybeText(value['last_lms_sync']) &&
    isMaybe(value['lms_matched_percentage'], isLmsMatchedPercentage) &&
    isMaybeText(value['last_attendance_sync'])
  );
}

function isDistrictsUpdatedData(value: unknown): boolean {
  return (
    isObject(value) &&
    isDistrict(value['object']) &&
    isMaybe(value['previous_attributes'], isDistrictsUpdatedDataPreviousAttributes)
  );
}

function isDistrictsUpdated(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'districts.updated' &&
    isDistrictsUpdatedData(value['data']) &&
    isMaybe(value['previous_attributes'], isDistrictsUpdatedDataPreviousAttributes)
  );
}

function isDistrictsDeletedDataObject(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['name']) &&
    isMaybeText(value['sis_type']) &&
    isMaybeText(value['launch_date']) &&
    isMaybeText(value['portal_url']) &&
    isMaybe(value['login_methods'], isTextList) &&
    isMaybeText(value['last_sync']) &&
    isMaybeText(value['state']) &&
    isMaybeText(value['error']) &&
    isMaybeText(value['pause_start']) &&
    isMaybeText(value['pause_end']) &&
    isMaybeText(value['mdr_number']) &&
    isMaybeText(value['nces_id']) &&
    isMaybe(value['district_contact'], isDistrictContact) &&
    isMaybeText(value['lms_state']) &&
    isMaybeText(value['lms_type']) &&
    isMaybeText(value['last_lms_sync']) &&
    isMaybe(value['lms_matched_percentage'], isLmsMatchedPercentage) &&
    isMaybeText(value['last_attendance_sync'])
  );
}

function isDistrictsDeletedData(value: unknown): boolean {
  return isObject(value) && isDistrictsDeletedDataObject(value['object']);
}

function isDistrictsDeleted(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'districts.deleted' &&
    isDistrictsDeletedData(value['data'])
  );
}

function isResourcesCreatedData(value: unknown): boolean {
  return isObject(value) && isContentResource(value['object']);
}

function isResourcesCreated(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'resources.created' &&
    isResourcesCreatedData(value['data'])
  );
}

function isResourcesUpdatedDataPreviousAttributes(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybeText(value['id']) &&
    isMaybeText(value['district']) &&
    isMaybeText(value['resource_id']) &&
    isMaybeText(value['title']) &&
    isMaybe(value['roles'], isTextList) &&
    isMaybeText(value['created']) &&
    isMaybeText(value['updated'])
  );
}

function isResourcesUpdatedData(value: unknown): boolean {
  return (
    isObject(value) &&
    isContentResource(value['object']) &&
    isMaybe(value['previous_attributes'], isResourcesUpdatedDataPreviousAttributes)
  );
}

function isResourcesUpdated(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'resources.updated' &&
    isResourcesUpdatedData(value['data']) &&
    isMaybe(value['previous_attributes'], isResourcesUpdatedDataPreviousAttributes)
  );
}

function isResourcesDeleted(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'resources.deleted' &&
    isResourcesCreatedData(value['data'])
  );
}

function isSchoolsCreatedData(value: unknown): boolean {
  return isObject(value) && isSchool(value['object']);
}

function isSchoolsCreated(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'schools.created' &&
    isSchoolsCreatedData(value['data'])
  );
}

function isSchoolsUpdatedDataPreviousAttributes(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybeText(value['id']) &&
    isMaybeText(value['district']) &&
    isMaybeText(value['name']) &&
    isMaybeText(value['sis_id']) &&
    isMaybeText(value['school_number']) &&
    isMaybeText(value['low_grade']) &&
    isMaybeText(value['high_grade']) &&
    isMaybe(value['location'], isPostalAddress) &&
    isMaybe(value['principal'], isPrincipal) &&
    isMaybeText(value['phone']) &&
    isMaybeText(value['nces_id']) &&
    isMaybeText(value['mdr_number']) &&
    isMaybeText(value['state_id']) &&
    isMaybe(value['ext'], isTextOrNullRecord) &&
    isMaybeText(value['created']) &&
    isMaybeText(value['last_modified'])
  );
}

function isSchoolsUpdatedData(value: unknown): boolean {
  return (
    isObject(value) &&
    isSchool(value['object']) &&
    isMaybe(value['previous_attributes'], isSchoolsUpdatedDataPreviousAttributes)
  );
}

function isSchoolsUpdated(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'schools.updated' &&
    isSchoolsUpdatedData(value['data']) &&
    isMaybe(value['previous_attributes'], isSchoolsUpdatedDataPreviousAttributes)
  );
}

function isSchoolsDeletedDataObject(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['district']) &&
    isMaybeText(value['name']) &&
    isMaybeText(value['sis_id']) &&
    isMaybeText(value['school_number']) &&
    isMaybeText(value['low_grade']) &&
    isMaybeText(value['high_grade']) &&
    isMaybe(value['location'], isPostalAddress) &&
    isMaybe(value['principal'], isPrincipal) &&
    isMaybeText(value['phone']) &&
    isMaybeText(value['nces_id']) &&
    isMaybeText(value['mdr_number']) &&
    isMaybeText(value['state_id']) &&
    isMaybe(value['ext'], isTextOrNullRecord) &&
    isMaybeText(value['created']) &&
    isMaybeText(value['last_modified'])
  );
}

function isSchoolsDeletedData(value: unknown): boolean {
  return isObject(value) && isSchoolsDeletedDataObject(value['object']);
}

function isSchoolsDeleted(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'schools.deleted' &&
    isSchoolsDeletedData(value['data'])
  );
}

function isSectionsCreatedData(value: unknown): boolean {
  return isObject(value) && isSection(value['object']);
}

function isSectionsCreated(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'sections.created' &&
    isSectionsCreatedData(value['data'])
  );
}

function isSectionsUpdatedDataPreviousAttributes(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybeText(value['id']) &&
    isMaybeText(value['district']) &&
    isMaybeText(value['school']) &&
    isMaybeText(value['name']) &&
    isMaybeText(value['sis_id']) &&
    isMaybeText(value['subject']) &&
    isMaybe(value['students'], isTextList) &&
    isMaybeText(value['teacher']) &&
    isMaybe(value['teachers'], isTextList) &&
    isMaybeText(value['grade']) &&
    isMaybeText(value['course']) &&
    isMaybeText(value['term_id']) &&
    isMaybeText(value['period']) &&
    isMaybeText(value['section_number']) &&
    isMaybe(value['ext'], isTextOrNullRecord) &&
    isMaybe(value['lms_status'], isLmsStatus) &&
    isMaybeText(value['created']) &&
    isMaybeText(value['last_modified'])
  );
}

function isSectionsUpdatedData(value: unknown): boolean {
  return (
    isObject(value) &&
    isSection(value['object']) &&
    isMaybe(value['previous_attributes'], isSectionsUpdatedDataPreviousAttributes)
  );
}

function isSectionsUpdated(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'sections.updated' &&
    isSectionsUpdatedData(value['data']) &&
    isMaybe(value['previous_attributes'], isSectionsUpdatedDataPreviousAttributes)
  );
}

function isSectionsDeletedDataObject(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['district']) &&
    isMaybeText(value['school']) &&
    isMaybeText(value['name']) &&
    isMaybeText(value['sis_id']) &&
    isMaybeText(value['subject']) &&
    isMaybe(value['students'], isTextList) &&
    isMaybeText(value['teacher']) &&
    isMaybe(value['teachers'], isTextList) &&
    isMaybeText(value['grade']) &&
    isMaybeText(value['course']) &&
    isMaybeText(value['term_id']) &&
    isMaybeText(value['period']) &&
    isMaybeText(value['section_number']) &&
    isMaybe(value['ext'], isTextOrNullRecord) &&
    isMaybe(value['lms_status'], isLmsStatus) &&
    isMaybeText(value['created']) &&
    isMaybeText(value['last_modified'])
  );
}

function isSectionsDeletedData(value: unknown): boolean {
  return isObject(value) && isSectionsDeletedDataObject(value['object']);
}

function isSectionsDeleted(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'sections.deleted' &&
    isSectionsDeletedData(value['data'])
  );
}

function isTermsCreatedData(value: unknown): boolean {
  return isObject(value) && isTerm(value['object']);
}

function isTermsCreated(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'terms.created' &&
    isTermsCreatedData(value['data'])
  );
}

function isTermsUpdatedDataPreviousAttributes(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybeText(value['id']) &&
    isMaybeText(value['district']) &&
    isMaybeText(value['name']) &&
    isMaybeText(value['start_date']) &&
    isMaybeText(value['end_date'])
  );
}

function isTermsUpdatedData(value: unknown): boolean {
  return (
    isObject(value) &&
    isTerm(value['object']) &&
    isMaybe(value['previous_attributes'], isTermsUpdatedDataPreviousAttributes)
  );
}

function isTermsUpdated(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'terms.updated' &&
    isTermsUpdatedData(value['data']) &&
    isMaybe(value['previous_attributes'], isTermsUpdatedDataPreviousAttributes)
  );
}

function isTermsDeletedDataObject(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['district']) &&
    isMaybeText(value['name']) &&
    isMaybeText(value['start_date']) &&
    isMaybeText(value['end_date'])
  );
}

function isTermsDeletedData(value: unknown): boolean {
  return isObject(value) && isTermsDeletedDataObject(value['object']);
}

function isTermsDeleted(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'terms.deleted' &&
    isTermsDeletedData(value['data'])
  );
}

function isUsersCreatedData(value: unknown): boolean {
  return isObject(value) && isUser(value['object']);
}

function isUsersCreated(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'users.created' &&
    isUsersCreatedData(value['data'])
  );
}

function isUsersUpdatedDataPreviousAttributes(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybeText(value['id']) &&
    isMaybeText(value['district']) &&
    isMaybe(value['name'], isPartialName) &&
    isMaybeText(value['email']) &&
    isMaybe(value['roles'], isOwnUserRoles) &&
    isMaybe(value['lms_status'], isLmsStatus) &&
    isMaybeText(value['created']) &&
    isMaybeText(value['last_modified'])
  );
}

function isUsersUpdatedData(value: unknown): boolean {
  return (
    isObject(value) &&
    isUser(value['object']) &&
    isMaybe(value['previous_attributes'], isUsersUpdatedDataPreviousAttributes)
  );
}

function isUsersUpdated(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'users.updated' &&
    isUsersUpdatedData(value['data']) &&
    isMaybe(value['previous_attributes'], isUsersUpdatedDataPreviousAttributes)
  );
}

function isUsersDeletedData(value: unknown): boolean {
  return isObject(value) && isOwnUser(value['object']);
}

function isUsersDeleted(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    value['type'] === 'users.deleted' &&
    isUsersDeletedData(value['data'])
  );
}

function isUnknownEvent(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['created']) &&
    isText(value['type']) &&
    isMaybe(value['data'], isObject)
  );
}

function isEvent(value: unknown): boolean {
  if (!isObject(value)) {
    return false;
  }
  switch (value['type']) {
    case 'courses.created':
      return isCoursesCreated(value);
    case 'courses.updated':
      return isCoursesUpdated(value);
    case 'courses.deleted':
      return isCoursesDeleted(value);
    case 'districts.created':
      return isDistrictsCreated(value);
    case 'districts.updated':
      return isDistrictsUpdated(value);
    case 'districts.deleted':
      return isDistrictsDeleted(value);
    case 'resources.created':
      return isResourcesCreated(value);
    case 'resources.updated':
      return isResourcesUpdated(value);
    case 'resources.deleted':
      return isResourcesDeleted(value);
    case 'schools.created':
      return isSchoolsCreated(value);
    case 'schools.updated':
      return isSchoolsUpdated(value);
    case 'schools.deleted':
      return isSchoolsDeleted(value);
    case 'sections.created':
      return isSectionsCreated(value);
    case 'sections.updated':
      return isSectionsUpdated(value);
    case 'sections.deleted':
      return isSectionsDeleted(value);
    case 'terms.created':
      return isTermsCreated(value);
    case 'terms.updated':
      return isTermsUpdated(value);
    case 'terms.deleted':
      return isTermsDeleted(value);
    case 'users.created':
      return isUsersCreated(value);
    case 'users.updated':
      return isUsersUpdated(value);
    case 'users.deleted':
      return isUsersDeleted(value);
    default:
      return isUnknownEvent(value);
  }
}

function isGradingScaleEntry(value: unknown): boolean {
  return isObject(value) && isMaybeText(value['name']) && isMaybeText(value['value']);
}

function isGradingScaleEntryList(value: unknown): boolean {
  return isListOf(value, isGradingScaleEntry);
}

function isGradingScale(value: unknown): boolean {
  return isObject(value) && isMaybeText(value['name']) && isMaybe(value['entries'], isGradingScaleEntryList);
}

function isGradingScaleList(value: unknown): boolean {
  return isListOf(value, isGradingScale);
}

function isAttachment(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybeText(value['type']) &&
    isMaybeText(value['title']) &&
    isMaybeText(value['description']) &&
    isMaybeText(value['url']) &&
    isMaybe(value['size'], isNumber) &&
    isMaybeText(value['thumbnail_url']) &&
    isMaybeText(value['file_external_id'])
  );
}

function isAttachmentList(value: unknown): boolean {
  return isListOf(value, isAttachment);
}

function isAssignment(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isText(value['title']) &&
    isMaybeText(value['description']) &&
    isMaybeText(value['description_plaintext']) &&
    isMaybeText(value['state']) &&
    isMaybeText(value['due_date']) &&
    isMaybeText(value['start_date']) &&
    isMaybeText(value['end_date']) &&
    isMaybeText(value['display_date']) &&
    isMaybe(value['points_possible'], isNumber) &&
    isMaybeText(value['grading_type']) &&
    isMaybe(value['grading_scale'], isGradingScaleList) &&
    isMaybe(value['submission_types'], isTextList) &&
    isMaybe(value['max_attempts'], isNumber) &&
    isMaybeText(value['assignee_mode']) &&
    isMaybe(value['assignee_ids'], isTextList) &&
    isMaybe(value['attachments'], isAttachmentList) &&
    isMaybeText(value['category_id']) &&
    isMaybeText(value['term_id']) &&
    isMaybeText(value['created']) &&
    isMaybeText(value['last_modified'])
  );
}

function isSubmission(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['assignment_id']) &&
    isText(value['user_id']) &&
    isMaybeText(value['state']) &&
    isMaybeText(value['grade']) &&
    isMaybe(value['grade_points'], isNumber) &&
    isMaybeText(value['grade_comment']) &&
    isMaybeText(value['grader_id']) &&
    isMaybe(value['flags'], isTextList) &&
    isMaybe(value['extra_attempts'], isNumber) &&
    isMaybeText(value['override_due_date']) &&
    isMaybe(value['attachments'], isAttachmentList) &&
    isMaybeText(value['created']) &&
    isMaybeText(value['last_modified']) &&
    isMaybeText(value['id'])
  );
}

function isAttendanceRecord(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['attendance_date']) &&
    isText(value['attendance_status']) &&
    isText(value['attendance_type']) &&
    isText(value['student_id']) &&
    isText(value['school_id']) &&
    isText(value['district_id']) &&
    isMaybeText(value['section_id']) &&
    isMaybeText(value['sis_id']) &&
    isMaybeText(value['excuse_code']) &&
    isMaybeText(value['clever_id']) &&
    isMaybeText(value['created']) &&
    isMaybeText(value['last_modified'])
  );
}

function isMeData(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isMaybeText(value['district']) &&
    isMaybeText(value['type']) &&
    isMaybeText(value['authorized_by'])
  );
}

function isRecordLink(value: unknown): boolean {
  return isObject(value) && isText(value['rel']) && isText(value['uri']);
}

function isRecordLinkList(value: unknown): boolean {
  return isListOf(value, isRecordLink);
}

function isMe(value: unknown): boolean {
  return (
    isObject(value) &&
    isMaybeText(value['type']) &&
    isMeData(value['data']) &&
    isMaybe(value['links'], isRecordLinkList)
  );
}

function isPartialNameOrText(value: unknown): boolean {
  return isPartialName(value) || isText(value);
}

function isUserinfo(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['sub']) &&
    isMaybeText(value['user_id']) &&
    isMaybeText(value['multi_role_user_id']) &&
    isMaybeText(value['user_type']) &&
    isMaybeText(value['district_id']) &&
    isMaybeText(value['district']) &&
    isMaybeText(value['email']) &&
    isMaybe(value['email_verified'], isBoolean) &&
    isMaybe(value['name'], isPartialNameOrText) &&
    isMaybeText(value['given_name']) &&
    isMaybeText(value['family_name']) &&
    isMaybe(value['schools'], isTextList) &&
    isMaybeText(value['authorized_by'])
  );
}

function isUserToken(value: unknown): boolean {
  return (
    isObject(value) && isText(value['access_token']) && isText(value['token_type']) && isMaybeText(value['id_token'])
  );
}

function isTokenInfo(value: unknown): boolean {
  return isObject(value) && isText(value['client_id']) && isTextList(value['scopes']);
}

function isDistrictTokenOwner(value: unknown): boolean {
  return isObject(value) && isMaybeText(value['type']) && isText(value['id']);
}

function isDistrictToken(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isDistrictTokenOwner(value['owner']) &&
    isText(value['access_token']) &&
    isTextList(value['scopes']) &&
    isMaybeText(value['created'])
  );
}

function isLibraryTeacher(value: unknown): boolean {
  return isObject(value) && isText(value['id']) && isUserName(value['name']) && isMaybeText(value['email']);
}

function isLibraryStudentName(value: unknown): boolean {
  return isObject(value) && isMaybeText(value['first']) && isMaybeText(value['last']);
}

function isLibraryStudentRole(value: unknown): boolean {
  return isObject(value) && isMaybeText(value['grade']);
}

function isLibraryRoles(value: unknown): boolean {
  return isObject(value) && isMaybe(value['student'], isLibraryStudentRole) && isMaybe(value['teacher'], isObject);
}

function isLibraryStudent(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isLibraryStudentName(value['name']) &&
    isMaybeText(value['grade']) &&
    isMaybe(value['roles'], isLibraryRoles)
  );
}

function isLibrarySection(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['id']) &&
    isText(value['name']) &&
    isMaybeText(value['section_number']) &&
    isMaybeText(value['subject']) &&
    isMaybeText(value['grade']) &&
    isMaybeText(value['teacher']) &&
    isMaybe(value['teachers'], isTextList) &&
    isMaybe(value['students'], isTextList)
  );
}
