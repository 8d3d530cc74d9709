/**
 * Checks whether one of the sandbox's own pages sent a form, by headers that browsers add to every POST and
 * scripts cannot forge. A request without these headers does not come from a browser, so it carries no
 * cookies of a visitor.
 */
export function isFromOwnPage(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) {
    return site === 'same-origin';
  }
  const origin = request.headers.get('origin');
  return origin === null || origin === new URL(request.url).origin;
}
