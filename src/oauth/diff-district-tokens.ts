import { CleverConfigError } from '../errors/index.js';
import { REDACTED } from '../privacy/index.js';
import type { DistrictToken } from '../schemas/tokens.js';
import { isObject } from '../util/is-object.js';

/** The members of a district token that are needed to compare it, which an app stores. */
export type StoredDistrictToken = Pick<DistrictToken, 'access_token'> & { readonly owner: { readonly id: string } };

/** The differences between two lists of district tokens. */
export interface DistrictTokensDiff<Before extends StoredDistrictToken, After extends StoredDistrictToken> {
  /** Districts that are new: start their first sync. */
  readonly connected: readonly After[];
  /** Districts that are no longer listed: archive their records instead of deleting them. */
  readonly disconnected: readonly Before[];
  /** Districts with a new token: store it. */
  readonly rotated: readonly After[];
}

/**
 * Compares two lists of district tokens by district.
 *
 * Clever does not announce when districts connect or disconnect, so keep the list of the last run and
 * compare before each sync. Source: dev.clever.com/docs/onboarding.
 *
 * An entry that names no district is ignored.
 *
 * @param before - The list of the last run, as stored.
 * @param after - The current list, from `clever.oauth.districtTokens()`.
 * @throws {@link CleverConfigError} when a token was stored as `[redacted]` or not at all: `JSON.stringify`,
 * spreads and clones do not copy tokens, so store `token.access_token` where you keep secrets.
 *
 * @example
 * ```ts
 * import { type CleverClient, diffDistrictTokens, type StoredDistrictToken } from 'clever-sdk';
 *
 * async function newDistricts(clever: CleverClient, stored: StoredDistrictToken[]): Promise<string[]> {
 *   const { connected } = diffDistrictTokens(stored, await clever.oauth.districtTokens());
 *   return connected.map(({ owner }) => owner.id);
 * }
 * ```
 */
export function diffDistrictTokens<Before extends StoredDistrictToken, After extends StoredDistrictToken>(
  before: readonly Before[],
  after: readonly After[],
): DistrictTokensDiff<Before, After> {
  const [stored, listed] = [before.filter(hasOwner), after.filter(hasOwner)];
  if ([...stored, ...listed].some(({ access_token }) => access_token === undefined || access_token === REDACTED)) {
    throw new CleverConfigError(
      'diffDistrictTokens(): a token was not stored, because JSON.stringify(), spreads and clones do not copy tokens. ' +
        'Fetch the tokens again, and store `token.access_token` by name.',
    );
  }
  const known = new Map(stored.map((token) => [token.owner.id, token]));
  const current = new Set(listed.map(({ owner }) => owner.id));
  return {
    connected: listed.filter(({ owner }) => !known.has(owner.id)),
    disconnected: stored.filter(({ owner }) => !current.has(owner.id)),
    rotated: listed.filter(({ owner, access_token }) => {
      const old = known.get(owner.id);
      return old !== undefined && old.access_token !== access_token;
    }),
  };
}

/** Whether an entry names its district. Any other belongs to no district that it could be compared with. */
function hasOwner(token: unknown): boolean {
  return isObject(token) && isObject(token['owner']) && typeof token['owner']['id'] === 'string';
}
