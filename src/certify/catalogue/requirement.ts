import type { Suite } from '../verdict.js';

/** What Clever asks of an app, and who can find out whether the app does it. */
export interface Requirement {
  /** Stable, part of reports and of `--only`: the suite, a full stop, a few words. */
  readonly id: string;
  readonly suite: Suite;
  /** A few words, for a table. */
  readonly title: string;
  /** What Clever asks for, in one or two sentences. */
  readonly requirement: string;
  /** Where it says so: a page of its documentation as `dev.clever.com/docs/…`, a standard, or `inferred from …`. */
  readonly source: string;
  /** What an app that fails has to change, and the part of the SDK that does it. */
  readonly advice: string;
  /** `person`: no probe can find out; the report asks {@link question}. */
  readonly by: 'probe' | 'person';
  /** What a person has to answer, for `person`. */
  readonly question?: string;
}
