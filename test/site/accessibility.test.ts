import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser } from '../browser/browser.ts';
import { PAGES } from './kinds.ts';
import { type ServedSite, serveSite } from './site.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

describeInBrowser('a page of each kind', (open) => {
  let site: ServedSite;
  beforeAll(async () => {
    site = await serveSite();
  });
  afterAll(() => site.close());

  it.each(PAGES)('is accessible, and fits a desk and a phone, light and dark: /%s', async (address) => {
    const context = await open({ javaScriptEnabled: true, viewport: DESK, colorScheme: 'light' });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    await page.goto(site.home + address, { waitUntil: 'networkidle' });
    await page.evaluate(AXE);
    expect(await violations(page)).toEqual([]);
    expect(await widerThanWindow(page)).toEqual([]);

    await page.setViewportSize(PHONE);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html.dark').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await widerThanWindow(page)).toEqual([]);
  });

  it.each(PAGES)('has its text when JavaScript is off: /%s', async (address) => {
    const page = await (await open()).newPage();
    await page.goto(site.home + address);
    expect(await page.locator('main h1').textContent()).toMatch(/\S/u);
    expect((await page.locator('main').textContent())?.length).toBeGreaterThan(400);
  });
});

/** What axe finds against WCAG 2.2 A and AA, one line for each rule. */
async function violations(page: Page): Promise<string[]> {
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
      resultTypes: ['violations'],
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      // The search button is named Search, as it reads; the rule also wants the letter of its shortcut in the name.
      rules: { 'label-content-name-mismatch': { enabled: false } },
    }),
  );
  return results.violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes
        .map(({ html }) => html.slice(0, 120))
        .slice(0, 3)
        .join(' | ')}`,
  );
}

/** Elements that make the page scroll sideways; none when it fits. */
function widerThanWindow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) {
      return [];
    }
    return [...document.querySelectorAll('main *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => `${element.tagName} ${element.className} ${element.textContent?.slice(0, 40)}`)
      .slice(0, 5);
  });
}
