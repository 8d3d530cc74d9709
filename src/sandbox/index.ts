/**
 * A Clever that runs on your machine, for tests, demos and work without a network.
 *
 * @packageDocumentation
 */
export type { AttendanceMark } from './attendance/attendance-book.js';
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
} from './changes/district-changes.js';
export type { PauseOptions } from './changes/pauses.js';
export type { PausedSync } from './changes/shared-roster.js';
export type { SandboxRateBudget } from './client-budget.js';
export { type CsvOptions, districtFromCsv } from './csv/district-from-csv.js';
export { type CsvProblem, CsvUploadError } from './csv/problems.js';
export type { CsvSource } from './csv/read-source.js';
export type { SandboxDistrict } from './district.js';
export { SandboxError } from './error.js';
export type { SandboxEvents } from './events/event-switch.js';
export type {
  DistrictEdits,
  EditableRecords,
  RecordChanges,
  RosterChange,
  RosterEdits,
} from './events/roster-edits.js';
export type { Fault } from './faults/fault.js';
export type { AddedFault, Faults } from './faults/faults.js';
export type { ApiVersion } from './http/views.js';
export type { LoggedOutcome, LoggedRequest, LoggedToken, RequestQuery } from './log/logged-request.js';
export type { RotateOptions, SandboxKeys } from './oidc/signing-keys.js';
export type { RateLimitOptions, SandboxOptions } from './options.js';
export type { PeopleQuery, SandboxPerson } from './people.js';
export { districtFromRecordings, type RecordingsOptions } from './recordings/district-from-recordings.js';
export type { ResourceAssignment } from './records.js';
export {
  createSandbox,
  type ListeningSandbox,
  type ListenOptions,
  type Sandbox,
  type SandboxClientOptions,
  type UserTokenRequest,
} from './sandbox.js';
export type {
  DistrictConnection,
  DistrictRecords,
  DistrictSource,
  DistrictSourceOptions,
  DistrictTier,
  GeneratedDistrict,
  GivenRecord,
} from './sources.js';
export type { SandboxState } from './state/state-schema.js';
