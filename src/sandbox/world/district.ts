import { defineInspect, REDACTED } from '../../privacy/index.js';
import type { District as DistrictRecord } from '../../schemas/district.js';
import type { SensitiveField } from '../../values/index.js';
import { SandboxError } from '../roster/error.js';
import type { DistrictConnection, DistrictTier, ResolvedSource } from '../roster/sources.js';
import type { RosterStore } from '../roster/store/store.js';
import { AppConnection, type DistrictAppToken } from './access/app-connection.js';
import { districtScopes } from './access/scopes.js';
import { AssignmentBook } from './assignment-book.js';
import { AttendanceBook, type AttendanceMark } from './attendance/attendance-book.js';
import type { DistrictChange, DistrictChanges } from './changes/district-changes.js';
import { type PauseOptions, Pauses } from './changes/pauses.js';
import { presentChanges } from './changes/present.js';
import { makeChanges } from './changes/roster-changes.js';
import { type PausedSync, SharedRoster } from './changes/shared-roster.js';
import { EventLog } from './events/event-log.js';
import type { EventSwitch } from './events/event-switch.js';
import { RecordIds } from './events/record-ids.js';
import { RosterEditor } from './events/roster-editor.js';
import type { DistrictEdits, RecordChanges, RosterChange } from './events/roster-edits.js';

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
export interface SandboxDistrict extends DistrictEdits {
  /** Clever's id of the district. */
  readonly id: string;
  readonly name: string;
  /** How the district's people reach the app at the moment. */
  readonly connection: DistrictConnection;
  /**
   * The district-app token of the moment: 40 hexadecimal digits, the same for the same seed.
   *
   * @throws {@link SandboxError} when read of a district whose `connection` is `library`: it has none.
   */
  readonly token: string;
  /**
   * The district connects the app: a token that was never there before joins the token list, and logins are district logins.
   * Nothing happens when it is connected. That the token is a new one is inferred.
   */
  connect(): void;
  /**
   * The district disconnects the app. Inferred, because Clever does not say: the entry leaves the token list, the token is
   * answered with 401, and who logged in by the district reads neither the own record nor the district, both 404. From then on
   * `connection` is `library`. Nothing happens when it is not connected.
   */
  disconnect(): void;
  /**
   * Puts another district-app token in the place of the one that is there, which is answered with 401 from then on.
   *
   * @throws {@link SandboxError} when the district has no token.
   */
  rotateToken(): void;
  /** What is paused at the moment. */
  readonly paused: readonly PausedSync[];
  /** Ids of the schools that the district does not share with the app. */
  readonly unsharedSchools: readonly string[];
  /**
   * Pauses the district: the app goes on reading what it saw last, and no event tells of what changes meanwhile. People go on logging
   * in, as far as they were shared. Nothing happens when it is paused already.
   *
   * A SIS sync pause shows in the district's record (`state`, `pause_start`, `pause_end`), an App Sync Pause nowhere (inferred).
   */
  pause(options?: PauseOptions): DistrictChange;
  /**
   * Ends a pause. What has changed meanwhile arrives as one sync: each record's last state, in one event (inferred). Nothing happens when
   * nothing is paused.
   *
   * @param sync - Default: whatever is paused.
   */
  resume(sync?: PausedSync): DistrictChange;
  /** What happens in districts, as one call each: enrolments, transfers, a new school year … */
  readonly changes: DistrictChanges;
  /** Changes the district's own record, such as `lms_state`, and writes `districts.updated` as {@link RosterEdits.update} does. */
  update(changes: RecordChanges<DistrictRecord>): RosterChange;
  /**
   * Writes down a student's attendance, in place of what was known of the day, or of the section on that day.
   *
   * @throws {@link SandboxError} when there is no such student, or none in that section.
   */
  markAttendance(mark: AttendanceMark): void;
}

/** A district as the server sees it. */
export interface District {
  readonly id: string;
  readonly name: string;
  readonly connection: DistrictConnection;
  readonly tier: DistrictTier;
  readonly sensitiveFields: ReadonlySet<SensitiveField>;
  /** What the app sees. */
  readonly store: RosterStore;
  /** What the district has, and how the app comes to see it. */
  readonly roster: SharedRoster;
  /** Ids for new records. */
  readonly ids: RecordIds;
  readonly clock: () => number;
  readonly app: AppConnection;
  /** The district-app token and what the token list says of it; `undefined` for a district that only the Library reaches. */
  readonly appToken: DistrictAppToken | undefined;
  readonly pauses: Pauses;
  readonly events: EventLog;
  readonly editor: RosterEditor;
  readonly assignments: AssignmentBook;
  readonly attendance: AttendanceBook;
}

const EDITABLE = [
  'users',
  'sections',
  'schools',
  'courses',
  'terms',
  'resources',
] as const satisfies readonly (keyof DistrictEdits)[];

/** What all districts of a sandbox share. */
export interface DistrictSetting {
  readonly seed: number;
  readonly clock: () => number;
  readonly eventSwitch: EventSwitch;
}

/** Makes a district from its source. */
export function makeDistrict(source: ResolvedSource, { seed, clock, eventSwitch }: DistrictSetting): District {
  const id = source.makeStore().page('districts', { limit: 1 }).records[0]?.id ?? '';
  const { connection, tier, sensitiveFields } = source;
  const app = new AppConnection(seed, id, connection, districtScopes(source));
  const events = new EventLog(id, clock, () => eventSwitch.isOn && app.token !== undefined);
  const roster = new SharedRoster(() => source.makeStore(), events);
  const store = roster.shared;
  const ids = new RecordIds(id, clock);
  return {
    id,
    get name() {
      const name = store.get('districts', id)?.['name'];
      return typeof name === 'string' ? name : '';
    },
    tier,
    sensitiveFields,
    store,
    app,
    events,
    roster,
    ids,
    clock,
    pauses: new Pauses(id, roster, clock),
    editor: new RosterEditor(id, roster, ids, clock),
    assignments: new AssignmentBook(id),
    attendance: new AttendanceBook(id, store, clock),
    get connection() {
      return app.kind;
    },
    get appToken() {
      return app.token;
    },
  };
}

/**
 * What the sandbox's user gets to see of a district.
 *
 * @param find - The district as it is now: `reset()` makes a new one under the same id.
 */
export function presentDistrict(find: () => District): SandboxDistrict {
  const { id } = find();
  const change = (how: (app: AppConnection) => void) => (): void => {
    how(find().app);
    describeToken();
  };
  const methods = {
    connect: change((app) => app.connect()),
    disconnect: change((app) => app.disconnect()),
    rotateToken: change((app) => {
      if (!app.rotateToken()) {
        throw new SandboxError(
          'This district did not connect the app, so there is no token to rotate. Connect it first.',
        );
      }
    }),
  };
  const edits = {
    changes: makeChanges(find),
    pause: (options?: PauseOptions) => presentChanges(find().pauses.pause(options)),
    resume: (sync?: PausedSync) => presentChanges(find().pauses.resume(sync)),
    update: (changes: object) => find().editor.update('districts', id, changes),
    markAttendance: (mark: AttendanceMark) => find().attendance.mark(mark),
    ...Object.fromEntries(EDITABLE.map((kind) => [kind, editsOf(kind)])),
  };
  const presented = {} as SandboxDistrict;
  Object.defineProperties(presented, {
    id: { value: id, enumerable: true },
    name: { get: () => find().name, enumerable: true },
    connection: { get: () => find().connection, enumerable: true },
    paused: { get: () => [...find().roster.paused].sort() },
    unsharedSchools: { get: () => [...find().roster.unshared].sort() },
    ...Object.fromEntries(Object.entries({ ...methods, ...edits }).map(([method, value]) => [method, { value }])),
  });
  describeToken();
  return defineInspect(presented, ({ name, connection, paused }) => ({
    ...{ id, name, connection },
    ...(paused.length === 0 ? {} : { paused }),
    ...(find().appToken === undefined ? {} : { token: REDACTED }),
  }));

  function editsOf(kind: (typeof EDITABLE)[number]) {
    return Object.freeze({
      create: (record: object) => find().editor.create(kind, record),
      update: (recordId: string, changes: object) => find().editor.update(kind, recordId, changes),
      delete: (recordId: string) => find().editor.delete(kind, recordId),
    });
  }

  /** Copies of the district carry a token that is there, and do not stumble over one that is not. */
  function describeToken(): void {
    const enumerable = find().appToken !== undefined;
    Object.defineProperty(presented, 'token', { get: () => tokenOf(find()), enumerable, configurable: true });
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
