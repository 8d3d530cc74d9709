import { EncryptJWT, jwtDecrypt } from '../jose.js';
import type { CookieKeys } from './cookie-keys.js';

/*
 * What is remembered while a browser is away at Clever travels with the browser, in a cookie that only this app can
 * read or write: a JWE (RFC 7516), direct encryption with A256GCM, its key derived from the app's secret by SHA-256.
 */

const ALGORITHMS = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
const AUDIENCE = 'clever-sdk/login';

/** Seals and opens the values of the login cookie. */
export interface CookieSealer {
  /** Seals a value for `maxAgeSeconds`. */
  seal(value: object, maxAgeSeconds: number): Promise<string>;
  /** The sealed value, or `undefined` when it was tampered with, is expired, or is sealed by an unknown secret. */
  open(sealed: string): Promise<Record<string, unknown> | undefined>;
}

/** Builds a sealer. */
export function createCookieSealer(keys: CookieKeys): CookieSealer {
  return {
    async seal(value, maxAgeSeconds) {
      const [key] = await keys;
      return new EncryptJWT({ v: value })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setAudience(AUDIENCE)
        .setExpirationTime(`${maxAgeSeconds} s`)
        .encrypt(key as Uint8Array);
    },
    async open(sealed) {
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
