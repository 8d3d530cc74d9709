import { type RequestOptions, resolveLink, type Transport } from '../../transport/index.js';
import { untilAborted } from '../../util/abort.js';
import type { JSONWebKeySet } from '../jose.js';

/** After a key was looked for in vain, nothing is asked again for this long: a forged `kid` must not cause a flood. */
const COOL_DOWN_MS = 30_000;
const LIFETIME_MS = 60 * 60_000;
/** A person waits for the keys. */
const LIMITS: RequestOptions = { timeoutMs: 10_000, totalTimeoutMs: 20_000 };

/** One reading of the keys, shared by everybody who needs them meanwhile. */
interface Reading {
  readonly keys: Promise<JSONWebKeySet>;
  readonly at: number;
}

/** The provider's public keys, read when first needed, kept for an hour, and read again once for a key that is unknown. */
export class KeySet {
  readonly #transport: Transport;
  #current: Reading | undefined;
  #refetch: Reading | undefined;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The keys, from memory where they are fresh. */
  current(jwksUri: string, options?: RequestOptions): Promise<JSONWebKeySet> {
    if (this.#current === undefined || Date.now() - this.#current.at > LIFETIME_MS) {
      this.#current = this.#read(jwksUri);
    }
    const { keys } = this.#current;
    return untilAborted(options?.signal, () => keys);
  }

  /**
   * The keys read anew, because one was not among them. During the cool-down everybody shares the last such reading: who
   * logs in while keys rotate gets the new ones, and a forged `kid` asks nothing.
   */
  refreshed(jwksUri: string, options?: RequestOptions): Promise<JSONWebKeySet> {
    if (this.#refetch === undefined || Date.now() - this.#refetch.at > COOL_DOWN_MS) {
      this.#refetch = this.#read(jwksUri);
      this.#current = this.#refetch;
    }
    const { keys } = this.#refetch;
    return untilAborted(options?.signal, () => keys);
  }

  /** Shared, hence under no caller's signal or limit of time. One that fails is forgotten, so that the next may try. */
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
    const { json } = await this.#transport.send({ method: 'GET', pathTemplate: path, path, options: LIMITS });
    const keys = typeof json === 'object' && json !== null ? (json as { keys?: unknown }).keys : undefined;
    return { keys: Array.isArray(keys) ? keys : [] };
  }
}
