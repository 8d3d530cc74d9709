/**
 * A Clever that runs on your machine, for tests, for demos, and for work without a network.
 *
 * @packageDocumentation
 */

export type { OneRosterInput, OneRosterProblem, OneRosterSeverity } from '../oneroster-files/index.js';
export { type CsvDistrict, type CsvOptions, districtFromCsv } from './roster/csv/district-from-csv.js';
export { type CsvProblem, CsvUploadError } from './roster/csv/problems.js';
export type { CsvSource } from './roster/csv/read-source.js';
export { SandboxError } from './roster/error.js';
export {
  districtFromOneRoster,
  type OneRosterDistrict,
  type OneRosterOptions,
} from './roster/oneroster/district-from-oneroster.js';
export { OneRosterFilesError } from './roster/oneroster/problems.js';
export type { GivenEvent, MeForm, RecordedAnswers, RecordedRefusal } from './roster/recordings/answers.js';
export { districtFromRecordings, type RecordingsOptions } from './roster/recordings/district-from-recordings.js';
export type { ResourceAssignment } from './roster/records.js';
export type {
  DistrictConnection,
  DistrictRecords,
  DistrictSource,
  DistrictSourceOptions,
  DistrictTier,
  GeneratedDistrict,
  GivenRecord,
} from './roster/sources.js';
export { createSandbox, type ListeningSandbox, type Sandbox } from './sandbox.js';
export type { ListenOptions } from './server/listen.js';
export type { ApiVersion } from './world/access/api-versions.js';
export type { RateLimitOptions } from './world/access/rate-limiter.js';
export type { RotateOptions, SandboxKeys } from './world/access/signing-keys.js';
export type { AttendanceMark } from './world/attendance/attendance-book.js';
export type {
  ChangedRecords,
  ContactChange,
  ContactReplacement,
  DistrictChange,
  DistrictChanges,
  Enrollment,
  Renaming,
  RolloverChange,
  TeacherReplacement,
  TeachingAssignment,
  Transfer,
} from './world/changes/district-changes.js';
export type { PauseOptions } from './world/changes/pauses.js';
export type { PausedSync } from './world/changes/shared-roster.js';
export type { SandboxRateBudget } from './world/client-budget.js';
export type { SandboxClientOptions } from './world/client-options.js';
export type { SandboxEvents } from './world/events/event-switch.js';
export type {
  DistrictEdits,
  EditableRecords,
  RecordChanges,
  RosterChange,
  RosterEdits,
} from './world/events/roster-edits.js';
export type { Fault } from './world/faults/fault.js';
export type { AddedFault, Faults } from './world/faults/faults.js';
export type {
  LoggedOutcome,
  LoggedRequest,
  LoggedSender,
  LoggedToken,
  RequestQuery,
} from './world/log/logged-request.js';
export type { SandboxOptions } from './world/options.js';
export type { PeopleQuery, UserTokenRequest } from './world/people.js';
export type { SandboxDistrict } from './world/sandbox-district.js';
export type { SandboxPerson } from './world/sandbox-person.js';
export type { SandboxState } from './world/state/state-schema.js';
