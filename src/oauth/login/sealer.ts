import { base64url, EncryptJWT, type JWTPayload, jwtDecrypt } from 'jose';
import type { CookieKeys } from './cookie-keys.js';

/** How long a person may take to log in at Clever, and how long a finished login is remembered. */
export const LIFETIME_SECONDS = 10 * 60;

/** What a sealed text is for. One that was sealed for another purpose does not open. */
export type Purpose = 'state' | 'memory';

const HEADER = { alg: 'dir', enc: 'A256GCM' } as const;
const ALGORITHMS = { keyManagementAlgorithms: [HEADER.alg], contentEncryptionAlgorithms: [HEADER.enc] };
/** The constant first part of each JWE. */
const ENCODED_HEADER = base64url.encode(JSON.stringify(HEADER));
/** The lengths of A256GCM's initialization vector and authentication tag, encoded. */
const [IV_LENGTH, TAG_LENGTH] = [16, 22];

/**
 * Seals values so that only this app can read or write them: as a JWE (RFC 7516) with direct encryption by
 * A256GCM, whose key is derived from the app's secret with SHA-256.
 *
 * The JWE's header is always the same, and the lengths of two of its parts are fixed. So the sealed text omits
 * the header and the dots: it is shorter, and it consists of letters, digits, `-` and `_` only.
 */
export class Sealer {
  readonly #keys: CookieKeys;

  constructor(keys: CookieKeys) {
    this.#keys = keys;
  }

  /** Returns the sealed text, which opens for {@link LIFETIME_SECONDS}. */
  async seal(purpose: Purpose, value: JWTPayload): Promise<string> {
    const [key] = await this.#keys;
    const jwe = await new EncryptJWT(value)
      .setProtectedHeader(HEADER)
      .setAudience(purpose)
      .setExpirationTime(`${LIFETIME_SECONDS} s`)
      .encrypt(key as Uint8Array);
    const [, , iv = '', ciphertext = '', tag = ''] = jwe.split('.');
    return iv + tag + ciphertext;
  }

  /**
   * Returns the sealed value; `undefined` if it was changed in any character, has expired, or was sealed with an
   * unknown secret or for another purpose.
   */
  async open(purpose: Purpose, sealed: string): Promise<JWTPayload | undefined> {
    const iv = sealed.slice(0, IV_LENGTH);
    const tag = sealed.slice(IV_LENGTH, IV_LENGTH + TAG_LENGTH);
    const ciphertext = sealed.slice(IV_LENGTH + TAG_LENGTH);
    if (![iv, tag, ciphertext].every(isCanonical)) {
      return undefined;
    }
    const jwe = `${ENCODED_HEADER}..${iv}.${ciphertext}.${tag}`;
    for (const key of await this.#keys) {
      try {
        return (await jwtDecrypt(jwe, key, { ...ALGORITHMS, audience: purpose })).payload;
      } catch {
        // Another secret may open it. If none does, it is ignored, whatever the reason.
      }
    }
    return undefined;
  }

  /**
   * Returns a proof that this app has made a text: the first characters of its HMAC. A short one can be guessed, so
   * nothing may depend on it but convenience.
   */
  async prove(text: string, length: number): Promise<string> {
    const [key] = await this.#keys;
    return (await hmacOf(text, key as Uint8Array<ArrayBuffer>)).slice(0, length);
  }

  /** Checks a proof, with any of the secrets. */
  async isProven(text: string, proof: string): Promise<boolean> {
    const hmacs = await Promise.all((await this.#keys).map((key) => hmacOf(text, key)));
    return hmacs.some((hmac) => hmac.startsWith(proof));
  }
}

/** Checks whether a text is the only encoding of its bytes, so that no two texts open as the same value. */
function isCanonical(encoded: string): boolean {
  try {
    return base64url.encode(base64url.decode(encoded)) === encoded;
  } catch {
    return false;
  }
}

async function hmacOf(text: string, key: Uint8Array<ArrayBuffer>): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign']);
  const signature = await crypto.subtle.sign(algorithm, imported, new TextEncoder().encode(text));
  return base64url.encode(new Uint8Array(signature));
}
