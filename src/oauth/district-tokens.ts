import { checkOptions } from '../options/known-keys.js';
import { Paginated } from '../pagination/index.js';
import { hideFromInspect } from '../privacy/index.js';
import { deliverAll } from '../records/index.js';
import type { DistrictToken } from '../schemas/district-token.js';
import { buildPath, REQUEST_KEYS, type RequestOptions } from '../transport/index.js';
import { keysOf } from '../util/keys-of.js';
import { type OAuthConfig, TOKENS_PATH } from './context.js';
import { checkParameter } from './input.js';
import { basicAuthorization } from './provider.js';

/** Which district-app tokens to fetch, and how. */
export interface DistrictTokensOptions extends RequestOptions {
  /** Only the token of this district. Sent as `district`. Default: every connected district. */
  readonly districtId?: string;
}

const OPTION_KEYS = [
  ...keysOf<Omit<DistrictTokensOptions, keyof RequestOptions>>()({ districtId: true }),
  ...REQUEST_KEYS,
];

/** The members of a district token that are not a secret. All others are concealed, those that Clever may add included. */
const SHOWN = ['id', 'created', 'owner', 'scopes'];

const ADVICE = {
  401:
    "Clever does not know the app's credentials. Check `clientId` and `clientSecret` (CLEVER_CLIENT_ID, " +
    "CLEVER_CLIENT_SECRET) against the app's settings at Clever.",
};

/** Implements {@link CleverOAuth.districtTokens}. */
export async function districtTokens(
  config: OAuthConfig,
  options: DistrictTokensOptions = {},
): Promise<DistrictToken[]> {
  const call = 'oauth.districtTokens()';
  checkOptions(call, options, OPTION_KEYS);
  const { districtId, ...requestOptions } = options;
  checkParameter(call, 'districtId', districtId);
  const { authTransport: transport, validation } = config;
  const query = { owner_type: 'district', ...(districtId === undefined ? {} : { district: districtId }) };
  const tokens: DistrictToken[] = [];
  // Clever has sent the list on one page so far (observed); a `next` link is followed all the same.
  const listing = new Paginated<DistrictToken>({
    transport,
    method: 'GET',
    pathTemplate: TOKENS_PATH,
    path: buildPath(TOKENS_PATH, {}, query),
    authorization: basicAuthorization(config),
    options: requestOptions,
    prefetch: 0,
    advice: ADVICE,
    toItems: (records) =>
      deliverAll({ transport, method: 'GET', pathTemplate: TOKENS_PATH, validation }, 'districtToken', records),
  });
  for await (const token of listing) {
    tokens.push(
      hideFromInspect(token, Object.keys(token).filter((name) => !SHOWN.includes(name)) as (keyof DistrictToken)[]),
    );
  }
  return tokens;
}
