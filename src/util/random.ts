/**
 * 256 random bits as 43 characters that fit into a URL: a `state`, a nonce, PKCE's verifier. Source: RFC
 * 7636 section 4.1.
 */
export function randomValue(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
