import type { JSONWebKeySet, JWK } from 'jose';
import { isCleverError } from '../../errors/index.js';
import { MAX_RESPONSE_BYTES, type RequestOptions, resolveLink, type Transport } from '../../transport/index.js';
import { untilAborted } from '../../util/abort.js';
import { isObject } from '../../util/is-object.js';
import type { ProviderMetadata } from './built-in-metadata.js';

/** The path of the discovery document. Source: OpenID Connect Discovery 1.0 section 4. */
const DISCOVERY_PATH = '/.well-known/openid-configuration';
const METADATA_LIFETIME_MS = 24 * 60 * 60_000;
const METADATA_RETRY_MS = 5 * 60_000;
/** Short limits, because a login waits for the document but can continue without it. */
const METADATA_LIMITS: RequestOptions = { timeoutMs: 5_000, retry: false };

/**
 * Reads the issuer and the URL of the keys from the discovery document, once a day, and falls back to the
 * built-in metadata when no document exists. A URL on another origin is ignored. The endpoints of the login
 * itself are never discovered, so that secrets and codes go only where the app is configured to send them.
 */
export class Discovery {
  readonly #transport: Transport;
  readonly #fallback: ProviderMetadata;
  readonly #stated: Partial<ProviderMetadata>;
  #known: { readonly metadata: Promise<ProviderMetadata>; at: number; lifetimeMs: number } | undefined;

  /**
   * @param fallback - Used when no discovery document exists.
   * @param stated - The metadata configured by the app, which takes precedence over discovered metadata.
   */
  constructor(transport: Transport, fallback: ProviderMetadata, stated: Partial<ProviderMetadata>) {
    this.#transport = transport;
    this.#fallback = fallback;
    this.#stated = stated;
  }

  /** Returns the metadata, from memory if it is fresh. Does not fail when the document is absent. */
  read(options?: RequestOptions): Promise<ProviderMetadata> {
    if (this.#known === undefined || !isFresh(this.#known.at, this.#known.lifetimeMs)) {
      const known = { metadata: this.#find(), at: Date.now(), lifetimeMs: METADATA_LIFETIME_MS };
      this.#known = known;
      known.metadata.catch(() => {
        this.#known = undefined;
      });
    }
    const { metadata } = this.#known;
    return untilAborted(options?.signal, () => metadata);
  }

  async #find(): Promise<ProviderMetadata> {
    try {
      const path = DISCOVERY_PATH;
      const { json } = await this.#transport.send({
        method: 'GET',
        pathTemplate: path,
        path,
        options: METADATA_LIMITS,
        defaultMaxResponseBytes: MAX_RESPONSE_BYTES.identity,
      });
      return this.#merge(json);
    } catch (error) {
      if (!isCleverError(error)) {
        throw error;
      }
      if (this.#known !== undefined) {
        this.#known.at = Date.now();
        this.#known.lifetimeMs = METADATA_RETRY_MS;
      }
      return this.#merge(undefined);
    }
  }

  #merge(json: unknown): ProviderMetadata {
    const found = isObject(json) ? json : {};
    const merged: Record<string, string> = { ...this.#fallback };
    // The issuer must match the origin of its document: OpenID Connect Discovery 1.0 section 4.3.
    if (resolveLink(this.#transport.origin, found['issuer']) !== undefined) {
      merged['issuer'] = String(found['issuer']);
    }
    if (resolveLink(this.#transport.origin, found['jwks_uri']) !== undefined) {
      merged['jwks_uri'] = String(found['jwks_uri']);
    }
    return { ...(merged as unknown as ProviderMetadata), ...this.#stated };
  }
}

/**
 * The minimum time between searches for an unknown key, so that forged `kid` values cannot cause a flood of
 * requests.
 */
const COOL_DOWN_MS = 30_000;
const KEYS_LIFETIME_MS = 60 * 60_000;
/** Limited, because a person is waiting for the login. */
const KEYS_LIMITS: RequestOptions = { timeoutMs: 10_000, totalTimeoutMs: 20_000 };

/** One read of the keys, shared by all callers that need them meanwhile. */
interface Reading {
  readonly keys: Promise<JSONWebKeySet>;
  readonly at: number;
}

/**
 * The provider's public keys: read when first needed, kept for an hour, and read again once for an unknown key.
 *
 * jose's `createRemoteJWKSet` is similar but not suitable: its cool-down starts with every successful read,
 * so logins fail when the provider rotates its key within 30 seconds after one. Here the cool-down starts
 * with the search for an unknown key.
 */
export class KeySet {
  readonly #transport: Transport;
  #current: Reading | undefined;
  #refetch: Reading | undefined;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Returns the keys, from memory if they are fresh. */
  current(jwksUri: string, options?: RequestOptions): Promise<JSONWebKeySet> {
    if (this.#current === undefined || !isFresh(this.#current.at, KEYS_LIFETIME_MS)) {
      this.#current = this.#read(jwksUri);
    }
    const { keys } = this.#current;
    return untilAborted(options?.signal, () => keys);
  }

  /**
   * Reads the keys again, because one was missing. During the cool-down all callers share the last such
   * read: a login during a rotation gets the new keys, and a forged `kid` causes no request.
   */
  refreshed(jwksUri: string, options?: RequestOptions): Promise<JSONWebKeySet> {
    if (this.#refetch === undefined || !isFresh(this.#refetch.at, COOL_DOWN_MS)) {
      this.#refetch = this.#read(jwksUri);
      this.#current = this.#refetch;
    }
    const { keys } = this.#refetch;
    return untilAborted(options?.signal, () => keys);
  }

  /**
   * Starts a read that callers share, so no caller's signal or time limit ends it. A failed read is
   * forgotten, so that the next caller tries again.
   */
  #read(jwksUri: string): Reading {
    const reading: Reading = { keys: this.#fetch(jwksUri), at: Date.now() };
    reading.keys.catch(() => {
      this.#current = this.#current === reading ? undefined : this.#current;
      this.#refetch = this.#refetch === reading ? undefined : this.#refetch;
    });
    return reading;
  }

  async #fetch(jwksUri: string): Promise<JSONWebKeySet> {
    const path = resolveLink(this.#transport.origin, jwksUri) ?? '/oauth/certs';
    const { json } = await this.#transport.send({
      method: 'GET',
      pathTemplate: path,
      path,
      options: KEYS_LIMITS,
      defaultMaxResponseBytes: MAX_RESPONSE_BYTES.identity,
    });
    const keys = isObject(json) && Array.isArray(json['keys']) ? (json['keys'] as unknown[]) : [];
    return { keys: keys.filter(isObject).map(withoutNulls) };
  }
}

/** Removes the members that are `null`: jose would refuse the key for them, although they state nothing. */
function withoutNulls(key: Record<string, unknown>): JWK {
  return Object.fromEntries(Object.entries(key).filter(([, value]) => value !== null));
}

/** Whether what was read at a time still holds. A time to come is none: the clock was set back since. */
function isFresh(at: number, lifetimeMs: number): boolean {
  const age = Date.now() - at;
  return age >= 0 && age <= lifetimeMs;
}
