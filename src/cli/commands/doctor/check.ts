import type { DiagnosticTarget } from './diagnostic-target.js';

/** How a check came out. `skipped`: it could not be looked at, or there was nothing to look at. */
export type Verdict = 'ok' | 'warning' | 'failed' | 'skipped';

/** What a check found. Everything in it is printed: no secret, nothing of a person. */
export interface Finding {
  readonly verdict: Verdict;
  /** What was looked at, and seen. */
  readonly seen: string;
  /** Why it is so, in plain words. */
  readonly cause?: string;
  readonly whatToDo?: string;
  readonly whomToAsk?: string;
  /** More lines for people. */
  readonly lines?: readonly string[] | undefined;
  /** The same for programs, in the JSON output only. */
  readonly details?: object;
}

/** One thing that can be wrong. To add one, write a module beside the others and put it into `checks/index.ts`. */
export interface Check {
  /** Stable: programs read it. */
  readonly id: string;
  /** One or two words for the report. */
  readonly title: string;
  /** The checks without which this one shows nothing: it is skipped unless they were `ok` or a `warning`. */
  readonly needs: readonly string[];
  /** The checks whose failure explains what this one would find: it is skipped when one of them failed. */
  readonly explainedBy?: readonly string[];
  run(target: DiagnosticTarget): Promise<Finding>;
}

/** Whom to ask: the few people that a connection depends on. */
export const ASK = {
  you: 'yourself',
  dashboard: "a person who can open the app's settings at https://apps.clever.com",
  machine: 'the administrator of this machine',
  network: 'the administrator of this network',
  clever: 'Clever: your Application Success Manager, or https://support.clever.com',
  district: "the district's Clever administrator",
} as const;
