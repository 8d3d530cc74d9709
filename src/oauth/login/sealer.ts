import { CleverConfigError } from '../../errors/index.js';
import type { SecretSource } from '../../redaction/index.js';

/*
 * What is remembered while a browser is away at Clever travels with the browser, in a cookie that only this app can
 * read or write: a JWE (RFC 7516), direct encryption with A256GCM, its key derived from the app's secret by SHA-256.
 */

const MINIMUM_SECRET_BYTES = 32;
const ALGORITHMS = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
const AUDIENCE = 'clever-sdk/login';

/** Seals and opens the values of the login cookie. */
export interface CookieSealer {
  /** Seals a value for `maxAgeSeconds`. */
  seal(value: object, maxAgeSeconds: number): Promise<string>;
  /** The sealed value, or `undefined` when it was tampered with, is expired, or is sealed by an unknown secret. */
  open(sealed: string): Promise<Record<string, unknown> | undefined>;
}

/** One secret, or several during a rotation: the first seals, all of them open. */
export type CookieSecret = string | SecretSource | readonly (string | SecretSource)[];

/**
 * Builds a sealer. The keys are derived once; the secrets themselves are not kept.
 *
 * @throws {@link CleverConfigError} for a secret of fewer than 32 bytes.
 */
export function createCookieSealer(cookieSecret: CookieSecret | undefined): CookieSealer {
  const secrets = (Array.isArray(cookieSecret) ? cookieSecret : [cookieSecret]).map(secretBytes);
  if (secrets.length === 0) {
    throw tooShort();
  }
  // Deriving is asynchronous, and the factory is not; a handler that rejects here is seen by the first login.
  const keys = Promise.all(secrets.map(async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))));
  keys.catch(() => undefined);
  return {
    async seal(value, maxAgeSeconds) {
      const { EncryptJWT } = await import('../jose.js');
      const [key] = await keys;
      return new EncryptJWT({ v: value })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setAudience(AUDIENCE)
        .setExpirationTime(`${maxAgeSeconds} s`)
        .encrypt(key as Uint8Array);
    },
    async open(sealed) {
      const { jwtDecrypt } = await import('../jose.js');
      for (const key of await keys) {
        try {
          const { payload } = await jwtDecrypt(sealed, key, { ...ALGORITHMS, audience: AUDIENCE });
          const value = payload['v'];
          return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
        } catch {
          // Another secret may open it. If none does, the cookie says nothing, whatever the reason.
        }
      }
      return undefined;
    },
  };
}

function secretBytes(secret: unknown): Uint8Array<ArrayBuffer> {
  const source = secret as Partial<SecretSource> | null | undefined;
  const plain = typeof source?.reveal === 'function' ? source.reveal() : secret;
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
