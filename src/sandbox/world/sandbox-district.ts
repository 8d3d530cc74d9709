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
 * A district of the sandbox, for the developer. `console.log` and JSON show no token; copies contain it.
 *
 * `users`, `sections`, `schools`, `courses`, `terms` and `resources` change its roster and write the events
 * of the changes.
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
  /** How the district's people reach the app at present. */
  declare readonly connection: DistrictConnection;
  /**
   * The present district-app token: 40 hexadecimal digits, the same for the same seed, or random for districts from
   * files.
   *
   * @throws {@link SandboxError} when read for a district whose `connection` is `library`, because it has
   * no token.
   */
  declare readonly token: string;
  /** Returns the present district: a reset of the sandbox makes a new one with the same id. */
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
   * Connects the app to the district: a new token is added to the token list, and logins become district
   * logins. Does nothing when the app is connected. That the token is new is inferred.
   */
  connect(): void {
    this.#find().app.connect();
    this.#defineToken();
  }

  /**
   * Disconnects the app from the district. Inferred, because Clever does not document it: the entry leaves
   * the token list, the token is answered with 401, and a person who logged in through the district can
   * read neither their own record nor the district, both 404. Afterwards `connection` is `library`. Does
   * nothing when the app is not connected.
   */
  disconnect(): void {
    this.#find().app.disconnect();
    this.#defineToken();
  }

  /**
   * Replaces the district-app token. The old one is answered with 401 from now on.
   *
   * @throws {@link SandboxError} when the district has no token.
   */
  rotateToken(): void {
    if (!this.#find().app.rotateToken()) {
      throw new SandboxError('This district did not connect the app, so it has no token to rotate. Connect it first.');
    }
  }

  /** The paused syncs. */
  get paused(): readonly PausedSync[] {
    return [...this.#find().roster.paused].sort();
  }

  /** Ids of the schools that the district does not share with the app. */
  get unsharedSchools(): readonly string[] {
    return [...this.#find().roster.unshared].sort();
  }

  /**
   * Pauses the district: the app keeps reading what it saw last, and changes write no events. People can
   * still log in if they were shared. Does nothing when it is paused.
   *
   * A SIS sync pause appears in the district's record (`state`, `pause_start`, `pause_end`); an App Sync
   * Pause appears nowhere (inferred).
   */
  pause(options?: PauseOptions): DistrictChange {
    return presentChanges(this.#find().pauses.pause(options));
  }

  /**
   * Ends a pause. Changes made during the pause arrive as one sync: each record's last state, in one event
   * (inferred). Does nothing when nothing is paused.
   *
   * @param sync - Default: every paused sync.
   */
  resume(sync?: PausedSync): DistrictChange {
    return presentChanges(this.#find().pauses.resume(sync));
  }

  /** Changes from school life, one method each: enrollments, transfers, a new school year … */
  get changes(): DistrictChanges {
    return this.#changes;
  }

  /** Creates, changes and deletes people of the district. */
  get users(): RosterEdits<EditableRecords['users']> {
    return this.#edits.users;
  }

  /** Creates, changes and deletes sections of the district. */
  get sections(): RosterEdits<EditableRecords['sections']> {
    return this.#edits.sections;
  }

  /** Creates, changes and deletes schools of the district. */
  get schools(): RosterEdits<EditableRecords['schools']> {
    return this.#edits.schools;
  }

  /** Creates, changes and deletes courses of the district. */
  get courses(): RosterEdits<EditableRecords['courses']> {
    return this.#edits.courses;
  }

  /** Creates, changes and deletes terms of the district. */
  get terms(): RosterEdits<EditableRecords['terms']> {
    return this.#edits.terms;
  }

  /** Creates, changes and deletes resources of the district. */
  get resources(): RosterEdits<EditableRecords['resources']> {
    return this.#edits.resources;
  }

  /**
   * Changes the district's own record, such as `lms_state`, and writes `districts.updated` as
   * {@link RosterEdits.update} does.
   */
  update(changes: RecordChanges<DistrictRecord>): RosterChange {
    return this.#find().editor.update('districts', this.id, changes);
  }

  /**
   * Sets a student's attendance, in place of the value for the day, or for the section on that day.
   *
   * @throws {@link SandboxError} when the student does not exist, or is not in that section.
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

  /**
   * Copies contain the token while the district has one. Reading it for a copy must not throw while it has
   * none.
   */
  #defineToken(): void {
    this.#define('token', () => tokenOf(this.#find()), this.#find().appToken !== undefined);
  }

  /** Defines a getter on the object itself, because spreading does not copy getters of a class. */
  #define(member: 'name' | 'connection' | 'token', get: () => string, enumerable = true): void {
    Object.defineProperty(this, member, { get, enumerable, configurable: true });
  }
}

function tokenOf({ appToken }: District): string {
  if (appToken === undefined) {
    throw new SandboxError(
      "This district did not connect the app, so it has no district-app token: its teachers use the Library. Use a district whose `connection` is 'district' or 'both', or `connect()` it.",
    );
  }
  return appToken.value;
}
