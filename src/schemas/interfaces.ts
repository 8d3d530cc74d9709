/*
 * The interfaces of Clever's objects without their schemas, for the root entry. None of zod's types may
 * appear in its declarations, because the types of two copies of zod are incompatible.
 */
export type {
  Assignment,
  AssignmentRequest,
  GradingScale,
  GradingScaleEntry,
  NewAssignment,
} from './assignment.js';
export type { Attachment, AttachmentRequest } from './attachment.js';
export type { AttendanceRecord } from './attendance-record.js';
export type { Course } from './course.js';
export type { DeepPartial, Sparse } from './deep-partial.js';
export type { District, DistrictContact, LmsMatchedPercentage, OwnDistrict } from './district.js';
export type { RecordLink } from './envelope.js';
export type {
  CreatedEvent,
  DeletedEvent,
  EventCollection,
  EventRecords,
  RosterEvent,
  RosterEventBase,
  RosterEventOf,
  RosterEventWith,
  UnknownEvent,
  UnknownEventData,
  UpdatedEvent,
} from './event.js';
export type {
  LibraryRoles,
  LibrarySection,
  LibraryStudent,
  LibraryStudentName,
  LibraryStudentRole,
  LibraryTeacher,
} from './library.js';
export type { Me, MeData } from './me.js';
export type { ExtensionFields, LmsStatus, PartialName, PostalAddress, UserCredentials } from './parts.js';
export type { ContentResource } from './resource.js';
export type { ContactRole, StudentRelationship } from './roles/contact.js';
export type { DistrictAdminRole } from './roles/district-admin.js';
export type { StaffRole } from './roles/staff.js';
export type { FullStudentRole, SchoolEnrollment, StudentRole, StudentRoleWith } from './roles/student.js';
export type { TeacherRole } from './roles/teacher.js';
export type { Principal, School } from './school.js';
export type { Section } from './section.js';
export type { Disability, SensitiveFields } from './sensitive-fields.js';
export type { Submission, SubmissionRequest } from './submission.js';
export type { Term } from './term.js';
export type { DistrictToken, DistrictTokenOwner, TokenInfo, UserToken } from './tokens.js';
export type {
  FullOwnUser,
  OwnUser,
  OwnUserName,
  OwnUserRole,
  OwnUserRoles,
  User,
  UserName,
  UserRoles,
  UserRolesWith,
  UserWith,
} from './user.js';
export type { Userinfo } from './userinfo.js';
