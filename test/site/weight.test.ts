import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Response } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser } from '../browser/browser.ts';
import { DIST, type ServedSite, serveSite } from './site.ts';

/**
 * What a page may weigh, in thousand bytes after gzip: its HTML, styles and scripts before anything is clicked.
 * Measured, with a tenth to spare, so that a page that grows by accident is noticed.
 */
const LIMITS: readonly (readonly [page: string, kilobytes: number])[] = [
  ['', 103],
  ['start/single-sign-on', 107],
  ['guides/login', 112],
  ['guides/certification', 119],
  ['reference/', 107],
  ['supported', 110],
  ['try', 340],
];
const SEARCH_INDEX_LIMIT = 190;

describeInBrowser('the weight of', (open) => {
  let site: ServedSite;
  beforeAll(async () => {
    site = await serveSite();
  });
  afterAll(() => site.close());

  it.each(LIMITS)('/%s is at most %i kB', async (address, limit) => {
    const page = await (await open({ javaScriptEnabled: true })).newPage();
    const files = new Set<string>();
    page.on('response', (response: Response) => files.add(response.url()));
    page.on('worker', (worker) => files.add(worker.url()));
    await page.goto(site.home + address, { waitUntil: 'networkidle' });
    const own = [...files].filter((url) => !/mark\.svg$/u.test(url));
    // Links of the menu that are in sight are fetched ahead when the browser is idle: not part of the page.
    const ahead = new Set(
      await page.evaluate(() =>
        [...document.querySelectorAll<HTMLLinkElement>('link[rel=prefetch]')].map(({ href }) => href),
      ),
    );
    const weights = own.filter((url) => !ahead.has(url)).map((url) => weigh(site, url));
    const total = weights.reduce((sum, weight) => sum + weight, 0) / 1_000;
    expect(total).toBeGreaterThan(20);
    expect(Math.round(total)).toBeLessThanOrEqual(limit);
  });

  it('the index of the search is limited, and loaded by the first search', async () => {
    const page = await (await open({ javaScriptEnabled: true })).newPage();
    const files = new Set<string>();
    await page.goto(`${site.home}guides/login`, { waitUntil: 'networkidle' });
    page.on('response', (response: Response) => files.add(response.url()));
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('searchbox').waitFor();
    await page.waitForLoadState('networkidle');
    await expect.poll(() => [...files].some((url) => url.includes('localSearchIndex'))).toBe(true);
    const index = [...files].filter((url) => url.includes('localSearchIndex'));
    expect(Math.round(weigh(site, index[0] ?? '') / 1_000)).toBeLessThanOrEqual(SEARCH_INDEX_LIMIT);
  });
});

function weigh({ home }: ServedSite, url: string): number {
  const path = url.slice(home.length);
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : /\.\w+$/u.test(path) ? path : `${path}.html`;
  return gzipSync(readFileSync(`${DIST}/${file}`), { level: 9 }).length;
}
