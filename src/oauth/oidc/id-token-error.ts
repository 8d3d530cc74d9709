import { CleverIdTokenError, type IdTokenFailureReason } from '../../errors/index.js';

const FAULTS: Record<IdTokenFailureReason, string> = {
  malformed: 'it is not a signed token with the claims of OpenID Connect',
  algorithm: 'it is not signed by RS256, the only algorithm that is accepted',
  unknown_key: 'the provider publishes no key with its id',
  signature: 'its signature does not fit',
  issuer: 'another issuer made it than the configured one',
  audience: 'it was made for another app',
  expired: "it is past its end or not yet valid; check this machine's clock",
  nonce: 'its nonce is not the one that this login was begun with',
  subject: 'it speaks of another person than the access token',
  missing: "there is none, and `oidc.idToken` is 'require'. Clever switches id_tokens on per app: ask Clever's support",
};

/** The error of an id_token that is not believed. */
export function idTokenError(reason: IdTokenFailureReason): CleverIdTokenError {
  return new CleverIdTokenError(`The id_token was refused: ${FAULTS[reason]}. Start a new login.`, { reason });
}
