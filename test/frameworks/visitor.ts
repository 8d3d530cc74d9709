import type { SandboxPerson } from 'clever-sdk/sandbox';
import { CookieJar } from 'tough-cookie';

/** As in Chromium and Firefox. */
const MAX_REDIRECTS = 20;

/** The page at which a visitor has arrived. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** How a page is opened. */
export interface OpenOptions {
  /** Who takes a seat at the device if Clever asks for a login. Default: the person who is signed in there. */
  readonly as?: SandboxPerson | undefined;
  /** Another request than `GET`: a form that is sent. */
  readonly init?: RequestInit | undefined;
}

/** What the login spec does with a browser: one of {@link Visitor}'s, or a real one. */
export interface VisitorLike {
  /** Every address that was requested, in order. */
  readonly history: readonly URL[];
  request(address: string | URL, init?: RequestInit): Promise<Response>;
  open(address: string | URL, options?: OpenOptions): Promise<Page>;
  cookies(address: string): Promise<Map<string, string>>;
}

/** A person's browser without scripts: it keeps cookies as browsers do, and follows redirects. */
export class Visitor implements VisitorLike {
  readonly #jar: CookieJar;
  /** Every address that was requested, in order. */
  readonly history: URL[] = [];

  constructor(jar = new CookieJar()) {
    this.#jar = jar;
  }

  /** A second browser with the cookies that this one has now: what someone has who copied them. */
  async copy(): Promise<Visitor> {
    return new Visitor(await this.#jar.clone());
  }

  /** Sends one request with its cookies. Does not follow redirects. */
  async request(address: string | URL, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address);
    this.history.push(url);
    const headers = new Headers(init.headers);
    const cookie = await this.#jar.getCookieString(url.href);
    if (cookie !== '') {
      headers.set('cookie', cookie);
    }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      await this.#jar.setCookie(line, url.href, { ignoreError: true });
    }
    return response;
  }

  /** Opens a page and follows every redirect. */
  async open(address: string | URL, { as, init }: OpenOptions = {}): Promise<Page> {
    let url = new URL(address);
    let request = init;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const response = await this.request(url, request);
      const location = response.headers.get('location');
      if (location === null || response.status < 300 || response.status > 399) {
        return { url, status: response.status, headers: response.headers, text: await response.text() };
      }
      const next = new URL(location, url);
      url = as !== undefined && next.pathname === '/oauth/authorize' ? new URL(as.loginUrl(next)) : next;
      request = undefined;
    }
    throw new Error('The redirects do not end.');
  }

  /** The values of the cookies that the visitor sends to an address, by their names. */
  async cookies(address: string): Promise<Map<string, string>> {
    const cookies = await this.#jar.getCookies(address);
    return new Map(cookies.map(({ key, value }) => [key, value]));
  }
}
