import type { DiagnosticTarget } from './diagnostic-target.js';

/** The result of a check. `skipped`: there was nothing to check, or it could not be checked. */
export type Verdict = 'ok' | 'warning' | 'failed' | 'skipped';

/** What a check found. All of it is printed, so it must contain no secret and no data about a person. */
export interface Finding {
  readonly verdict: Verdict;
  /** What was checked, and the result. */
  readonly seen: string;
  /** The cause, in plain words. */
  readonly cause?: string;
  readonly whatToDo?: string;
  readonly whomToAsk?: string;
  /** More lines for people. */
  readonly lines?: readonly string[] | undefined;
  /** The same facts for programs; only in the JSON output. */
  readonly details?: object;
}

/** A check of one thing that can be wrong. To add one, write a file in `checks/` and add it to `checks/index.ts`. */
export interface Check {
  /** Must not change, because programs read it. */
  readonly id: string;
  /** One or two words for the report. */
  readonly title: string;
  /** The checks that this one depends on: it is skipped unless each of them was `ok` or a `warning`. */
  readonly needs: readonly string[];
  /** The checks whose failure explains what this one would find: it is skipped when one of them failed. */
  readonly explainedBy?: readonly string[];
  run(target: DiagnosticTarget): Promise<Finding>;
}

/** Whom to ask. A connection depends on these people. */
export const ASK = {
  you: 'yourself',
  dashboard: "a person who can open the app's settings at https://apps.clever.com",
  machine: 'the administrator of this machine',
  network: 'the administrator of this network',
  clever: 'Clever: your Application Success Manager, or https://support.clever.com',
  district: "the district's Clever administrator",
} as const;
