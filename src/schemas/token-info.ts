import * as z from 'zod';
import { looseRecord } from './loose.js';

/** The answer of `/oauth/tokeninfo`: whom a token was issued to, and what it opens. */
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
}).meta({ title: 'TokenInfo', description: 'Whom a token was issued to, and what it opens.' });
