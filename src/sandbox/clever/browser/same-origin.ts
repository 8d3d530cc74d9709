/**
 * Whether a form was sent by one of the sandbox's own pages, judged by what browsers say of every POST and scripts cannot
 * forge. A request that says neither comes from no browser, hence with nobody's cookies.
 */
export function isFromOwnPage(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) {
    return site === 'same-origin';
  }
  const origin = request.headers.get('origin');
  return origin === null || origin === new URL(request.url).origin;
}
