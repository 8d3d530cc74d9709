import { Random } from '../../roster/random.js';
import type { DistrictConnection } from '../../roster/sources.js';
import type { SavedDistrict } from '../state/state-schema.js';
import { makeTokenSecret, type TokenSecret } from './secrets.js';

/** A district-app token with its entry in the token list. */
export interface DistrictAppToken {
  readonly id: string;
  readonly created: string;
  readonly value: string;
  readonly scopes: readonly string[];
}

/** What the token of a connection is for. */
interface ConnectedApp {
  readonly seed: number;
  readonly districtId: string;
  readonly kind: DistrictConnection;
  readonly scopes: readonly string[];
}

/**
 * Whether a district has connected the app, and the district-app token of that connection. Admins can change this
 * part of a district with a click at any time.
 */
export class AppConnection {
  readonly #initial: DistrictConnection;
  readonly #isRandom: boolean;
  readonly #withSecret: (secret: TokenSecret) => DistrictAppToken;
  readonly #makeToken: (generation: number) => DistrictAppToken;
  #kind: DistrictConnection;
  #token: DistrictAppToken | undefined;
  #generation = 0;

  /**
   * @param first - The first token, whose successors are random; `undefined`: all of them follow from the seed.
   */
  constructor({ seed, districtId, kind, scopes }: ConnectedApp, first: TokenSecret | undefined) {
    this.#initial = kind;
    this.#isRandom = first !== undefined;
    this.#withSecret = ({ id, value }) => ({ id, created: '2026-06-23T21:56:32.335Z', value, scopes });
    this.#makeToken = (generation) => {
      if (first !== undefined) {
        return this.#withSecret(generation === 0 ? first : makeTokenSecret());
      }
      const label = ['district-app token', districtId, ...(generation === 0 ? [] : [generation])];
      const random = new Random(seed, ...label);
      return this.#withSecret({ id: random.hex(24), value: random.hex(40) });
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
    const saved = { kind: this.#kind, generation: this.#generation, isConnected: this.#token !== undefined };
    // A token that follows from the seed is made again from it.
    return this.#isRandom && this.#token !== undefined
      ? { ...saved, token: { id: this.#token.id, value: this.#token.value } }
      : saved;
  }

  /** Continues from a saved state. */
  load({ kind, generation, isConnected, token }: SavedDistrict['connection']): void {
    this.#kind = kind;
    this.#generation = generation;
    const restored = this.#isRandom && token !== undefined ? this.#withSecret(token) : this.#makeToken(generation);
    this.#token = isConnected ? restored : undefined;
  }

  #renew(): void {
    this.#generation += 1;
    this.#token = this.#makeToken(this.#generation);
  }
}
