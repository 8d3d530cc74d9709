import { randomValue } from '../../util/random.js';
import { digestOf } from './digest.js';
import type { Sealer } from './sealer.js';

/** Longer paths to return to do not travel in the `state`, so that it never exceeds 500 characters. */
export const MAX_PATH_IN_STATE = 200;

/** What a new login remembers until its callback. */
export interface NewLogin {
  /** The path to return to; a path of the app. */
  readonly returnTo: string;
  /**
   * Whether the person came from Clever (portal, Library, Instant Login link) rather than from the app's
   * own button.
   */
  readonly isCleverInitiated: boolean;
  /** How often in a row Clever has said that the code of this visit was already exchanged. */
  readonly spentCodes: number;
}

/** A login that a browser has started: the content of a `state`, and the secrets that are derived from it. */
export interface PendingLogin extends NewLogin {
  /** The sealed login, as it travels through Clever and back. */
  readonly state: string;
  /** Distinguishes this login from others of the browser. */
  readonly id: string;
  readonly nonce: string;
  /** PKCE's `code_verifier`. */
  readonly verifier: string;
}

/**
 * Begins a login. All that its callback needs travels in the sealed `state`; the browser keeps only a binding, which is
 * the same for all of its logins.
 *
 * Clever returns a `state` unchanged, but does not document how long one may be, so it has at most 500 characters.
 * A path of more than {@link MAX_PATH_IN_STATE} characters is left out, and becomes `/` unless something else
 * remembers it.
 */
export async function beginLogin(sealer: Sealer, login: NewLogin, binding: string): Promise<PendingLogin> {
  const seed = randomValue();
  const { returnTo, isCleverInitiated, spentCodes } = login;
  const state = await sealer.seal('state', {
    s: seed,
    b: binding,
    ...(returnTo !== '/' && returnTo.length <= MAX_PATH_IN_STATE && { r: returnTo }),
    ...(isCleverInitiated && { c: 1 }),
    ...(spentCodes > 0 && { n: spentCodes }),
  });
  return { ...login, state, ...(await secretsOf(seed)) };
}

/**
 * Returns the login that a callback's `state` belongs to; `undefined` unless this app has sealed the `state` for one
 * of the browser's bindings.
 */
export async function findLogin(
  sealer: Sealer,
  state: string | undefined,
  bindings: readonly string[],
): Promise<PendingLogin | undefined> {
  const { s: seed, b: binding, r: path, c, n } = (state && (await sealer.open('state', state))) || {};
  if (state === undefined || typeof seed !== 'string' || !bindings.some((own) => isEqual(own, binding))) {
    return undefined;
  }
  return {
    state,
    returnTo: typeof path === 'string' ? path : '/',
    isCleverInitiated: c === 1,
    spentCodes: typeof n === 'number' ? n : 0,
    ...(await secretsOf(seed)),
  };
}

/** Derives a login's secrets, so that the `state` has to contain only one value for all of them. */
async function secretsOf(seed: string): Promise<Pick<PendingLogin, 'id' | 'nonce' | 'verifier'>> {
  const [nonce, verifier] = await Promise.all([digestOf(`nonce ${seed}`), digestOf(`verifier ${seed}`)]);
  return { id: nonce.slice(0, 8), nonce, verifier };
}

/** Compares two texts in a time that does not depend on how much of them is equal. */
function isEqual(one: string, other: unknown): boolean {
  if (typeof other !== 'string' || one.length !== other.length) {
    return false;
  }
  let difference = 0;
  for (let index = 0; index < one.length; index += 1) {
    difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  }
  return difference === 0;
}
