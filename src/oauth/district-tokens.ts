import { checkOptions } from '../options/known-keys.js';
import type { DistrictToken } from '../schemas/tokens.js';
import { MAX_RESPONSE_BYTES, REQUEST_KEYS, type RequestOptions } from '../transport/index.js';
import { keysOf } from '../util/keys-of.js';
import { apiFor, type OAuthConfig, TOKENS_PATH } from './context.js';
import { checkParameter } from './input.js';
import { basicAuthorization } from './provider.js';

/** Options of {@link CleverOAuth.districtTokens}. */
export interface DistrictTokensOptions extends RequestOptions {
  /** Only the token of this district. Sent as `district`. Default: every connected district. */
  readonly districtId?: string;
}

const OPTION_KEYS = [
  ...keysOf<Omit<DistrictTokensOptions, keyof RequestOptions>>()({ districtId: true }),
  ...REQUEST_KEYS,
];

/** Implements {@link CleverOAuth.districtTokens}. */
export async function districtTokens(
  config: OAuthConfig,
  options: DistrictTokensOptions = {},
): Promise<DistrictToken[]> {
  const call = 'oauth.districtTokens()';
  checkOptions(call, options, OPTION_KEYS);
  const { districtId, ...requestOptions } = options;
  checkParameter(call, 'districtId', districtId);
  // Clever has always sent the list as one page (observed), but a `next` link is followed nevertheless.
  const listing = apiFor(config, basicAuthorization(config), 'appCredentials', config.authTransport).list(
    {
      call,
      kind: 'districtToken',
      path: TOKENS_PATH,
      isVersioned: false,
      isPaged: false,
      defaultMaxResponseBytes: MAX_RESPONSE_BYTES.record,
      query: { owner_type: 'district', district: districtId },
    },
    requestOptions,
  );
  const tokens: DistrictToken[] = [];
  for await (const token of listing) {
    tokens.push(token);
  }
  return tokens;
}
