/** Sends the browser to a path of the app, with a cookie if there is one to set. */
export function redirect(location: string, cookie?: string): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store' });
  if (cookie !== undefined) {
    headers.append('set-cookie', cookie);
  }
  return new Response(null, { status: 303, headers });
}
