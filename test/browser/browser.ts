import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, inject } from 'vitest';
import '../support/evidence.js';

const endpoint = inject('browserEndpoint');

/** Groups tests that need the browser; without one they are skipped, and the title says why. */
export function describeInBrowser(title: string, tests: (open: OpenContext) => void): void {
  const shown = endpoint === undefined ? `${title} (skipped: no browser; see npm run test:browser)` : title;
  describe.skipIf(endpoint === undefined)(shown, () => {
    let browser: Browser;
    const contexts: BrowserContext[] = [];
    beforeAll(async () => {
      browser = await chromium.connect(endpoint ?? '');
    });
    afterEach(async () => {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
    });
    afterAll(() => browser?.close());
    beforeEach(({ task }) => {
      task.meta.subject = { part: 'browsers', name: 'Chromium' };
      task.meta.proves = [title];
    });

    tests(async (options = {}) => {
      const context = await browser.newContext({ javaScriptEnabled: false, reducedMotion: 'reduce', ...options });
      context.setDefaultTimeout(5_000);
      contexts.push(context);
      return context;
    });
  });
}

/**
 * Opens a new device, which is closed after the test. Script is off unless asked for: no page of the login
 * may depend on it.
 */
export type OpenContext = (options?: BrowserContextOptions) => Promise<BrowserContext>;

/** The addresses that a page requested, redirects included. */
export function recordRequests(page: Page): URL[] {
  const urls: URL[] = [];
  page.on('request', (request) => urls.push(new URL(request.url())));
  return urls;
}
