/** Redirects the browser to a path of the app, and sets a cookie if one is given. */
export function redirect(location: string, cookie?: string): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store' });
  if (cookie !== undefined) {
    headers.append('set-cookie', cookie);
  }
  return new Response(null, { status: 303, headers });
}
