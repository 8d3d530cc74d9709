import type { DistrictSource, SandboxDistrict } from '../../sandbox/index.js';
import type { App } from '../app/app.js';
import type { PeopleMaker } from '../clever/people.js';
import type { Stage } from '../clever/stage.js';
import type { World } from '../clever/world.js';
import type { CertifyOptions, RosterLine } from '../options.js';
import type { Finding } from '../verdict.js';
import type { Visitor } from '../visitor/visitor.js';

/** What a probe cannot do without. Where it is missing, the probe is skipped, and its result says what to give. */
export type Need = 'whoami' | 'loginButton' | 'logout' | 'browser' | 'sync' | 'roster' | 'purge' | 'lms' | 'publicApp';

/** What every probe has. */
interface ProbeBase {
  /** The id of its requirement in the catalogue. */
  readonly id: string;
  readonly needs?: readonly Need[];
  /** Ids of probes that must not have failed: what they find would make this one fail, too. */
  readonly after?: readonly string[];
}

/** A probe that visits the app. */
export interface VisitProbe extends ProbeBase {
  readonly kind: 'visit';
  run(scene: VisitScene): Promise<Finding>;
}

/** What a probe that visits the app works with. Visitors are closed, and faults removed, after it. */
export interface VisitScene {
  readonly app: App;
  readonly stage: Stage;
  readonly world: World;
  /** Two districts that connected the app, and one that did not, whose teachers use the Library. */
  readonly north: SandboxDistrict;
  readonly south: SandboxDistrict;
  readonly library: SandboxDistrict;
  /** Makes people for this probe alone. */
  readonly people: PeopleMaker;
  readonly options: CertifyOptions;
  /** A browser of its own, without cookies. */
  newVisitor(): Promise<Visitor>;
  /** Whether another probe of this run failed, or could not be tried because of one that did. */
  hasFailed(id: string): boolean;
  /** What the app knows, by `rosterCommand`; needs `roster`. */
  roster(): Promise<readonly RosterLine[]>;
}

/**
 * A probe that lets the app's sync run, in districts of its own. Where it yields `'sync'`, the app's command runs once
 * for all probes that wait, so the probe must not look at what other districts do.
 */
export interface SyncProbe extends ProbeBase {
  readonly kind: 'sync';
  /** Its districts. */
  readonly districts: (people: PeopleMaker) => readonly [DistrictSource, ...DistrictSource[]];
  /**
   * With which other probes it shares the runs of the app's sync. `first`: none, and before all others, because it
   * finds out whether sharing is possible. `none`: what it does to Clever concerns all districts, or takes long.
   * Default: all that have no wish.
   */
  readonly company?: 'first' | 'none';
  /** By how much Clever's clock is slow at first, for a probe that lets time pass. Only with `none`. */
  readonly clockSlowMs?: number;
  run(scene: SyncScene): AsyncGenerator<'sync', Finding, SyncOutcome>;
}

/** How the app's sync ended. */
export interface SyncOutcome {
  /** Whether the command ended with 0, or the function without an error. */
  readonly ok: boolean;
  /** `undefined` for a function, and for a command whose time was over. */
  readonly exitCode: number | undefined;
  readonly durationMs: number;
  /** What the witness saw while it ran: the mark before it. */
  readonly mark: number;
  /** A sentence about how it ended, for evidence. */
  readonly text: string;
}

/** What a sync probe works with. */
export interface SyncScene {
  readonly stage: Stage;
  readonly world: World;
  readonly app: App;
  /** Its own districts, in the order of {@link SyncProbe.districts}. */
  readonly districts: readonly [SandboxDistrict, ...SandboxDistrict[]];
  readonly people: PeopleMaker;
  readonly options: CertifyOptions;
  /** Every line that the app prints at present, of all districts. */
  roster(): Promise<readonly RosterLine[]>;
  /** Runs the app's `purgeCommand` for a district; needs `purge`. */
  purge(districtId: string): Promise<SyncOutcome>;
  /** Runs the app's `lmsCommand`; needs `lms`. */
  lms(variables: Readonly<Record<string, string>>): Promise<SyncOutcome>;
  newVisitor(): Promise<Visitor>;
}

/** What a probe throws when there is nothing to judge: it is skipped, and the message says why. */
export class NotTried extends Error {
  /** `NotTried`. */
  override get name(): string {
    return 'NotTried';
  }
}

/** One probe: it finds out whether the app does what one requirement of the catalogue asks for. */
export type Probe = VisitProbe | SyncProbe;
