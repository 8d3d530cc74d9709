import type { CertifyEvent } from './events.js';
import type { Suite, Verdict } from './verdict.js';

/** One line of what the app knows of a district's people and classes, as `rosterCommand` prints it. */
export interface RosterLine {
  /** Clever's id of the record. For `enrollment`: leave it out. */
  readonly cleverId?: string;
  /** `user`, `section`, `school`, `course`, `term`, or `enrollment`. */
  readonly kind: string;
  /** Whether the app still uses the record. */
  readonly active: boolean;
  /** The app's own id of the record, which must never change. Probes of history need it. */
  readonly appId?: string;
  /** For `enrollment`: Clever's ids of the section and the person, and `student` or `teacher`. */
  readonly sectionId?: string;
  readonly userId?: string;
  readonly role?: string;
  /** Clever's id of the district. The probe of mixed districts needs it. */
  readonly districtId?: string;
}

/** Options of {@link certify}. Only `app` is required. */
export interface CertifyOptions {
  /** The app under test: `http://localhost:3000`. */
  readonly app: string | URL;
  /** Default: `sso`. */
  readonly suites?: readonly Suite[];
  /** The page with the “Log in with Clever” button, or the address that starts a login. Default `/login`. */
  readonly loginUrl?: string;
  /**
   * Where the app says who is logged in: `/api/me#id`, the member `id` of JSON (`#user.id` for one inside), or a path
   * and a CSS selector after a space, `/account .user-id`. Any text that differs from person to person will do.
   * Default: unknown; the probes that need it are skipped.
   */
  readonly whoami?: string;
  /** An address or page with the log-out button. Default: looked for on the page after the login. */
  readonly logoutUrl?: string;
  /** The primary redirect URI, which portal logins use, and others. Default: the one of the app's own login. */
  readonly redirectUris?: readonly string[];
  /** Runs the app's sync once, to its end: a shell command, or a function. */
  readonly syncCommand?: string | (() => Promise<unknown>);
  /** Prints what the app knows, a JSON object per line: a shell command, or a function that returns the lines. */
  readonly rosterCommand?: string | (() => Promise<readonly RosterLine[]>);
  /** Ends a contract: removes all of the district whose id is in `CLEVER_DISTRICT_ID`. */
  readonly purgeCommand?: string | ((districtId: string) => Promise<unknown>);
  /**
   * Does one thing with one assignment, as a teacher would in the app: what, for whom and where is in its environment,
   * or in the object that the function gets.
   *
   * - `CLEVER_LMS_ACTION`: `create`, `update` (another due date, or other points) or `delete`
   * - `CLEVER_ASSIGNMENT`: the assignment's title, by which the app finds it again in its own database
   * - `CLEVER_DISTRICT_ID`, `CLEVER_SECTION_ID`, `CLEVER_TEACHER_ID`: whose it is
   *
   * Each action is a run of its own. Where `syncCommand` is given, it runs before, so that the app knows the district.
   */
  readonly lmsCommand?: string | ((variables: Readonly<Record<string, string>>) => Promise<unknown>);
  /** Where commands run. Default: the current folder. */
  readonly cwd?: string;
  /** Drive Chromium in place of plain HTTP; needs `playwright-core`. */
  readonly browser?: 'chromium';
  /** Default: `CHROMIUM_PATH`, or what `playwright-core` finds. */
  readonly browserPath?: string;
  /** Only these probes: ids, or beginnings of ids that end with a star. */
  readonly only?: readonly string[];
  /** Known verdicts by id: one that is met is no failure, one that is not met is. */
  readonly expect?: Readonly<Record<string, Verdict>>;
  /** Chooses the invented people and districts. Default: random. */
  readonly seed?: number;
  /** The port of the sandbox on 127.0.0.1. Default 3790. 0: any free one. */
  readonly port?: number;
  /** The app's client id and secret. Default: fixed ones, which open nothing else. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** The host of an app that is not on this machine, as it is in `app`: without it, only loopback is allowed. */
  readonly iOwnThisApp?: string;
  /** How long to wait until the app's first request arrives. Default 120000. */
  readonly waitMs?: number;
  /** The time for one answer of the app. Default 30000. */
  readonly answerMs?: number;
  /** The time for one command of the app. Default 120000. */
  readonly commandMs?: number;
  /** The time for the whole run. Default 900000. */
  readonly timeoutMs?: number;
  /** The largest number of requests to the app. Default 5000. */
  readonly maxRequests?: number;
  /** What happens, as it happens. */
  readonly onEvent?: (event: CertifyEvent) => void;
  readonly signal?: AbortSignal;
}
