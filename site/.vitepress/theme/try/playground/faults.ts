import type { Fault } from 'clever-sdk/sandbox';
import { TIMEOUT_MS } from './limits.ts';

/** A failure that a person can switch on. */
export interface FaultChoice {
  readonly label: string;
  /** What the SDK does about it. */
  readonly expect: string;
  /** Absent where the district itself changes. */
  readonly fault?: Fault;
}

const USERS = '/v3.1/users';

/** The failures, in the order in which the page lists them. */
export const FAULTS = {
  tooMany: {
    label: '429: too many requests',
    expect: 'waits until the window of the rate limit ends, then asks again',
    fault: { path: USERS, status: 429, retryAfterMs: 1_000 },
  },
  serverError: {
    label: '500, twice',
    expect: 'asks again after a short wait, and gets an answer at the third attempt',
    fault: { path: USERS, status: 500, times: 2 },
  },
  outage: {
    label: '503 without end',
    expect: 'gives up after three attempts, with an error that says so',
    fault: { path: USERS, status: 503, times: Number.POSITIVE_INFINITY },
  },
  slow: {
    label: 'A slow answer',
    expect: `gives up an attempt after ${TIMEOUT_MS} ms, the limit on this page, and asks again`,
    fault: { path: USERS, delayMs: 2 * TIMEOUT_MS },
  },
  reset: {
    label: 'A lost connection',
    expect: 'asks again',
    fault: { path: USERS, resetConnection: true },
  },
  broken: {
    label: 'An answer that breaks off',
    expect: 'notices that half of the page is missing, and asks again',
    fault: { path: USERS, truncateBody: true },
  },
  html: {
    label: 'An HTML page in place of JSON',
    expect: 'asks again',
    fault: { path: USERS, html: true },
  },
  droppedLink: {
    label: 'A page without its next link',
    expect: 'reads on after the last record of the page, so that no one is missing',
    fault: { path: USERS, dropLinks: true },
  },
  wrongType: {
    label: 'A record of another shape',
    expect: 'delivers the record as it was sent, and reports where it differs',
    fault: { path: USERS, wrongType: 'name' },
  },
  disconnected: {
    label: 'The district has disconnected the app',
    expect: 'says so at once, with an error of its own',
  },
} as const satisfies Readonly<Record<string, FaultChoice>>;

export type FaultName = keyof typeof FAULTS;
