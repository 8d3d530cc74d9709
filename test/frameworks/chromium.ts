import { type Browser, type BrowserContext, type Page as BrowserPage, chromium, type Request } from 'playwright-core';
import type { OpenOptions, Page, VisitorLike } from './visitor.js';

/** A real browser with the login spec's view of it: each visitor is a device of its own. */
export class Chromium {
  readonly #browser: Browser;
  readonly #contexts: BrowserContext[] = [];

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** @param endpoint - Of the browser that test/browser/setup.ts has started. */
  static async connect(endpoint: string): Promise<Chromium> {
    return new Chromium(await chromium.connect(endpoint));
  }

  async newVisitor(): Promise<VisitorLike> {
    const context = await this.#browser.newContext();
    this.#contexts.push(context);
    return new ChromiumVisitor(context, await context.newPage());
  }

  /** Closes the devices of a test. */
  async closeVisitors(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

class ChromiumVisitor implements VisitorLike {
  readonly history: URL[] = [];
  readonly #context: BrowserContext;
  readonly #page: BrowserPage;

  constructor(context: BrowserContext, page: BrowserPage) {
    this.#context = context;
    this.#page = page;
    page.on('request', (request: Request) => {
      if (request.isNavigationRequest()) {
        this.history.push(new URL(request.url()));
      }
    });
  }

  /** Sends one request with the cookies of the browser, as a script of the page would. */
  async request(address: string | URL, { method = 'GET', headers, body }: RequestInit = {}): Promise<Response> {
    this.history.push(new URL(address));
    const answer = await this.#context.request.fetch(String(address), {
      method,
      headers: { ...Object.fromEntries(new Headers(headers)), ...contentTypeOf(body) },
      maxRedirects: 0,
      ...(body !== undefined && body !== null && { data: String(body) }),
    });
    const received = new Headers();
    for (const { name, value } of answer.headersArray()) {
      received.append(name, value);
    }
    const isEmpty = [204, 304].includes(answer.status());
    return new Response(isEmpty ? null : await answer.text(), { status: answer.status(), headers: received });
  }

  /** Opens a page, or sends a form. Someone who takes a seat at the device has logged in at Clever before. */
  async open(address: string | URL, { as, init }: OpenOptions = {}): Promise<Page> {
    if (as !== undefined) {
      await this.#page.goto(as.loginUrl('/portal'));
    }
    const response = await (init?.method === 'POST' ? this.#send(address, init) : this.#page.goto(String(address)));
    const url = new URL(this.#page.url());
    return {
      url,
      status: response?.status() ?? 0,
      headers: new Headers(response?.headers()),
      text: await this.#page.content(),
    };
  }

  async cookies(address: string): Promise<Map<string, string>> {
    return new Map((await this.#context.cookies(address)).map(({ name, value }) => [name, value]));
  }

  async #send(address: string | URL, { body }: RequestInit) {
    const fields = [...new URLSearchParams(String(body))];
    await this.#page.goto(new URL('/', address).href);
    const arrival = this.#page.waitForNavigation();
    await this.#page.evaluate(
      ([action, given]) => {
        const form = document.createElement('form');
        form.method = 'post';
        form.action = action;
        for (const [name, value] of given) {
          const field = document.createElement('input');
          field.type = 'hidden';
          field.name = name;
          field.value = value;
          form.append(field);
        }
        document.body.append(form);
        form.submit();
      },
      [String(address), fields] as const,
    );
    return arrival;
  }
}

function contentTypeOf(body: unknown): Record<string, string> {
  return body instanceof URLSearchParams ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
}
