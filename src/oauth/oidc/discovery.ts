import type { JSONWebKeySet } from 'jose';
import { isCleverError } from '../../errors/index.js';
import { type RequestOptions, resolveLink, type Transport } from '../../transport/index.js';
import { untilAborted } from '../../util/abort.js';
import type { ProviderMetadata } from './built-in-metadata.js';

/** Where the discovery document is. Source: OpenID Connect Discovery 1.0 section 4. */
const DISCOVERY_PATH = '/.well-known/openid-configuration';
const METADATA_LIFETIME_MS = 24 * 60 * 60_000;
const METADATA_RETRY_MS = 5 * 60_000;
/** A login waits for the document, and can do without it. */
const METADATA_LIMITS: RequestOptions = { timeoutMs: 5_000, retry: false };

/**
 * Reads the issuer and the address of the keys from the discovery document, once a day, and falls back to
 * the built-in table where no document exists. An address on another origin is not believed. The endpoints
 * of the login itself are configured, never found: secrets and codes go where the app says.
 */
export class Discovery {
  readonly #transport: Transport;
  readonly #fallback: ProviderMetadata;
  readonly #stated: Partial<ProviderMetadata>;
  #known: { readonly metadata: Promise<ProviderMetadata>; until: number } | undefined;

  /**
   * @param fallback - What holds when no discovery document exists.
   * @param stated - What the app itself says of the provider, which takes precedence over anything found.
   */
  constructor(transport: Transport, fallback: ProviderMetadata, stated: Partial<ProviderMetadata>) {
    this.#transport = transport;
    this.#fallback = fallback;
    this.#stated = stated;
  }

  /** The metadata, from memory where it is fresh. Does not fail when the document is absent. */
  read(options?: RequestOptions): Promise<ProviderMetadata> {
    if (this.#known === undefined || Date.now() > this.#known.until) {
      const known = { metadata: this.#find(), until: Date.now() + METADATA_LIFETIME_MS };
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
      });
      return this.#merge(json);
    } catch (error) {
      if (!isCleverError(error)) {
        throw error;
      }
      if (this.#known !== undefined) {
        this.#known.until = Date.now() + METADATA_RETRY_MS;
      }
      return this.#merge(undefined);
    }
  }

  #merge(json: unknown): ProviderMetadata {
    const found = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
    const merged: Record<string, string> = { ...this.#fallback };
    // The issuer names where its document was found: OpenID Connect Discovery 1.0 section 4.3.
    if (resolveLink(this.#transport.origin, found['issuer']) !== undefined) {
      merged['issuer'] = String(found['issuer']);
    }
    if (resolveLink(this.#transport.origin, found['jwks_uri']) !== undefined) {
      merged['jwks_uri'] = String(found['jwks_uri']);
    }
    return { ...(merged as unknown as ProviderMetadata), ...this.#stated };
  }
}

/** After a search for an unknown key, no other begins for this long: forged `kid` values must not cause a flood. */
const COOL_DOWN_MS = 30_000;
const KEYS_LIFETIME_MS = 60 * 60_000;
/** A person waits for the keys. */
const KEYS_LIMITS: RequestOptions = { timeoutMs: 10_000, totalTimeoutMs: 20_000 };

/** One reading of the keys, shared by all callers that need them meanwhile. */
interface Reading {
  readonly keys: Promise<JSONWebKeySet>;
  readonly at: number;
}

/**
 * The provider's public keys: read when first needed, kept for an hour, and read again once for a key that
 * is unknown.
 *
 * jose's `createRemoteJWKSet` does nearly the same and does not fit: its cool-down begins with every
 * successful reading, so that logins fail when the provider rotates its key within 30 seconds after one.
 * Here the cool-down begins with the search for an unknown key.
 */
export class KeySet {
  readonly #transport: Transport;
  #current: Reading | undefined;
  #refetch: Reading | undefined;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The keys, from memory where they are fresh. */
  current(jwksUri: string, options?: RequestOptions): Promise<JSONWebKeySet> {
    if (this.#current === undefined || Date.now() - this.#current.at > KEYS_LIFETIME_MS) {
      this.#current = this.#read(jwksUri);
    }
    const { keys } = this.#current;
    return untilAborted(options?.signal, () => keys);
  }

  /**
   * The keys read anew, because one was not among them. During the cool-down all callers share the last
   * such reading: a login during a rotation gets the new keys, and a forged `kid` causes no request.
   */
  refreshed(jwksUri: string, options?: RequestOptions): Promise<JSONWebKeySet> {
    if (this.#refetch === undefined || Date.now() - this.#refetch.at > COOL_DOWN_MS) {
      this.#refetch = this.#read(jwksUri);
      this.#current = this.#refetch;
    }
    const { keys } = this.#refetch;
    return untilAborted(options?.signal, () => keys);
  }

  /**
   * Shared, hence under no caller's signal or limit of time. One that fails is forgotten, so that the next
   * may try.
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
    const { json } = await this.#transport.send({ method: 'GET', pathTemplate: path, path, options: KEYS_LIMITS });
    const keys = typeof json === 'object' && json !== null ? (json as { keys?: unknown }).keys : undefined;
    return { keys: Array.isArray(keys) ? keys : [] };
  }
}
