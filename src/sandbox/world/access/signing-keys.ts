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
   * `true`: `/oauth/certs` forgets the keys that were there, so that id_tokens signed before verify no more. `false`, the
   * default: they stay published beside the new one.
   */
  readonly removeOld?: boolean;
}

/** The keys with which a sandbox signs id_tokens. */
export interface SandboxKeys {
  /** Makes a new RSA key and signs with it from now on. */
  rotate(options?: RotateOptions): Promise<void>;
}

/** RS256 is presumed: Clever documents no algorithm. */
const ALGORITHM = 'RS256';

/** RSA keys, made when the first of them is needed: making one takes longer than everything else at start. */
export class SigningKeys {
  #keys: Promise<readonly [SigningKey, ...SigningKey[]]> | undefined;

  /** The published keys, the one in use first. */
  async publicKeys(): Promise<PublicJwk[]> {
    return (await this.#ready()).map(({ jwk }) => jwk);
  }

  /** Signs claims as a compact JWS (RFC 7515). */
  async sign(claims: JWTPayload): Promise<string> {
    const [{ privateKey, jwk }] = await this.#ready();
    const header = { alg: jwk.alg, typ: 'JWT', kid: jwk.kid };
    return await new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
  }

  /** Makes a new key the one in use. */
  async rotate(options: RotateOptions = {}): Promise<void> {
    assertKnownKeys('rotate()', options, ['removeOld']);
    const { removeOld = false } = options;
    const before = this.#ready();
    // Assigned before anything is awaited, so that two rotations at once make two keys.
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
