import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { assertKnownKeys } from '../../roster/checks.js';

/** A public key in the key set (RFC 7517). */
export interface PublicJwk {
  readonly kty: string;
  readonly n: string;
  readonly e: string;
  readonly alg: 'RS256';
  readonly use: 'sig';
  readonly kid: string;
}

interface SigningKey {
  readonly privateKey: CryptoKey;
  readonly jwk: PublicJwk;
}

/** Options of {@link SandboxKeys.rotate}. */
export interface RotateOptions {
  /**
   * `true`: `/oauth/certs` drops the existing keys, so id_tokens signed with them can no longer be
   * verified. `false`, the default: they stay published together with the new one.
   */
  readonly removeOld?: boolean;
}

/** The keys that a sandbox signs id_tokens with. */
export interface SandboxKeys {
  /** Makes a new RSA key and uses it for signing from now on. */
  rotate(options?: RotateOptions): Promise<void>;
}

/** RS256 is an assumption: Clever documents no algorithm. */
const ALGORITHM = 'RS256';

/** RSA keys, the first of which is made on first use: making one takes longer than the rest of the start. */
export class SigningKeys {
  #keys: Promise<readonly [SigningKey, ...SigningKey[]]> | undefined;

  /** Returns the published keys, the one in use first. */
  async publicKeys(): Promise<PublicJwk[]> {
    return (await this.#ready()).map(({ jwk }) => jwk);
  }

  /** Signs claims as a compact JWS (RFC 7515). */
  async sign(claims: JWTPayload): Promise<string> {
    const [{ privateKey, jwk }] = await this.#ready();
    const header = { alg: jwk.alg, typ: 'JWT', kid: jwk.kid };
    return await new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
  }

  /** Makes a new key and uses it from now on. */
  async rotate(options: RotateOptions = {}): Promise<void> {
    assertKnownKeys('rotate()', options, ['removeOld']);
    const { removeOld = false } = options;
    const before = this.#ready();
    // Assigned before any await, so that two simultaneous rotations make two keys.
    this.#keys = before.then(async (keys) => [await makeKey(), ...(removeOld ? [] : keys)]);
    await this.#keys;
  }

  #ready(): Promise<readonly [SigningKey, ...SigningKey[]]> {
    this.#keys ??= makeKey().then((key) => [key]);
    return this.#keys;
  }
}

async function makeKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
  const jwk = await exportJWK(publicKey);
  const { kty = 'RSA', n = '', e = '' } = jwk;
  return { privateKey, jwk: { kty, n, e, alg: ALGORITHM, use: 'sig', kid: await calculateJwkThumbprint(jwk) } };
}
