/*
 * The interfaces of Clever's objects without their schemas, for the root entry: no type of zod's may reach its
 * declarations, because two copies of zod are two sets of types.
 */
export type { Course } from './course.js';
export type { DeepPartial, Sparse } from './deep-partial.js';
export type { District, DistrictContact, LmsMatchedPercentage } from './district.js';
export type { DistrictToken, DistrictTokenOwner } from './district-token.js';
export type {
  CreatedEvent,
  DeletedEvent,
  Event,
  EventBase,
  EventCollection,
  EventOf,
  EventRecords,
  UnknownEvent,
  UpdatedEvent,
} from './event.js';
export type { LibraryRoles, LibrarySection, LibraryStudent, LibraryStudentRole, LibraryTeacher } from './library.js';
export type { Link } from './links.js';
export type { Me, MeData } from './me.js';
export type { Resource } from './resource.js';
export type { ContactRole, StudentRelationship } from './roles/contact.js';
export type { DistrictAdminRole } from './roles/district-admin.js';
export type { StaffRole } from './roles/staff.js';
export type { SchoolEnrollment, StudentRole } from './roles/student.js';
export type { TeacherRole } from './roles/teacher.js';
export type { Principal, School } from './school.js';
export type { Section } from './section.js';
export type { Disability, SensitiveFields } from './sensitive.js';
export type { Credentials, ExtensionFields, LmsStatus, Location, PartialName } from './shared.js';
export type { Term } from './term.js';
export type { Token } from './token.js';
export type { TokenInfo } from './token-info.js';
export type { OwnUser, User, UserName, UserRoles } from './user.js';
export type { Userinfo } from './userinfo.js';
