/** A person's browser, as far as a login needs one: it follows redirects and keeps cookies by host and path. */
export class Visitor {
  readonly #cookies = new Map<string, { readonly host: string; readonly path: string; readonly pair: string }>();

  /** Requests one page. Does not follow redirects. */
  async request(url: string, init: RequestInit = {}): Promise<Response> {
    const { hostname, pathname } = new URL(url);
    const headers = new Headers(init.headers);
    const pairs = [...this.#cookies.values()]
      .filter(
        ({ host, path }) => host === hostname && `${pathname}/`.startsWith(path.endsWith('/') ? path : `${path}/`),
      )
      .map(({ pair }) => pair);
    if (pairs.length > 0) {
      headers.set('cookie', pairs.join('; '));
    }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) {
      this.#keep(hostname, cookie);
    }
    return response;
  }

  /** Opens a page and follows every redirect; at Clever it logs in as `personId`. */
  async open(url: string, personId: string): Promise<Response> {
    let next = url;
    for (let hop = 0; hop < 10; hop += 1) {
      const response = await this.request(next);
      const location = response.headers.get('location');
      if (location === null) {
        return response;
      }
      next = new URL(location, next).href;
      if (new URL(next).pathname === '/oauth/authorize') {
        next += `&sandbox_user=${personId}`;
      }
    }
    throw new Error('The redirects do not end.');
  }

  /** Logs in up to the callback and returns its address without opening it. */
  async callbackUrl(startUrl: string, personId: string): Promise<string> {
    const start = await this.request(startUrl);
    const authorize = await this.request(`${start.headers.get('location')}&sandbox_user=${personId}`);
    return authorize.headers.get('location') ?? '';
  }

  #keep(host: string, cookie: string): void {
    const [pair = '', ...attributes] = cookie.split(';').map((part) => part.trim());
    const path = attributes.find((attribute) => /^path=/iu.test(attribute))?.slice(5) ?? '/';
    const key = `${host} ${path} ${pair.split('=')[0]}`;
    if (attributes.some((attribute) => /^max-age=0$/iu.test(attribute))) {
      this.#cookies.delete(key);
    } else {
      this.#cookies.set(key, { host, path, pair });
    }
  }
}
