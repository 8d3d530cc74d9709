/** A person's browser, as far as a login needs one: it keeps cookies by host. */
export class Visitor {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** Makes a request as a browser does when a person opens an address. */
  open(url: string): Request {
    const pairs = [...this.#of(url)].map(([name, value]) => `${name}=${value}`);
    const headers = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    return new Request(url, {
      redirect: 'manual',
      headers: pairs.length === 0 ? headers : { ...headers, cookie: pairs.join('; ') },
    });
  }

  /** The names of the cookies that a host gets. */
  cookieNames(url: string): string[] {
    return [...this.#of(url).keys()];
  }

  /** Keeps the cookies of an answer, and returns their names. */
  keep(url: string, { headers }: Response): string[] {
    const jar = this.#of(url);
    return headers.getSetCookie().map((cookie) => {
      const [pair = '', ...attributes] = cookie.split(';').map((part) => part.trim());
      const equals = pair.indexOf('=');
      const name = pair.slice(0, equals);
      if (attributes.some((attribute) => /^max-age=0$/iu.test(attribute))) {
        jar.delete(name);
        return `${name} (removed)`;
      }
      jar.set(name, pair.slice(equals + 1));
      return name;
    });
  }

  #of(url: string): Map<string, string> {
    const { host } = new URL(url);
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    return jar;
  }
}
