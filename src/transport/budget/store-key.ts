/** How many keys are remembered. A process with more tokens than that computes some of them again. */
const REMEMBERED_KEYS = 1_000;
const known = new Map<string, string | Promise<string>>();

/**
 * The key under which a shared store keeps the budget of a token: the SHA-256 of its origin and credentials, in 64
 * hexadecimal digits. The store does not learn the token from it, because Clever's tokens have 160 random bits.
 *
 * Web Crypto computes it asynchronously, so it is computed once for each token. From then on it is known at once.
 */
export function storeKey(origin: string, credentials: string): string | Promise<string> {
  const text = `${origin}\n${credentials}`;
  return known.get(text) ?? remember(text, digest(text));
}

function remember(text: string, computing: Promise<string>): Promise<string> {
  const [oldest] = known.keys();
  if (known.size >= REMEMBERED_KEYS && oldest !== undefined) {
    known.delete(oldest);
  }
  known.set(text, computing);
  computing.then(
    (key) => known.set(text, key),
    () => known.delete(text),
  );
  return computing;
}

async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
