import * as z from 'zod';
import { looseRecord, optional } from './loose.js';

/**
 * The answer to the exchange of an authorization code. Clever sends neither a lifetime nor a refresh token (observed).
 *
 * Source: RFC 6749 section 5.1.
 */
export interface UserToken {
  /** The bearer token of the signed-in person. A secret. */
  access_token: string;
  /** `bearer`. */
  token_type: string;
  /** Only when OpenID Connect is switched on for the app, and never for the Clever Library. A secret. */
  id_token?: string | null;
}

/** Schema of {@link UserToken}. */
export const tokenSchema = looseRecord<UserToken>()({
  access_token: z.string(),
  token_type: z.string(),
  id_token: optional(z.string()),
}).meta({ title: 'UserToken', description: 'The answer to the exchange of an authorization code.' });
