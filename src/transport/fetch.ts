/**
 * A replacement for `fetch`. Called with the URL as a string and an init object, never with a `Request`, so
 * that undici's own `fetch`, test doubles and proxies all fit. It must not retry: retries would multiply.
 */
export type FetchFunction = (url: string, init: RequestInit) => Promise<Response>;

/** How libraries call `fetch`: with a `Request`, or with a URL and an init. */
export type FetchCall = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * Makes a `fetch` for libraries out of the user's, which is always called as `(url, init)`.
 *
 * ky hands over a `Request`. undici's own `fetch` refuses one that it has not made itself, and doubles and
 * proxies seldom read it. So the request is taken apart into plain values: a string, an object of strings, a
 * string body. (A body left as a stream would also need `duplex`, which many runtimes do not know.)
 *
 * @param fetch - The user's, or `undefined` for the global one, looked up at each call so that tests may
 * replace it.
 * @param signal - Takes the place of the request's own signal. Those of ky and `Request` only follow another
 * signal, and runtimes hold such followers weakly; the one that is followed is surer.
 */
export function adaptFetch(fetch: FetchFunction | undefined, signal?: AbortSignal): FetchCall {
  return async (input, init) => {
    const call: FetchFunction = fetch ?? ((url, plainInit) => globalThis.fetch(url, plainInit));
    if (typeof input === 'string' || input instanceof URL) {
      return call(String(input), { ...init, ...(signal === undefined ? {} : { signal }) });
    }
    const { method, headers, redirect, url } = input;
    const body = method === 'GET' || method === 'HEAD' ? {} : await bodyOf(input);
    return call(url, {
      method,
      headers: Object.fromEntries(headers),
      redirect,
      signal: signal ?? input.signal,
      ...body,
    });
  };
}

async function bodyOf(request: Request): Promise<{ body?: string }> {
  const text = await request.text();
  return text === '' ? {} : { body: text };
}
