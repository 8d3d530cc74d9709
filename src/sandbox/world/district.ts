import type { SensitiveField } from '../../values/index.js';
import type { RecordedAnswers } from '../roster/recordings/answers.js';
import type { DistrictConnection, DistrictTier, ResolvedSource } from '../roster/sources.js';
import type { RosterStore } from '../roster/store/store.js';
import { AppConnection, type DistrictAppToken } from './access/app-connection.js';
import { districtScopes } from './access/scopes.js';
import type { TokenSecret } from './access/secrets.js';
import { AssignmentBook } from './assignment-book.js';
import { AttendanceBook } from './attendance/attendance-book.js';
import { Pauses } from './changes/pauses.js';
import { SharedRoster } from './changes/shared-roster.js';
import { beginningEvents } from './events/begin.js';
import { EventLog } from './events/event-log.js';
import type { EventSwitch } from './events/event-switch.js';
import { RecordIds } from './events/record-ids.js';
import { RosterEditor } from './events/roster-editor.js';

/** The state of a district. */
export interface District {
  readonly id: string;
  readonly name: string;
  readonly connection: DistrictConnection;
  readonly tier: DistrictTier;
  readonly sensitiveFields: ReadonlySet<SensitiveField>;
  /** What the app sees. */
  readonly store: RosterStore;
  /** What the district has, and the rules by which the app sees it. */
  readonly roster: SharedRoster;
  /** Makes ids for new records. */
  readonly ids: RecordIds;
  readonly clock: () => number;
  readonly app: AppConnection;
  /**
   * The district-app token and its entry in the token list; `undefined` for a district that only the
   * Library reaches.
   */
  readonly appToken: DistrictAppToken | undefined;
  readonly pauses: Pauses;
  readonly events: EventLog;
  readonly editor: RosterEditor;
  readonly assignments: AssignmentBook;
  readonly attendance: AttendanceBook;
  /** The forms of its answers, as far as they were recorded. */
  readonly answers: RecordedAnswers;
}

/** What all districts of a sandbox share. */
export interface SharedByDistricts {
  readonly seed: number;
  readonly clock: () => number;
  readonly eventSwitch: EventSwitch;
}

/**
 * Makes a district from its source.
 *
 * @param token - Its first district-app token, if that does not follow from the seed.
 */
export function makeDistrict(
  source: ResolvedSource,
  { seed, clock, eventSwitch }: SharedByDistricts,
  token: TokenSecret | undefined,
): District {
  const id = source.makeStore().page('districts', { limit: 1 }).records[0]?.id ?? '';
  const { connection, tier, sensitiveFields } = source;
  const app = new AppConnection(
    { seed, districtId: id, kind: connection, scopes: source.answers.scopes ?? districtScopes(source) },
    token,
  );
  const events = new EventLog(id, clock, () => eventSwitch.isOn && app.token !== undefined);
  events.begin(beginningEvents(source.events, Math.floor(clock() / 1_000)));
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
    answers: source.answers,
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
