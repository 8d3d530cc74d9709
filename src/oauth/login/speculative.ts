/**
 * Checks whether a browser or a framework requests a page before anyone has asked for it, or a script requests it.
 *
 * Such a request shows the person nothing, so it must neither start a login nor use up a code. The request that a
 * service worker makes for a page has an empty destination as well, but its mode is `navigate`.
 *
 * Source: the Fetch standard (`Sec-Purpose`), Fetch Metadata (`Sec-Fetch-Dest`); older browsers send `Purpose`,
 * `X-Purpose` and `X-Moz`, and Next.js `Next-Router-Prefetch`.
 */
export function isSpeculative({ headers }: Request): boolean {
  const purposes = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => headers.get(name) ?? '');
  return (
    purposes.some((purpose) => /prefetch|prerender|preview/iu.test(purpose)) ||
    headers.has('next-router-prefetch') ||
    (headers.get('sec-fetch-dest') === 'empty' && headers.get('sec-fetch-mode') !== 'navigate')
  );
}
