/** Longer paths could exceed the cookie header size that servers accept. Counted after percent-encoding. */
const MAX_LENGTH = 512;
/** Used as the app's origin while a path is resolved. No real host can have this name. */
const HERE = 'https://app.invalid';

/**
 * Returns the path to return to after a login if it is one of the app's own: absolute, without scheme,
 * host, backslash, line separator or control character. Otherwise returns `fallback`, because a login must not
 * redirect to another site.
 *
 * Spaces and letters beyond ASCII are percent-encoded, because a `Location` header cannot contain them.
 */
export function ownPath(candidate: string | null | undefined, fallback = '/'): string {
  if (typeof candidate !== 'string' || !/^\/(?![/\\])[^\\\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u.test(candidate)) {
    return fallback;
  }
  // Spaces first: a URL loses those at its end.
  const encoded = candidate.replaceAll(' ', '%20');
  if (!URL.canParse(encoded, HERE)) {
    return fallback;
  }
  const { origin, pathname, search, hash } = new URL(encoded, HERE);
  const path = `${pathname}${search}${hash}`.replace(/^\/{2,}/u, '/');
  return origin === HERE && path.length <= MAX_LENGTH ? path : fallback;
}
