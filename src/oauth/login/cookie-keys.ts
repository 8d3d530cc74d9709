import { CleverConfigError } from '../../errors/index.js';
import { checkStored } from '../../options/stored.js';
import type { SecretSource } from '../../privacy/index.js';

const MINIMUM_SECRET_BYTES = 32;

/** One secret, or several during a rotation: the first one seals, and all of them open. */
export type CookieSecret = string | SecretSource | readonly (string | SecretSource)[];

/** The keys derived from an app's secrets, in the same order. */
export type CookieKeys = Promise<readonly Uint8Array<ArrayBuffer>[]>;

/**
 * Derives the keys that seal the login cookie. The secrets themselves are not kept.
 *
 * @throws {@link CleverConfigError} for a secret of fewer than 32 bytes, or with a line end.
 */
export function deriveCookieKeys(cookieSecret: CookieSecret | undefined): CookieKeys {
  const secrets = (Array.isArray(cookieSecret) ? cookieSecret : [cookieSecret]).map(secretBytes);
  if (secrets.length === 0) {
    throw tooShort();
  }
  // The derivation is asynchronous but the factory is not, so the first login reports a failure.
  const keys = Promise.all(secrets.map(async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))));
  keys.catch(() => undefined);
  return keys;
}

function secretBytes(secret: unknown): Uint8Array<ArrayBuffer> {
  const source = secret as Partial<SecretSource> | null | undefined;
  const plain = typeof source?.reveal === 'function' ? source.reveal() : secret;
  checkStored('`cookieSecret`', plain);
  const bytes = typeof plain === 'string' ? new TextEncoder().encode(plain) : new Uint8Array();
  if (bytes.length < MINIMUM_SECRET_BYTES) {
    throw tooShort();
  }
  return bytes;
}

function tooShort(): CleverConfigError {
  return new CleverConfigError(
    '`cookieSecret` must be a random string of at least 32 bytes, or a list of such strings to rotate, the newest first. ' +
      'Make one with `openssl rand -base64 32` and keep it out of the code.',
  );
}
