/** Longer paths could exceed the cookie header size that servers accept. */
const MAX_LENGTH = 512;
/** Used as the app's origin while a path is resolved. No real host can have this name. */
const HERE = 'https://app.invalid';

/**
 * Returns the path to return to after a login if it is one of the app's own: absolute, without scheme,
 * host, backslash or control character. Otherwise returns `fallback`, because a login must not redirect to
 * another site.
 */
export function ownPath(candidate: string | null | undefined, fallback = '/'): string {
  if (
    typeof candidate !== 'string' ||
    candidate.length > MAX_LENGTH ||
    !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/u.test(candidate)
  ) {
    return fallback;
  }
  if (!URL.canParse(candidate, HERE)) {
    return fallback;
  }
  const url = new URL(candidate, HERE);
  return url.origin === HERE ? `${url.pathname}${url.search}${url.hash}`.replace(/^\/{2,}/u, '/') : fallback;
}
