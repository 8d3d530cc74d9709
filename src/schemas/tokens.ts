import * as z from 'zod';
import { looseRecord, optional } from './loose.js';

/**
 * The answer to a code exchange. Clever sends neither a lifetime nor a refresh token (observed).
 *
 * Source: RFC 6749 section 5.1.
 */
export interface UserToken {
  /** The bearer token of the signed-in person. A secret. */
  access_token: string;
  /** `bearer`. */
  token_type: string;
  /** Present only if OpenID Connect is enabled for the app, and never for the Clever Library. A secret. */
  id_token?: string | null;
}

/** Schema of {@link UserToken}. */
export const tokenSchema = looseRecord<UserToken>()({
  access_token: z.string(),
  token_type: z.string(),
  id_token: optional(z.string()),
}).meta({ title: 'UserToken', description: 'The answer to the exchange of an authorization code.' });

/** The owner of the data that a district-app token gives access to. */
export interface DistrictTokenOwner {
  /** `district`. */
  type?: string | null;
  /** Id of the district. Store it, because the token may be replaced. */
  id: string;
}

/** Schema of {@link DistrictTokenOwner}. */
export const districtTokenOwnerSchema = looseRecord<DistrictTokenOwner>()({
  type: optional(z.string()),
  id: z.string(),
}).meta({
  title: 'DistrictTokenOwner',
  description: 'The owner of the data that a district-app token gives access to.',
});

/** The district-app token of one connected district, as listed by `/oauth/tokens?owner_type=district`. */
export interface DistrictToken {
  /** Id of the token, not of the district. */
  id: string;
  owner: DistrictTokenOwner;
  /** The bearer token. A secret. */
  access_token: string;
  /** The scopes of the token. */
  scopes: string[];
  /** ISO timestamp. */
  created?: string | null;
}

/** Schema of {@link DistrictToken}. */
export const districtTokenSchema = looseRecord<DistrictToken>()({
  id: z.string(),
  owner: districtTokenOwnerSchema,
  access_token: z.string(),
  scopes: z.array(z.string()),
  created: optional(z.string()),
}).meta({ title: 'DistrictToken', description: 'The district-app token of one connected district.' });

/** The answer of `/oauth/tokeninfo`: the app that a token was issued to, and the token's scopes. */
export interface TokenInfo {
  /** The app that the token was issued to. Compare it with your own. */
  client_id: string;
  /** `read:user_id`, `read:students` … Clever has no complete list. */
  scopes: string[];
}

/** Schema of {@link TokenInfo}. */
export const tokenInfoSchema = looseRecord<TokenInfo>()({
  client_id: z.string(),
  scopes: z.array(z.string()),
}).meta({ title: 'TokenInfo', description: "The app that a token was issued to, and the token's scopes." });
