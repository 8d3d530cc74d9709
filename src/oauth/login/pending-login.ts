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
  /** How often in a row the SDK has started the login again, because its callback could not be used. */
  readonly retries: number;
}

/** A login that a browser has started: the content of a `state`, and the secrets that are derived from it. */
export interface PendingLogin extends NewLogin {
  /** The sealed login, as it travels through Clever and back. */
  readonly state: string;
  /** The binding of the browser that started the login. */
  readonly binding: string;
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
  const { returnTo, isCleverInitiated, retries } = login;
  const state = await sealer.seal('state', {
    s: seed,
    b: binding,
    ...(returnTo !== '/' && returnTo.length <= MAX_PATH_IN_STATE && { r: returnTo }),
    ...(isCleverInitiated && { c: 1 }),
    ...(retries > 0 && { n: retries }),
  });
  return { ...login, state, binding, ...(await secretsOf(seed)) };
}

/**
 * Opens the `state` of a callback; returns `undefined` unless this app has sealed it. The login may be that of another
 * browser: see {@link isBoundTo}.
 */
export async function openLogin(sealer: Sealer, state: string | undefined): Promise<PendingLogin | undefined> {
  const { s: seed, b: binding, r: path, c, n } = (state && (await sealer.open('state', state))) || {};
  if (state === undefined || typeof seed !== 'string' || typeof binding !== 'string') {
    return undefined;
  }
  return {
    state,
    binding,
    returnTo: typeof path === 'string' ? path : '/',
    isCleverInitiated: c === 1,
    retries: typeof n === 'number' ? n : 0,
    ...(await secretsOf(seed)),
  };
}

/** Checks whether a browser with these bindings started the login. */
export function isBoundTo({ binding }: PendingLogin, bindings: readonly string[]): boolean {
  return bindings.some((own) => isEqual(own, binding));
}

/** Derives a login's secrets, so that the `state` has to contain only one value for all of them. */
async function secretsOf(seed: string): Promise<Pick<PendingLogin, 'id' | 'nonce' | 'verifier'>> {
  const [nonce, verifier] = await Promise.all([digestOf(`nonce ${seed}`), digestOf(`verifier ${seed}`)]);
  return { id: nonce.slice(0, 8), nonce, verifier };
}

/** Compares two texts in a time that does not depend on how much of them is equal. */
function isEqual(one: string, other: string): boolean {
  if (one.length !== other.length) {
    return false;
  }
  let difference = 0;
  for (let index = 0; index < one.length; index += 1) {
    difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  }
  return difference === 0;
}
