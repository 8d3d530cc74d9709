import { setImmediate } from 'node:timers/promises';
import { type Cookie, CookieJar } from 'tough-cookie';
import type { Bounds } from '../bounds.js';
import { type Control, readPage } from '../page-content.js';
import { AppTrouble, type HeldCookie, type Hop, type Page, type SideRequest, type Visitor } from '../visitor.js';

/** As many as Chromium follows. */
const MOST_HOPS = 20;
const MOST_BYTES = 8 * 1024 * 1024;
const NAVIGATION = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'accept-language': 'en-US,en;q=0.9',
  'upgrade-insecure-requests': '1',
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-user': '?1',
};

/** Who makes the browser send a request, which decides the cookies that go with it (RFC 6265bis, 5.2). */
type Context = 'strict' | 'lax' | 'none';

const HEADERS_OF = {
  'same-site': {
    accept: 'application/json, text/html;q=0.9, */*;q=0.8',
    'sec-fetch-dest': 'empty',
    'sec-fetch-mode': 'cors',
    'sec-fetch-site': 'same-origin',
  },
  image: {
    accept: 'image/avif,image/webp,*/*;q=0.8',
    'sec-fetch-dest': 'image',
    'sec-fetch-mode': 'no-cors',
    'sec-fetch-site': 'cross-site',
  },
  navigation: NAVIGATION,
} as const;
const CONTEXT_OF = { 'same-site': 'strict', image: 'none', navigation: 'lax' } as const satisfies Record<
  string,
  Context
>;

/** What is sent at one hop. */
interface Outgoing {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** A browser without scripts: cookies, links, forms and redirects. */
export class HttpVisitor implements Visitor {
  readonly driver = 'http';
  readonly #jar = new CookieJar(undefined, { looseMode: true });
  readonly #bounds: Bounds;
  #page: Page | undefined;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  async open(address: string | URL, from: 'typed' | 'other-site' = 'typed'): Promise<Page> {
    const site = from === 'typed' ? undefined : 'other';
    return await this.#visit(new URL(address), { method: 'GET', headers: {}, body: undefined }, site);
  }

  async press(control: Control): Promise<Page> {
    const { target, method, fields, label } = control;
    const from = this.#page?.url;
    if (target === undefined || from === undefined) {
      throw new AppTrouble(`The button “${label}” needs a script, which the visitor by HTTP does not run.`);
    }
    const sent = new URLSearchParams(fields.map(([name, value]) => [name, value]));
    const origin = { referer: refererFor(from, target) };
    if (method === 'POST') {
      const headers = { ...origin, origin: from.origin, 'content-type': 'application/x-www-form-urlencoded' };
      return await this.#visit(target, { method, headers, body: sent.toString() }, siteOf(from));
    }
    const url = new URL(target);
    if (control.kind === 'button') {
      url.search = sent.toString();
    }
    return await this.#visit(url, { method: 'GET', headers: origin, body: undefined }, siteOf(from));
  }

  async reload(address?: string | URL): Promise<Page> {
    const url = address ?? this.#page?.url;
    if (url === undefined) {
      throw new AppTrouble('No page was open that could be loaded again.');
    }
    return await this.open(url);
  }

  async request(address: string | URL, request: SideRequest = {}): Promise<Page> {
    const { method = 'GET', headers = {}, body, as = 'same-site', followRedirects = true } = request;
    const outgoing = { method, headers: { ...HEADERS_OF[as], ...headers }, body };
    const context = CONTEXT_OF[as];
    return await this.#travel(new URL(address), outgoing, () => context, followRedirects);
  }

  async cookies(address: string | URL): Promise<readonly HeldCookie[]> {
    const cookies = await this.#jar.getCookies(new URL(address).href);
    return cookies.map(heldOf);
  }

  async restoreCookies(address: string | URL, cookies: readonly HeldCookie[]): Promise<void> {
    const url = new URL(address);
    for (const { domain, path, key } of await this.#jar.getCookies(url.href)) {
      await this.#jar.store.removeCookie(domain ?? url.hostname, path ?? '/', key);
    }
    for (const cookie of cookies) {
      await this.#jar.setCookie(lineOf(cookie), url.href, { ignoreError: true });
    }
  }

  screenshot(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Goes to a page. `from`: the site that asked for it; `undefined` for an address that was typed. */
  async #visit(url: URL, outgoing: Outgoing, from: string | undefined): Promise<Page> {
    const headers = { ...NAVIGATION, ...outgoing.headers };
    // A redirect through another site makes the rest of the way cross-site, too.
    let isSameSite = true;
    const context = (target: URL, method: string): Context => {
      isSameSite &&= from === undefined || from === siteOf(target);
      return isSameSite ? 'strict' : method === 'GET' ? 'lax' : 'none';
    };
    this.#page = await this.#travel(url, { ...outgoing, headers }, context, true);
    return this.#page;
  }

  async #travel(
    start: URL,
    first: Outgoing,
    context: (target: URL, method: string) => Context,
    followRedirects: boolean,
  ): Promise<Page> {
    const hops: Hop[] = [];
    let [url, outgoing] = [start, first];
    while (hops.length < MOST_HOPS) {
      const response = await this.#send(url, outgoing, context(url, outgoing.method));
      const hop = { method: outgoing.method, url, ...response };
      hops.push(hop);
      const location = isRedirect(response.status) ? response.headers.get('location') : null;
      if (location !== null && followRedirects && URL.canParse(location, url)) {
        const next = new URL(location, url);
        outgoing = redirected(outgoing, response.status, url, next);
        url = next;
        continue;
      }
      const content = readPage(response.html, url);
      if (content.refresh !== undefined && followRedirects) {
        outgoing = {
          method: 'GET',
          headers: { ...outgoing.headers, referer: refererFor(url, content.refresh) },
          body: undefined,
        };
        url = content.refresh;
        continue;
      }
      const { status, headers, html } = response;
      return { url, status, headers, html, hops, ...content };
    }
    throw new AppTrouble(`${MOST_HOPS} redirects followed each other, and none of them ended at a page.`);
  }

  async #send(
    url: URL,
    { method, headers, body }: Outgoing,
    sameSiteContext: Context,
  ): Promise<Pick<Page, 'status' | 'headers' | 'html'> & Pick<Hop, 'setCookies'>> {
    const cookie = await this.#jar.getCookieString(url.href, { sameSiteContext });
    const signal = this.#bounds.begin(url);
    try {
      // After a probe has made many people, connections may have ended of which `fetch` is about to hear.
      await setImmediate();
      const response = await fetch(url, {
        method,
        headers: { ...headers, ...(cookie === '' ? {} : { cookie }) },
        redirect: 'manual',
        signal,
        ...(body === undefined ? {} : { body }),
      });
      const setCookies = response.headers.getSetCookie();
      for (const line of setCookies) {
        await this.#jar.setCookie(line, url.href, { ignoreError: true, sameSiteContext });
      }
      return { status: response.status, headers: response.headers, html: await textOf(response), setCookies };
    } catch (error) {
      throw this.#bounds.troubleOf(error, url);
    }
  }
}

/** Redirects make a GET of everything but 307 and 308, as browsers do. */
function redirected({ method, headers, body }: Outgoing, status: number, from: URL, to: URL): Outgoing {
  const { origin, 'content-type': type, ...rest } = headers;
  const kept = status === 307 || status === 308;
  const referer = headers['referer'];
  const more = referer === undefined ? {} : { referer: refererFor(new URL(referer), to) };
  if (!kept || method === 'GET') {
    return { method: 'GET', headers: { ...rest, ...more }, body: undefined };
  }
  return {
    method,
    headers: {
      ...rest,
      ...more,
      ...(origin === undefined ? {} : { origin: from.origin === to.origin ? origin : 'null' }),
      ...(type === undefined ? {} : { 'content-type': type }),
    },
    body,
  };
}

/** The default of browsers: `strict-origin-when-cross-origin`. */
function refererFor(from: URL, to: URL): string {
  if (from.origin !== to.origin) {
    return `${from.origin}/`;
  }
  const url = new URL(from);
  url.hash = '';
  return url.href;
}

/** The site of an address. Names of hosts on a machine have no public suffix: each is a site of its own. */
function siteOf({ protocol, hostname }: URL): string {
  return `${protocol}//${hostname}`;
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) {
      throw new AppTrouble(`An answer was larger than ${MOST_BYTES / 1024 / 1024} MB.`);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function heldOf({ key, value, httpOnly, secure, sameSite, path, domain }: Cookie): HeldCookie {
  const known = (['strict', 'lax', 'none'] as const).find((one) => one === sameSite?.toLowerCase());
  return { name: key, value, httpOnly, secure, sameSite: known, path: path ?? '/', domain: domain ?? '' };
}

function lineOf({ name, value, httpOnly, secure, sameSite, path }: HeldCookie): string {
  const attributes = [
    `Path=${path}`,
    httpOnly ? 'HttpOnly' : '',
    secure ? 'Secure' : '',
    sameSite === undefined ? '' : `SameSite=${sameSite}`,
  ];
  return [`${name}=${value}`, ...attributes.filter(Boolean)].join('; ');
}
