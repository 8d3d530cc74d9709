export type { ApiVersion, CallOptions } from '../api/context.js';
export type { ListParams, RepeatOptions, SequentialListParams } from '../api/parameters.js';
export type { Assignments } from './assignments.js';
export type { Attendance, AttendanceListParams } from './attendance.js';
export type { Classroom, ClassroomSection } from './clients/classroom.js';
export type { DistrictClient, DistrictClientOf, DistrictClientV30 } from './clients/district.js';
export type { LibraryClient } from './clients/library.js';
export type { UserClient } from './clients/user.js';
export type { Courses } from './courses.js';
export type { Districts } from './districts.js';
export type { EventListParams, EventRecordType, Events } from './events.js';
export type { Lms, LmsCheckParams } from './lms.js';
export type {
  Contact,
  ContactRoles,
  DistrictAdmin,
  DistrictAdminRoles,
  PrimaryFilter,
  RoleFilter,
  StaffMember,
  StaffRoles,
  Student,
  StudentRoles,
  StudentRolesWith,
  StudentWith,
  Teacher,
  TeacherRoles,
  UserOf,
  UserRole,
  UsersByRole,
  UserWithRole,
} from './people.js';
export type { Resources } from './resources.js';
export type { Schools } from './schools.js';
export type { Sections } from './sections.js';
export type { Submissions } from './submissions.js';
export type { Terms } from './terms.js';
export type { Users } from './users.js';
