/** A server at an origin: an app's handler, or a sandbox's `fetch`. */
export type Site = (request: Request) => Response | Promise<Response>;

/** The page on which a browser ended. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  /** The host, or the domain whose hosts all receive the cookie. */
  readonly host: string;
  readonly isForDomain: boolean;
  readonly path: string;
  readonly isSecure: boolean;
  readonly expiresAtMs: number;
}

/** As in Chromium and Firefox. */
const MAX_REDIRECTS = 20;
/** The maximum length of name and value together; browsers drop longer cookies. Source: RFC 6265bis section 5.7. */
const MAX_COOKIE_LENGTH = 4_096;

/**
 * As much of a browser as a login needs: a cookie jar that follows RFC 6265bis, and top-level navigations
 * that follow redirects. Origins without a given site are requested over the network (loopback only, in
 * tests).
 */
export class Browser {
  /** Every URL that was requested, in order. */
  readonly history: URL[] = [];
  /** Every `Set-Cookie` header that arrived, in order. */
  readonly received: string[] = [];
  readonly #sites: Map<string, Site>;
  #cookies: Cookie[] = [];

  constructor(sites: Readonly<Record<string, Site>> = {}) {
    this.#sites = new Map(Object.entries(sites));
  }

  /** Serves an origin by a site from now on. */
  addSite(origin: string, site: Site): void {
    this.#sites.set(origin, site);
  }

  /** Sends one request with its cookies. Does not follow redirects. */
  async send(address: string | URL, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address);
    this.history.push(url);
    const headers = new Headers(init.headers);
    const cookie = this.cookieHeader(url);
    if (cookie !== '' && !headers.has('cookie')) {
      headers.set('cookie', cookie);
    }
    const request = new Request(url, { ...init, headers, redirect: 'manual' });
    const site = this.#sites.get(url.origin) ?? ((asked) => fetch(asked));
    const response = await site(request);
    for (const header of response.headers.getSetCookie()) {
      this.#store(header, url);
    }
    return response;
  }

  /**
   * Opens a page with `GET` and follows all redirects.
   *
   * @param change - What something on the way makes of the address of each redirect.
   */
  async open(address: string | URL, change: (url: URL) => URL = (url) => url): Promise<Page> {
    let url = new URL(address);
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const response = await this.send(url);
      const location = response.headers.get('location');
      if (location === null || response.status < 300 || response.status > 399) {
        return { url, status: response.status, headers: response.headers, text: await response.text() };
      }
      url = change(new URL(location, url));
    }
    throw new Error('the browser was redirected too often');
  }

  /** The `Cookie` header for a URL. */
  cookieHeader(address: string | URL): string {
    const url = new URL(address);
    const now = Date.now();
    return this.#cookies
      .filter(({ host, isForDomain, path, isSecure, expiresAtMs }) => {
        const isHost = host === url.hostname || (isForDomain && url.hostname.endsWith(`.${host}`));
        const isPath = url.pathname === path || url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
        return isHost && isPath && (!isSecure || url.protocol === 'https:') && expiresAtMs > now;
      })
      .sort((one, other) => other.path.length - one.path.length)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  /** Sets a cookie as if a page at this address had sent the `Set-Cookie` header. */
  setCookie(header: string, address: string | URL): void {
    this.#store(header, new URL(address));
  }

  /** Deletes every cookie, as a browser that blocks cookies does. */
  clearCookies(): void {
    this.#cookies = [];
  }

  #store(header: string, url: URL): void {
    this.received.push(header);
    const [pair = '', ...rest] = header.split(';').map((part) => part.trim());
    const separator = pair.indexOf('=');
    const [name, value] = [pair.slice(0, separator), pair.slice(separator + 1)];
    const attributes = new Map(
      rest.map((attribute): [string, string] => {
        const [key = '', ...words] = attribute.split('=');
        return [key.toLowerCase(), words.join('=')];
      }),
    );
    const isSecure = attributes.has('secure');
    const isAllowed = !isSecure || url.protocol === 'https:';
    const path = attributes.get('path') ?? (url.pathname.replace(/\/[^/]*$/u, '') || '/');
    const keepsPrefix =
      (!name.startsWith('__Secure-') || isSecure) &&
      (!name.startsWith('__Host-') || (isSecure && attributes.get('path') === '/' && !attributes.has('domain')));
    if (separator < 1 || name.length + value.length > MAX_COOKIE_LENGTH || !isAllowed || !keepsPrefix) {
      return;
    }
    const maxAge = attributes.get('max-age');
    const expires = attributes.get('expires');
    const expiresAtMs =
      maxAge !== undefined
        ? Date.now() + Number(maxAge) * 1_000
        : expires !== undefined
          ? Date.parse(expires)
          : Number.POSITIVE_INFINITY;
    const host = attributes.get('domain') ?? url.hostname;
    const isForDomain = attributes.has('domain');
    this.#cookies = this.#cookies.filter((other) => other.name !== name || other.host !== host || other.path !== path);
    this.#cookies.push({ name, value, host, isForDomain, path, isSecure, expiresAtMs });
  }
}

/** The address to which a redirect leads. Fails the test when the response is not a redirect. */
export function locationOf(response: Response): URL {
  const location = response.headers.get('location');
  if (location === null || response.status < 300 || response.status > 399) {
    throw new Error(`expected a redirect, received ${response.status}`);
  }
  return new URL(location, 'https://relative.invalid');
}
