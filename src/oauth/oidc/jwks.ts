import { type RequestOptions, resolveLink, type Transport } from '../../transport/index.js';
import type { JSONWebKeySet } from '../jose.js';

/** After a key was looked for in vain, nothing is asked again for this long: a forged `kid` must not cause a flood. */
const COOL_DOWN_MS = 30_000;
const LIFETIME_MS = 60 * 60_000;

/** The provider's public keys, read when first needed, kept for an hour, and read again once for a key that is unknown. */
export class KeySet {
  readonly #transport: Transport;
  #keys: JSONWebKeySet | undefined;
  #readAt = 0;
  #refetchedAt = Number.NEGATIVE_INFINITY;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The keys, from memory where they are fresh. */
  async current(jwksUri: string, options?: RequestOptions): Promise<JSONWebKeySet> {
    if (this.#keys === undefined || Date.now() - this.#readAt > LIFETIME_MS) {
      await this.#read(jwksUri, options);
    }
    return this.#keys ?? { keys: [] };
  }

  /** The keys read anew, because one was not among them; `undefined` during the cool-down. */
  async refreshed(jwksUri: string, options?: RequestOptions): Promise<JSONWebKeySet | undefined> {
    const now = Date.now();
    if (now - this.#refetchedAt < COOL_DOWN_MS) {
      return undefined;
    }
    this.#refetchedAt = now;
    await this.#read(jwksUri, options);
    return this.#keys;
  }

  async #read(jwksUri: string, options: RequestOptions | undefined): Promise<void> {
    const path = resolveLink(this.#transport.origin, jwksUri) ?? '/oauth/certs';
    const { json } = await this.#transport.send({ method: 'GET', pathTemplate: path, path, options });
    const keys = typeof json === 'object' && json !== null ? (json as { keys?: unknown }).keys : undefined;
    this.#keys = { keys: Array.isArray(keys) ? keys : [] };
    this.#readAt = Date.now();
  }
}
