import { Random } from '../../roster/random.js';
import type { DistrictConnection } from '../../roster/sources.js';
import type { SavedDistrict } from '../state/state-schema.js';

/** A district-app token with its entry in the token list. */
export interface DistrictAppToken {
  readonly id: string;
  readonly created: string;
  readonly value: string;
  readonly scopes: readonly string[];
}

/**
 * Whether a district has connected the app, and the district-app token of that connection. Admins can change this
 * part of a district with a click at any time.
 */
export class AppConnection {
  readonly #initial: DistrictConnection;
  readonly #makeToken: (generation: number) => DistrictAppToken;
  #kind: DistrictConnection;
  #token: DistrictAppToken | undefined;
  #generation = 0;

  constructor(seed: number, districtId: string, kind: DistrictConnection, scopes: readonly string[]) {
    this.#initial = kind;
    this.#makeToken = (generation) => {
      const label = ['district-app token', districtId, ...(generation === 0 ? [] : [generation])];
      const random = new Random(seed, ...label);
      return { id: random.hex(24), created: '2026-06-23T21:56:32.335Z', value: random.hex(40), scopes };
    };
    this.#kind = kind;
    this.#token = kind === 'library' ? undefined : this.#makeToken(0);
  }

  /** How the district's people reach the app at present. */
  get kind(): DistrictConnection {
    return this.#kind;
  }

  /** The district-app token; `undefined` for a district that only the Library reaches. */
  get token(): DistrictAppToken | undefined {
    return this.#token;
  }

  /** Connects the app, with a new token (inferred). Does nothing when the app is connected. */
  connect(): void {
    if (this.#token === undefined) {
      this.#kind = this.#initial === 'library' ? 'district' : this.#initial;
      this.#renew();
    }
  }

  /** Disconnects the app: removes the token and leaves only the Library. */
  disconnect(): void {
    this.#kind = 'library';
    this.#token = undefined;
  }

  /** Replaces the token; returns `false` when there is no token. */
  rotateToken(): boolean {
    if (this.#token === undefined) {
      return false;
    }
    this.#renew();
    return true;
  }

  /** Returns what a saved state needs. */
  save(): SavedDistrict['connection'] {
    return { kind: this.#kind, generation: this.#generation, isConnected: this.#token !== undefined };
  }

  /** Continues from a saved state. */
  load({ kind, generation, isConnected }: SavedDistrict['connection']): void {
    this.#kind = kind;
    this.#generation = generation;
    this.#token = isConnected ? this.#makeToken(generation) : undefined;
  }

  #renew(): void {
    this.#generation += 1;
    this.#token = this.#makeToken(this.#generation);
  }
}
