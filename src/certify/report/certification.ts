import type { ProbeResult, Suite, Verdict } from '../verdict.js';

/** What the run saw of the app, for the certification form. Every member is a fact of the sandbox's own request log. */
export interface ObservedFacts {
  /** Paths with placeholders that the app read, with the number of requests: `GET /v3.1/users/{id}`. */
  readonly endpoints: Readonly<Record<string, number>>;
  /** `v3.0`, `v3.1`, and what else appeared in a path. */
  readonly apiVersions: readonly string[];
  /** The kinds of token that the app used: `user`, `district`, `app`. */
  readonly tokens: readonly string[];
  /** Roles of the people who ended logged in. */
  readonly roles: readonly string[];
  /** Whether the app read events, whole lists, or both. */
  readonly syncBy: 'events' | 'full' | 'both' | undefined;
  /** Every redirect URI that the app used. */
  readonly redirectUris: readonly string[];
  /** Whether the app sent a nonce or a code challenge, or asked for scopes, with its logins. */
  readonly loginParameters: readonly string[];
  /** Requests to Clever in the whole run. */
  readonly requests: number;
}

/** The results of a run, as data. */
export interface Certification {
  /** The app's address. */
  readonly app: string;
  readonly suites: readonly Suite[];
  /** In the order of the catalogue. */
  readonly probes: readonly ProbeResult[];
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Whether nothing failed that was not expected to, and nothing passed that was expected to fail. */
  readonly ok: boolean;
  readonly facts: ObservedFacts;
  /** Repeats the run's people and districts. */
  readonly seed: number;
  readonly browser: 'chromium' | undefined;
  /** When the run began, as ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** The version of the SDK. */
  readonly version: string;
}
