import { assertKnownKeys } from '../../roster/sources.js';

/** A public key as it stands in the key set (RFC 7517). */
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
const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;

/** RSA keys, made when the first of them is needed: making one takes longer than everything else at start. */
export class SigningKeys {
  #keys: Promise<readonly [SigningKey, ...SigningKey[]]> | undefined;

  /** The published keys, the one in use first. */
  async publicKeys(): Promise<PublicJwk[]> {
    return (await this.#ready()).map(({ jwk }) => jwk);
  }

  /** Signs claims as a compact JWS (RFC 7515). */
  async sign(claims: object): Promise<string> {
    const [{ privateKey, jwk }] = await this.#ready();
    const header = { alg: jwk.alg, typ: 'JWT', kid: jwk.kid };
    const input = `${base64Url(encode(JSON.stringify(header)))}.${base64Url(encode(JSON.stringify(claims)))}`;
    const signature = await crypto.subtle.sign(ALGORITHM.name, privateKey, encode(input));
    return `${input}.${base64Url(new Uint8Array(signature))}`;
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
  const pair = await crypto.subtle.generateKey(
    { ...ALGORITHM, modulusLength: 2_048, publicExponent: new Uint8Array([1, 0, 1]) },
    false,
    ['sign', 'verify'],
  );
  const { kty = 'RSA', n = '', e = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  // RFC 7638: the members that make the key, in alphabetical order.
  const kid = base64Url(await sha256(JSON.stringify({ e, kty, n })));
  return { privateKey: pair.privateKey, jwk: { kty, n, e, alg: 'RS256', use: 'sig', kid } };
}

/** The SHA-256 digest of a text. */
export async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', encode(text)));
}

/** Base64url without padding (RFC 4648, section 5). */
export function base64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
