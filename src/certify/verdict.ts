/** What certification distinguishes: logins, the Library, Secure Sync and LMS Connect. */
export type Suite = 'sso' | 'library' | 'sync' | 'lms';

/** Every suite, in the order in which they run. */
export const SUITES = ['sso', 'library', 'sync', 'lms'] as const satisfies readonly Suite[];

/**
 * What a probe found.
 *
 * - `pass`: the app does what the requirement asks for.
 * - `fail`: it does not, and Clever would send the app back, or a person would be harmed.
 * - `warn`: it does not do what Clever recommends.
 * - `review`: a person must look; the result has the question, and a screenshot where a browser was used.
 * - `skipped`: nothing was tried; the evidence says what would have to be given, or which probe failed before.
 */
export type Verdict = 'pass' | 'fail' | 'warn' | 'review' | 'skipped';

/** One reading of a requirement about which Clever's documentation and its partner team's tool disagree. */
export interface Reading {
  readonly by: 'documentation' | 'partner tool';
  readonly verdict: Verdict;
  /** What this reading expects. */
  readonly expects: string;
}

/** A picture of what a person has to look at. */
export interface Screenshot {
  readonly title: string;
  /** A PNG. It shows people of the sandbox only. */
  readonly png: Uint8Array;
}

/** What a probe found: the part of its result that the probe itself decides. */
export interface Finding {
  readonly verdict: Verdict;
  /**
   * What was seen, a sentence each: counts, statuses, paths with placeholders. No token, code, secret or cookie; ids
   * only of people of the sandbox.
   */
  readonly evidence: readonly string[];
  /** What to do about this finding, when it is more particular than the requirement's advice. */
  readonly advice?: string | undefined;
  /** For `review`: what a person has to answer. */
  readonly question?: string | undefined;
  readonly screenshots?: readonly Screenshot[];
  /** Only where Clever's documentation and its partner team's tool disagree. */
  readonly readings?: readonly Reading[];
}

/** The result of one probe. */
export interface ProbeResult {
  /** Stable: `sso.portal-login`. */
  readonly id: string;
  readonly suite: Suite;
  /** A few words: `Portal login`. */
  readonly title: string;
  /** What Clever asks for. */
  readonly requirement: string;
  /** The page of Clever's documentation, or the standard, that asks for it. */
  readonly source: string;
  readonly verdict: Verdict;
  readonly evidence: readonly string[];
  /** What to do, with the part of the SDK that cures it. */
  readonly advice: string;
  readonly question: string | undefined;
  readonly screenshots: readonly Screenshot[];
  readonly readings: readonly Reading[];
  /** The arguments of `clever-sdk` that repeat this probe alone. */
  readonly repeat: string;
  /** How a known failure was expected, by `expect`: `undefined` when nothing was expected. */
  readonly expected: Verdict | undefined;
  readonly durationMs: number;
}

/** Whether a result makes the run fail: a failure, or a verdict other than the one that was expected. */
export function isProblem({ verdict, expected }: ProbeResult): boolean {
  return expected === undefined ? verdict === 'fail' : verdict !== expected;
}
