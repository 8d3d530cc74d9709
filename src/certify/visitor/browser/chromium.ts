import type {
  Browser,
  BrowserContext,
  Cookie,
  Page as Tab,
  Request as TabRequest,
  Response as TabResponse,
} from 'playwright-core';
import { untilAborted } from '../../../util/abort.js';
import { CertifyError } from '../../error.js';
import type { Screenshot } from '../../verdict.js';
import type { Bounds } from '../bounds.js';
import { type Control, readPage } from '../page-content.js';
import { AppTrouble, type HeldCookie, type Hop, type Page, type SideRequest, type Visitor } from '../visitor.js';
import { Traffic } from './traffic.js';

/** As many as Chromium follows. */
const MOST_HOPS = 20;

/** What is sent at one hop. */
interface Sent {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Starts Chromium, which all visitors of a run share, each with a profile of its own. */
export async function openChromium(
  bounds: Bounds,
  executablePath: string | undefined = process.env['CHROMIUM_PATH'],
): Promise<{ visitor(): Promise<Visitor>; close(): Promise<void> }> {
  const { chromium } = await import('playwright-core').catch(() => {
    throw new CertifyError(
      'browser',
      'To drive Chromium, install playwright-core beside clever-sdk: npm install --save-dev playwright-core.',
    );
  });
  const browser: Browser = await chromium
    .launch({
      headless: true,
      ...(executablePath === undefined ? {} : { executablePath }),
      // Whatever an app does, nothing reaches Clever.
      args: ['--host-resolver-rules=MAP clever.com ~NOTFOUND, MAP *.clever.com ~NOTFOUND'],
      // Otherwise playwright-core ends this process at Ctrl+C, before the app's commands are ended. When the process
      // ends, the browser does, too.
      ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
    })
    .catch(() => {
      throw new CertifyError(
        'browser',
        'Chromium could not be started. Install it (npx playwright-core install chromium), or name its file by `browserPath` or CHROMIUM_PATH.',
      );
    });
  return {
    visitor: async () => {
      try {
        const context = await browser.newContext({ locale: 'en-US' });
        return new ChromiumVisitor(context, await context.newPage(), bounds);
      } catch {
        throw new CertifyError(
          'browser',
          'Chromium ended before the run did. Run it again; --only tries fewer probes.',
        );
      }
    },
    close: () => browser.close(),
  };
}

/** A tab of Chromium. */
class ChromiumVisitor implements Visitor {
  readonly driver = 'chromium';
  readonly #context: BrowserContext;
  readonly #tab: Tab;
  readonly #bounds: Bounds;

  constructor(context: BrowserContext, tab: Tab, bounds: Bounds) {
    this.#context = context;
    this.#tab = tab;
    this.#bounds = bounds;
    tab.setDefaultTimeout(bounds.answerMs);
  }

  async open(address: string | URL, from: 'typed' | 'other-site' = 'typed'): Promise<Page> {
    const url = new URL(address);
    if (from === 'typed') {
      return await this.#travel(url, () => this.#tab.goto(url.href, { waitUntil: 'load' }));
    }
    // A page of another site whose script goes there, as a click would.
    await this.#tab.route('https://portal.invalid/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>Portal</title>' }),
    );
    await this.#tab.goto('https://portal.invalid/');
    return await this.#travel(url, async () => {
      await Promise.all([
        this.#tab.waitForURL((at) => at.host !== 'portal.invalid', { waitUntil: 'load' }),
        this.#tab.evaluate((href) => {
          location.href = href;
        }, url.href),
      ]);
    });
  }

  async press(control: Control): Promise<Page> {
    const selector = control.kind === 'link' ? 'a[href]' : 'button, input[type="submit"], input[type="image"]';
    const url = new URL(this.#tab.url());
    return await this.#travel(control.target ?? url, async () => {
      await this.#tab.locator(selector).nth(control.index).click();
    });
  }

  async reload(address?: string | URL): Promise<Page> {
    return await this.open(address ?? this.#tab.url());
  }

  async request(address: string | URL, request: SideRequest = {}): Promise<Page> {
    const { method = 'GET', headers = {}, body, as = 'same-site', followRedirects = true } = request;
    const url = new URL(address);
    if (as === 'image') {
      return await this.#loadImage(url);
    }
    const hops: Hop[] = [];
    let [at, sent]: [URL, Sent] = [url, { method, headers, body }];
    while (hops.length < MOST_HOPS) {
      const { hop, html } = await this.#fetch(at, sent);
      hops.push(hop);
      const location = hop.status >= 300 && hop.status < 400 ? hop.headers.get('location') : null;
      if (!followRedirects || location === null || !URL.canParse(location, at)) {
        return { url: at, status: hop.status, headers: hop.headers, html, hops, ...readPage(html, at) };
      }
      at = new URL(location, at);
      sent = hop.status === 307 || hop.status === 308 ? sent : { method: 'GET', headers, body: undefined };
    }
    throw new AppTrouble(`${MOST_HOPS} redirects followed each other, and none of them ended at a page.`);
  }

  async cookies(address: string | URL): Promise<readonly HeldCookie[]> {
    const cookies = await this.#context.cookies(new URL(address).href);
    return cookies.map(({ name, value, httpOnly, secure, sameSite, path, domain }) => ({
      name,
      value,
      httpOnly,
      secure,
      sameSite: sameSite.toLowerCase() as HeldCookie['sameSite'],
      path,
      domain,
    }));
  }

  async restoreCookies(address: string | URL, cookies: readonly HeldCookie[]): Promise<void> {
    const { hostname } = new URL(address);
    await this.#context.clearCookies({ domain: hostname });
    await this.#context.addCookies(
      cookies.map(({ name, value, httpOnly, secure, sameSite, path, domain }) => ({
        name,
        value,
        httpOnly,
        secure,
        path,
        domain,
        sameSite: (sameSite === undefined
          ? 'Lax'
          : (sameSite[0]?.toUpperCase() ?? '') + sameSite.slice(1)) as Cookie['sameSite'],
      })),
    );
  }

  async screenshot(title: string): Promise<Screenshot> {
    return { title, png: new Uint8Array(await this.#tab.screenshot({ type: 'png', fullPage: false })) };
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  /** Sends one request with the cookies of the tab, and follows no redirect. */
  async #fetch(url: URL, { method, headers, body }: Sent): Promise<{ readonly hop: Hop; readonly html: string }> {
    this.#bounds.begin(url);
    try {
      const response = await this.#context.request.fetch(url.href, {
        method,
        headers: { accept: 'application/json, text/html;q=0.9, */*;q=0.8', ...headers },
        maxRedirects: 0,
        failOnStatusCode: false,
        timeout: this.#bounds.answerMs,
        ...(body === undefined ? {} : { data: body }),
      });
      const html = await response.text();
      const setCookies = response
        .headersArray()
        .filter(({ name }) => name.toLowerCase() === 'set-cookie')
        .map(({ value }) => value);
      const answered = new Headers(response.headers());
      return { hop: { method, url, status: response.status(), headers: answered, setCookies }, html };
    } catch (error) {
      throw this.#bounds.troubleOf(error, url);
    }
  }

  /** An image on a page of another site. */
  async #loadImage(url: URL): Promise<Page> {
    const signal = this.#bounds.begin(url);
    const tab = await this.#context.newPage();
    try {
      await tab.route('https://elsewhere.invalid/', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<title>Elsewhere</title>' }),
      );
      await tab.goto('https://elsewhere.invalid/');
      await untilAborted(signal, () =>
        tab.evaluate(
          (src) =>
            new Promise<void>((resolve) => {
              const image = new Image();
              image.onload = image.onerror = () => resolve();
              image.src = src;
            }),
          url.href,
        ),
      );
      const headers = new Headers();
      return { url, status: 0, headers, html: '', hops: [], ...readPage('', url) };
    } catch (error) {
      throw this.#bounds.troubleOf(error, url);
    } finally {
      await tab.close();
    }
  }

  /** Goes somewhere, and notes every answer on the way. */
  async #travel(url: URL, go: () => Promise<unknown>): Promise<Page> {
    const noted: Promise<Hop | undefined>[] = [];
    const note = (response: TabResponse): void => {
      if (isOfThePage(response.request(), this.#tab)) {
        noted.push(hopOf(response));
      }
    };
    this.#bounds.begin(url);
    this.#tab.on('response', note);
    const traffic = new Traffic(this.#tab);
    try {
      await go();
      await traffic.isQuiet(this.#bounds.answerMs);
      await this.#tab.waitForLoadState('load');
    } catch (error) {
      throw this.#troubleOf(error, url);
    } finally {
      traffic.stop();
      this.#tab.off('response', note);
    }
    const hops = (await Promise.all(noted)).filter((hop): hop is Hop => hop !== undefined);
    for (const hop of hops.slice(1)) {
      this.#bounds.begin(hop.url);
    }
    const at = new URL(this.#tab.url());
    const last = hops.at(-1);
    const html = await this.#tab.content();
    return {
      url: at,
      status: last?.status ?? 0,
      headers: last?.headers ?? new Headers(),
      html,
      hops,
      ...readPage(html, at),
    };
  }

  #troubleOf(error: unknown, url: URL): unknown {
    const message = error instanceof Error ? error.message : '';
    return message.includes('ERR_TOO_MANY_REDIRECTS')
      ? new AppTrouble('The redirects followed each other without an end.')
      : this.#bounds.troubleOf(/timeout/iu.test(message) ? new DOMException('late', 'TimeoutError') : error, url);
  }
}

function isOfThePage(request: TabRequest, tab: Tab): boolean {
  return (
    request.isNavigationRequest() &&
    request.frame() === tab.mainFrame() &&
    !request.url().startsWith('https://portal.invalid')
  );
}

async function hopOf(response: TabResponse): Promise<Hop | undefined> {
  try {
    const all = await response.headersArray();
    const setCookies = all.filter(({ name }) => name.toLowerCase() === 'set-cookie').map(({ value }) => value);
    const headers = new Headers(
      all.filter(({ name }) => name.toLowerCase() !== 'set-cookie').map(({ name, value }) => [name, value]),
    );
    return {
      method: response.request().method(),
      url: new URL(response.url()),
      status: response.status(),
      headers,
      setCookies,
    };
  } catch {
    // The page was left before its headers were read.
    return undefined;
  }
}
