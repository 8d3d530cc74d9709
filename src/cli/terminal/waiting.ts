import type { ClientEvent } from '../../index.js';
import { duration } from './duration.js';

/** Shorter waits are over before anyone has read about them. */
const SHORTEST_MS = 1_000;

/** Why the client does nothing for a while. */
export interface Waiting {
  readonly delayMs: number;
  /** `for Clever's rate limit` */
  readonly reason: string;
}

/** What a person should know of an event: a wait that lasts; `undefined` for every other. */
export function waitingOf(event: ClientEvent): Waiting | undefined {
  if ((event.kind !== 'wait' && event.kind !== 'retry') || event.delayMs < SHORTEST_MS) {
    return undefined;
  }
  return { delayMs: event.delayMs, reason: reasonOf(event) };
}

function reasonOf(event: Extract<ClientEvent, { kind: 'wait' | 'retry' }>): string {
  if (event.kind === 'wait' || event.status === 429) {
    return "for Clever's rate limit";
  }
  const what = event.status === undefined ? 'the connection failed' : `Clever answered with ${event.status}`;
  return `to try again: ${what}`;
}

/** `waiting 36 s for Clever's rate limit` */
export function waitingText({ delayMs, reason }: Waiting): string {
  return `waiting ${duration(delayMs)} ${reason}`;
}
