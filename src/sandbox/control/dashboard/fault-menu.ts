import type { Fault } from '../../world/faults/fault.js';

/** A fault that a button of the dashboard sets. */
interface FaultOnTheMenu {
  readonly label: string;
  readonly fault: Fault;
}

/** The usual faults, by the name that their button sends. */
export const FAULT_MENU: Readonly<Record<string, FaultOnTheMenu>> = {
  'rate-limit': { label: '429 for 5 s', fault: { status: 429, retryAfterMs: 5_000 } },
  error: { label: '500', fault: { status: 500 } },
  unavailable: { label: '503', fault: { status: 503 } },
  html: { label: 'HTML instead of JSON', fault: { html: true } },
  slow: { label: 'Answer after 5 s', fault: { delayMs: 5_000 } },
  dribble: { label: 'Body that takes 60 s', fault: { slowBodyMs: 60_000 } },
  silent: { label: 'No answer', fault: { hang: true } },
  truncated: { label: 'Body that breaks off', fault: { truncateBody: true } },
  reset: { label: 'Connection that breaks', fault: { resetConnection: true } },
  'empty-page': { label: 'Empty page', fault: { emptyPage: true } },
  'stuck-cursor': { label: 'Same page twice', fault: { repeatPage: true } },
  'unknown-value': { label: 'Value that is not documented', fault: { unknownEnum: true } },
  'absurd-record': { label: 'Record that makes no sense', fault: { replaceRecord: { absurd: true } } },
};

/** The requests that a fault of the menu can apply to. */
export const FAULT_TARGETS: readonly (readonly [path: string, label: string])[] = [
  ['/v3.*', 'Data and events (/v3.*)'],
  ['/v3.1/users', 'Users (/v3.1/users)'],
  ['/oauth/tokens', 'Token exchange (/oauth/tokens)'],
  ['*', 'Everything, login pages included'],
];

/** How often a fault of the menu can happen. */
export const FAULT_TIMES: readonly (readonly [times: string, label: string])[] = [
  ['1', 'the next request'],
  ['3', 'the next 3 requests'],
  ['Infinity', 'every request, until removed'],
];
