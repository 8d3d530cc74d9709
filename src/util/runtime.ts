/** The runtimes that have all that the SDK needs; the oldest of each on which the tests ran. */
export const RUNTIMES =
  'Node 20.9 or newer, Bun, Deno, and Workers with a compatibility date from 2023-03-01 on (or, in a browser, a page over https)';

/** Returns the name of a built-in that the SDK needs and this runtime does not have. */
export function missingBuiltIn(): string | undefined {
  const { crypto, structuredClone, URL } = globalThis as Partial<typeof globalThis>;
  const needed = {
    'crypto.subtle': crypto?.subtle,
    'URL.canParse': URL?.canParse,
    structuredClone,
    'Array.prototype.findLast': Array.prototype.findLast,
  };
  return Object.entries(needed).find(([, builtIn]) => builtIn === undefined)?.[0];
}

/**
 * Whether the code runs in a web page, whose code and memory anyone can read. A document that a test made on Node is
 * no page: jsdom and happy-dom say so in `navigator.userAgent`. Workers are not recognised, because a page's look
 * the same as a server's.
 */
export function isWebPage(): boolean {
  const { window, document, navigator } = globalThis as Partial<typeof globalThis>;
  return (
    typeof window === 'object' && typeof document === 'object' && !/jsdom|happydom/iu.test(navigator?.userAgent ?? '')
  );
}
