import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import { ID_TOKEN } from '../../errors/catalogue/oauth.js';
import { CleverIdTokenError, type IdTokenFailureReason, isCleverError } from '../../errors/index.js';
import { hideMembers } from '../../privacy/index.js';
import type { RequestOptions } from '../../transport/index.js';
import type { Discovery, KeySet } from './discovery.js';

/** Clever documents no algorithm; RS256 is OpenID Connect's default and the only one that the SDK accepts. */
const ALGORITHMS = ['RS256'];
/** How far Clever's clock and this one may differ, in seconds. */
const CLOCK_TOLERANCE_SECONDS = 30;

/**
 * The claims of a verified id_token about a person.
 *
 * Source: dev.clever.com/docs/oauth-implementation.
 */
export interface IdTokenClaims {
  /** Clever's id of the person in API v3. */
  readonly sub: string;
  /** The id in API versions before 3.0. */
  readonly user_id?: string;
  /** The id in API version 3.0 and later. */
  readonly multi_role_user_id?: string;
  /** The role of this login. */
  readonly user_type?: string;
  /** Id of the district. */
  readonly district?: string;
  readonly email?: string;
  /** `false` unless Clever changed it for the district, so it is no reason to refuse a login. */
  readonly email_verified?: boolean;
  readonly name?: string;
  readonly given_name?: string;
  readonly family_name?: string;
  /** Read it by name: it is not printed, and a spread does not copy it. */
  readonly nonce?: string;
  readonly iss: string;
  readonly aud: string | readonly string[];
  /** Seconds since 1970. */
  readonly iat: number;
  /** Seconds since 1970; one hour after `iat`. */
  readonly exp: number;
}

/** The values that an id_token is checked against. */
export interface IdTokenExpectations extends RequestOptions {
  /**
   * The nonce that the authorization request sent, which the token must contain. Without one, the token
   * must have none.
   */
  readonly expectedNonce?: string;
}

/** The parts of a verifier. */
interface IdTokenVerifierParts {
  /** The audience. */
  readonly clientId: string;
  readonly discovery: Discovery;
  readonly keys: KeySet;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** Verifies the id_tokens of one app: signature, issuer, audience, times and nonce. */
export class IdTokenVerifier {
  readonly #clientId: string;
  readonly #discovery: Discovery;
  readonly #keys: KeySet;
  readonly #now: () => number;

  constructor({ clientId, discovery, keys, now }: IdTokenVerifierParts) {
    this.#clientId = clientId;
    this.#discovery = discovery;
    this.#keys = keys;
    this.#now = now;
  }

  /**
   * @throws {@link CleverIdTokenError} for a token that must not be trusted; the reason says why.
   */
  async verify(idToken: string, { expectedNonce, ...options }: IdTokenExpectations = {}): Promise<IdTokenClaims> {
    const { issuer, jwks_uri } = await this.#discovery.read(options);
    const checks = {
      algorithms: ALGORITHMS,
      issuer,
      audience: this.#clientId,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(this.#now()),
      requiredClaims: ['sub', 'iat', 'exp'],
    };
    let payload: JWTPayload;
    try {
      const keys = await this.#keys.current(jwks_uri, options);
      payload = await verifyWith(idToken, keys, checks).catch(async (error: unknown) => {
        if (error instanceof errors.JWKSNoMatchingKey) {
          return verifyWith(idToken, await this.#keys.refreshed(jwks_uri, options), checks);
        }
        throw error;
      });
    } catch (error) {
      throw isCleverError(error) || options.signal?.aborted === true
        ? error
        : new CleverIdTokenError(ID_TOKEN[reasonOf(error)]);
    }
    const { aud, azp, iat, nonce, sub } = payload;
    // jose requires these two claims, but accepts any subject and, without a maximum age, any time of issue.
    if (typeof sub !== 'string' || sub.trim() === '') {
      throw new CleverIdTokenError(ID_TOKEN.malformed);
    }
    if ((iat ?? 0) > this.#now() / 1_000 + CLOCK_TOLERANCE_SECONDS) {
      throw new CleverIdTokenError(ID_TOKEN.expired);
    }
    const isForSeveral = Array.isArray(aud) && aud.length > 1;
    if ((isForSeveral || azp !== undefined) && azp !== this.#clientId) {
      throw new CleverIdTokenError(ID_TOKEN.audience);
    }
    if (nonce !== expectedNonce) {
      throw new CleverIdTokenError(ID_TOKEN.nonce);
    }
    return hideMembers(payload, ['nonce']) as unknown as IdTokenClaims;
  }
}

/**
 * Verifies a token with a set of keys. Where several keys fit, because the token has no `kid` or two keys have
 * the same one, each is tried: a key that cannot be used must not spoil the others.
 */
async function verifyWith(idToken: string, keys: JSONWebKeySet, checks: JWTVerifyOptions): Promise<JWTPayload> {
  try {
    return (await jwtVerify(idToken, createLocalJWKSet(keys), checks)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) {
      throw error;
    }
    for await (const key of error) {
      try {
        return (await jwtVerify(idToken, key, checks)).payload;
      } catch (failure) {
        if (!(failure instanceof errors.JWSSignatureVerificationFailed)) {
          throw failure;
        }
      }
    }
    throw error;
  }
}

/** Returns the reason for an error of jose: from the claim that failed, otherwise from the error's code. */
function reasonOf(error: unknown): IdTokenFailureReason {
  const { code, claim, reason } = error as { code?: string; claim?: string; reason?: string };
  if (code === 'ERR_JWT_EXPIRED') {
    return 'expired';
  }
  if (code === 'ERR_JOSE_ALG_NOT_ALLOWED') {
    return 'algorithm';
  }
  if (code === 'ERR_JWKS_NO_MATCHING_KEY') {
    return 'unknown_key';
  }
  if (code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' || code === 'ERR_JWKS_MULTIPLE_MATCHING_KEYS') {
    return 'signature';
  }
  if (reason === 'check_failed' && (claim === 'nbf' || claim === 'iat')) {
    return 'expired';
  }
  if (claim === 'iss') {
    return 'issuer';
  }
  return claim === 'aud' ? 'audience' : 'malformed';
}
