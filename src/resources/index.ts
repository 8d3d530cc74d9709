export type { Assignments } from './assignments.js';
export type { Attendance, AttendanceListParams } from './attendance.js';
export type { DistrictClient, DistrictClientOf, DistrictClientV30 } from './clients/district.js';
export type { Classroom, ClassroomSection, LibraryClient } from './clients/library.js';
export type { UserClient } from './clients/user.js';
export type { ApiVersion, CallOptions } from './context.js';
export type { Courses } from './courses.js';
export type { Districts } from './districts.js';
export type { EventListParams, EventRecordType, Events } from './events.js';
export type { Lms, LmsCheckParams } from './lms.js';
export type {
  ListParams,
  PrimaryFilter,
  RepeatOptions,
  RoleFilter,
  SequentialListParams,
  UserOf,
  UserRole,
  UserWithRole,
} from './params.js';
export type {
  Contact,
  ContactRoles,
  DistrictAdmin,
  DistrictAdminRoles,
  StaffMember,
  StaffRoles,
  Student,
  StudentRoles,
  StudentRolesWith,
  StudentWith,
  Teacher,
  TeacherRoles,
  UsersByRole,
} from './people.js';
export type { Resources } from './resources.js';
export type { Schools } from './schools.js';
export type { Sections } from './sections.js';
export type { Submissions } from './submissions.js';
export type { Terms } from './terms.js';
export type { Users } from './users.js';
