import { base64Url, sha256 } from '../../world/access/signing-keys.js';

/**
 * Whether a code verifier is the one of the challenge, by `S256` (RFC 7636). Clever documents no PKCE; that it behaves as the
 * standard has it is inferred.
 *
 * A verifier without a challenge is refused as well: somebody took the challenge out on the way (RFC 9700, section 4.8).
 */
export async function isVerified(challenge: string | undefined, verifier: string | undefined): Promise<boolean> {
  if (challenge === undefined || verifier === undefined) {
    return challenge === verifier;
  }
  return /^[A-Za-z0-9._~-]{43,128}$/u.test(verifier) && base64Url(await sha256(verifier)) === challenge;
}
