import type { JWTPayload } from 'jose';
import { elapsedMs } from './clock.js';
import { MAX_PATH_IN_STATE, type PendingLogin } from './pending-login.js';

/** Arrivals from Clever without `state` that are further apart than this belong to different visits. */
const VISIT_MS = 60_000;
/**
 * How many arrivals without `state` a browser may have within a minute before a login is completed. People click the
 * portal's icon twice, and a class may share a device; a browser that is sent in a circle arrives more often.
 */
const MAX_ARRIVALS = 7;
const MAX_FINISHED = 8;

/**
 * What a browser remembers of its logins beside their `state`. It only improves answers: a browser that loses it, for
 * example because two responses arrived at the same time, can still log in.
 */
export interface Memory {
  /** The ids of logins that have ended. A reload or the back button repeats their callback. */
  readonly finished: readonly string[];
  /** When the browser arrived from Clever without `state`, in milliseconds since 1970. */
  readonly arrivals: readonly number[];
  /** The path of the login with the id, if it was too long for the `state`. Only the newest is kept. */
  readonly path?: readonly [id: string, path: string] | undefined;
}

/** The memory of a browser without one. */
export const NOTHING: Memory = { finished: [], arrivals: [] };

/** Remembers that a login has ended. */
export function withFinished(memory: Memory, { id }: PendingLogin): Memory {
  const { path } = memory;
  return {
    finished: [id, ...memory.finished.filter((other) => other !== id)].slice(0, MAX_FINISHED),
    // The browser came back with a `state`, so it is not being sent in a circle.
    arrivals: [],
    path: path?.[0] === id ? undefined : path,
  };
}

/**
 * Remembers an arrival without `state`; returns `undefined` for one too many within a minute.
 *
 * An arrival in the future, before the clock was set back, counts as one that happened now.
 */
export function withArrival(memory: Memory, now: number): Memory | undefined {
  const recent = memory.arrivals.map((at) => Math.min(at, now)).filter((at) => elapsedMs(at, now) < VISIT_MS);
  return recent.length >= MAX_ARRIVALS ? undefined : { ...memory, arrivals: [...recent, now] };
}

/** Forgets the arrivals without `state`. */
export function withoutArrivals(memory: Memory): Memory {
  return { ...memory, arrivals: [] };
}

/** Remembers the path of a new login if its `state` has no room for it. */
export function withPath(memory: Memory, { id, returnTo }: PendingLogin): Memory {
  return returnTo.length <= MAX_PATH_IN_STATE ? memory : { ...memory, path: [id, returnTo] };
}

/** The path to which a login returns. */
export function pathOf({ path }: Memory, { id, returnTo }: PendingLogin): string {
  return path?.[0] === id ? path[1] : returnTo;
}

/** The memory in the form in which it is sealed. */
export function toPayload({ finished, arrivals, path }: Memory): JWTPayload {
  return { f: finished, a: arrivals, ...(path && { p: path }) };
}

/** Reads a memory. Only this app can have sealed it, but possibly an older version of it. */
export function fromPayload({ f: finished, a: arrivals, p: path }: JWTPayload): Memory {
  const [id, returnTo] = listOf<string>(path, 'string');
  return {
    finished: listOf<string>(finished, 'string').slice(0, MAX_FINISHED),
    arrivals: listOf<number>(arrivals, 'number').slice(-MAX_ARRIVALS),
    path: id !== undefined && returnTo !== undefined ? [id, returnTo] : undefined,
  };
}

function listOf<Item>(value: unknown, type: 'string' | 'number'): Item[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === type) : [];
}
