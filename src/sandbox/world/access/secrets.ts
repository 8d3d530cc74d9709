import type { ResolvedSource } from '../../roster/sources.js';
import type { SavedState } from '../state/state-schema.js';
import { randomHex } from './random-hex.js';

/** The id and the value of a district-app token. */
export interface TokenSecret {
  readonly id: string;
  readonly value: string;
}

/** The first credentials that do not follow from the seed. A saved state has them, so that an `.env` stays valid. */
export interface Secrets {
  /** `undefined` where it follows from the seed. */
  readonly clientSecret: string | undefined;
  /** The first token of each district; `undefined` where it follows from the seed. */
  readonly tokens: readonly (TokenSecret | undefined)[];
}

/**
 * Makes random credentials for the districts that want them, and for an app that has one of these, because its secret
 * opens their tokens.
 *
 * @param saved - The credentials of an earlier sandbox, which are used again.
 */
export function makeSecrets(sources: readonly ResolvedSource[], saved: SavedState['secrets']): Secrets {
  const isRandom = sources.map(({ credentials }) => credentials === 'random');
  return {
    clientSecret: isRandom.includes(true) ? (saved?.clientSecret ?? randomHex(40)) : undefined,
    tokens: isRandom.map((random, index) => (random ? (saved?.tokens[index] ?? makeTokenSecret()) : undefined)),
  };
}

/** Makes the id and the value of a token. */
export function makeTokenSecret(): TokenSecret {
  return { id: randomHex(24), value: randomHex(40) };
}
