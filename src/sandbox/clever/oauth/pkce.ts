import { base64url } from 'jose';

/**
 * Checks whether a code verifier matches the challenge, by `S256` (RFC 7636). Clever does not document
 * PKCE; the behaviour is inferred from the standard.
 *
 * A verifier without a challenge is refused as well, because an attacker may have removed the challenge
 * (RFC 9700, section 4.8).
 */
export async function isVerified(challenge: string | undefined, verifier: string | undefined): Promise<boolean> {
  if (challenge === undefined || verifier === undefined) {
    return challenge === verifier;
  }
  if (!/^[A-Za-z0-9._~-]{43,128}$/u.test(verifier)) {
    return false;
  }
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return base64url.encode(new Uint8Array(digest)) === challenge;
}
