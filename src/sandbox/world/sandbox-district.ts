import { defineInspect, REDACTED } from '../../privacy/index.js';
import type { District as DistrictRecord } from '../../schemas/district.js';
import { SandboxError } from '../roster/error.js';
import type { DistrictConnection } from '../roster/sources.js';
import type { AttendanceMark } from './attendance/attendance-book.js';
import type { DistrictChange, DistrictChanges } from './changes/district-changes.js';
import type { PauseOptions } from './changes/pauses.js';
import { presentChanges } from './changes/present.js';
import { makeChanges } from './changes/roster-changes.js';
import type { PausedSync } from './changes/shared-roster.js';
import type { District } from './district.js';
import type {
  DistrictEdits,
  EditableRecords,
  RecordChanges,
  RosterChange,
  RosterEdits,
} from './events/roster-edits.js';

/**
 * A district of the sandbox, as its user sees it. Printing it shows no token.
 *
 * `users`, `sections`, `schools`, `courses`, `terms` and `resources` change its roster and write the events of the changes.
 *
 * @example
 * ```ts
 * import { createSandbox } from 'clever-sdk/sandbox';
 *
 * const sandbox = createSandbox();
 * const [student] = sandbox.people({ role: 'student' });
 * if (student !== undefined) {
 *   sandbox.district(student.districtId).users.update(student.id, { roles: { student: { grade: '10' } } });
 * }
 * ```
 */
export class SandboxDistrict implements DistrictEdits {
  /** Clever's id of the district. */
  readonly id: string;
  declare readonly name: string;
  /** How the district's people reach the app at the moment. */
  declare readonly connection: DistrictConnection;
  /**
   * The district-app token of the moment: 40 hexadecimal digits, the same for the same seed.
   *
   * @throws {@link SandboxError} when read of a district whose `connection` is `library`: it has none.
   */
  declare readonly token: string;
  /** The district as it is now: a reset of the sandbox makes a new one under the same id. */
  readonly #find: () => District;
  readonly #changes: DistrictChanges;
  readonly #edits: DistrictEdits;

  /** @internal Use {@link Sandbox.district}. */
  constructor(find: () => District) {
    this.#find = find;
    this.id = find().id;
    this.#changes = makeChanges(find);
    this.#edits = {
      users: this.#editsOf('users'),
      sections: this.#editsOf('sections'),
      schools: this.#editsOf('schools'),
      courses: this.#editsOf('courses'),
      terms: this.#editsOf('terms'),
      resources: this.#editsOf('resources'),
    };
    this.#define('name', () => this.#find().name);
    this.#define('connection', () => this.#find().connection);
    this.#defineToken();
    defineInspect(this, () => this.#describe());
  }

  /**
   * The district connects the app: a token that was never there before joins the token list, and logins are district logins.
   * Nothing happens when it is connected. That the token is a new one is inferred.
   */
  connect(): void {
    this.#find().app.connect();
    this.#defineToken();
  }

  /**
   * The district disconnects the app. Inferred, because Clever does not say: the entry leaves the token list, the token is
   * answered with 401, and who logged in by the district reads neither the own record nor the district, both 404. From then on
   * `connection` is `library`. Nothing happens when it is not connected.
   */
  disconnect(): void {
    this.#find().app.disconnect();
    this.#defineToken();
  }

  /**
   * Puts another district-app token in the place of the one that is there, which is answered with 401 from then on.
   *
   * @throws {@link SandboxError} when the district has no token.
   */
  rotateToken(): void {
    if (!this.#find().app.rotateToken()) {
      throw new SandboxError(
        'This district did not connect the app, so there is no token to rotate. Connect it first.',
      );
    }
  }

  /** What is paused at the moment. */
  get paused(): readonly PausedSync[] {
    return [...this.#find().roster.paused].sort();
  }

  /** Ids of the schools that the district does not share with the app. */
  get unsharedSchools(): readonly string[] {
    return [...this.#find().roster.unshared].sort();
  }

  /**
   * Pauses the district: the app goes on reading what it saw last, and no event tells of what changes meanwhile. People go on logging
   * in, as far as they were shared. Nothing happens when it is paused already.
   *
   * A SIS sync pause shows in the district's record (`state`, `pause_start`, `pause_end`), an App Sync Pause nowhere (inferred).
   */
  pause(options?: PauseOptions): DistrictChange {
    return presentChanges(this.#find().pauses.pause(options));
  }

  /**
   * Ends a pause. What has changed meanwhile arrives as one sync: each record's last state, in one event (inferred). Nothing happens when
   * nothing is paused.
   *
   * @param sync - Default: whatever is paused.
   */
  resume(sync?: PausedSync): DistrictChange {
    return presentChanges(this.#find().pauses.resume(sync));
  }

  /** What happens in districts, as one call each: enrolments, transfers, a new school year … */
  get changes(): DistrictChanges {
    return this.#changes;
  }

  get users(): RosterEdits<EditableRecords['users']> {
    return this.#edits.users;
  }

  get sections(): RosterEdits<EditableRecords['sections']> {
    return this.#edits.sections;
  }

  get schools(): RosterEdits<EditableRecords['schools']> {
    return this.#edits.schools;
  }

  get courses(): RosterEdits<EditableRecords['courses']> {
    return this.#edits.courses;
  }

  get terms(): RosterEdits<EditableRecords['terms']> {
    return this.#edits.terms;
  }

  get resources(): RosterEdits<EditableRecords['resources']> {
    return this.#edits.resources;
  }

  /** Changes the district's own record, such as `lms_state`, and writes `districts.updated` as {@link RosterEdits.update} does. */
  update(changes: RecordChanges<DistrictRecord>): RosterChange {
    return this.#find().editor.update('districts', this.id, changes);
  }

  /**
   * Writes down a student's attendance, in place of what was known of the day, or of the section on that day.
   *
   * @throws {@link SandboxError} when there is no such student, or none in that section.
   */
  markAttendance(mark: AttendanceMark): void {
    this.#find().attendance.mark(mark);
  }

  #editsOf<Kind extends keyof EditableRecords>(kind: Kind): RosterEdits<EditableRecords[Kind]> {
    return Object.freeze({
      create: (record: object) => this.#find().editor.create(kind, record),
      update: (recordId: string, changes: object) => this.#find().editor.update(kind, recordId, changes),
      delete: (recordId: string) => this.#find().editor.delete(kind, recordId),
    });
  }

  #describe(): object {
    const { id, name, connection, paused } = this;
    const { appToken } = this.#find();
    return {
      id,
      name,
      connection,
      ...(paused.length === 0 ? {} : { paused }),
      ...(appToken === undefined ? {} : { token: REDACTED }),
    };
  }

  /** A copy carries the token while the district has one; reading it for a copy must not throw while it has none. */
  #defineToken(): void {
    this.#define('token', () => tokenOf(this.#find()), this.#find().appToken !== undefined);
  }

  /** A getter of this object itself, because a spread copies no getters of a class. */
  #define(member: 'name' | 'connection' | 'token', get: () => string, enumerable = true): void {
    Object.defineProperty(this, member, { get, enumerable, configurable: true });
  }
}

function tokenOf({ appToken }: District): string {
  if (appToken === undefined) {
    throw new SandboxError(
      "This district did not connect the app, so there is no district-app token: its teachers come through the Library. Use a district whose `connection` is 'district' or 'both', or `connect()` it.",
    );
  }
  return appToken.value;
}
