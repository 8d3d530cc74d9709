import { isCleverError } from '../../errors/index.js';
import { type RequestOptions, resolveLink, type Transport } from '../../transport/index.js';
import { untilAborted } from '../../util/abort.js';
import type { ProviderMetadata } from './built-in-metadata.js';

/** Where the discovery document is. Source: OpenID Connect Discovery 1.0 section 4. */
const DISCOVERY_PATH = '/.well-known/openid-configuration';
const LIFETIME_MS = 24 * 60 * 60_000;
const RETRY_MS = 5 * 60_000;
/** A login waits for the document, and can do without it. */
const LIMITS: RequestOptions = { timeoutMs: 5_000, retry: false };

/**
 * Reads issuer and keys' address from the discovery document, once a day, and falls back to the built-in table where there
 * is none. An address on another origin is not believed. The endpoints of the login itself are configured, never found:
 * secrets and codes go where the app says.
 */
export class Discovery {
  readonly #transport: Transport;
  readonly #fallback: ProviderMetadata;
  readonly #stated: Partial<ProviderMetadata>;
  #known: { readonly metadata: Promise<ProviderMetadata>; until: number } | undefined;

  /**
   * @param fallback - What holds where there is no discovery document.
   * @param stated - What the app itself says of the provider: it wins over anything found.
   */
  constructor(transport: Transport, fallback: ProviderMetadata, stated: Partial<ProviderMetadata>) {
    this.#transport = transport;
    this.#fallback = fallback;
    this.#stated = stated;
  }

  /** The metadata, from memory where it is fresh. Never fails for want of a document. */
  read(options?: RequestOptions): Promise<ProviderMetadata> {
    if (this.#known === undefined || Date.now() > this.#known.until) {
      const known = { metadata: this.#find(), until: Date.now() + LIFETIME_MS };
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
      const { json } = await this.#transport.send({ method: 'GET', pathTemplate: path, path, options: LIMITS });
      return this.#merge(json);
    } catch (error) {
      if (!isCleverError(error)) {
        throw error;
      }
      if (this.#known !== undefined) {
        this.#known.until = Date.now() + RETRY_MS;
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
