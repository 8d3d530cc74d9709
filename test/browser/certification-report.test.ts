import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { htmlReport, junitReport } from 'clever-sdk/certify';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { certificationOf, RESULTS, resultOf } from '../certify/report/sample.js';
import { accessibilityProblems, faintTexts } from './accessibility.js';
import { describeInBrowser, recordRequests } from './browser.js';
import { tabTo } from './keyboard.js';

const DESK = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 } };
const DEVICES = [
  ['a desk', DESK],
  ['a phone', PHONE],
  ['a narrow phone', { viewport: { width: 320, height: 640 } }],
  ['a desk in the dark', { ...DESK, colorScheme: 'dark' }],
  ['a phone in the dark', { ...PHONE, colorScheme: 'dark' }],
] as const;

/** A run with texts that are long, have lines, or are in no language that breaks. */
const LONG = certificationOf(
  [
    ...RESULTS,
    resultOf({
      id: 'sync.rollover',
      verdict: 'fail',
      evidence: [`The command ended with 1:\n${'x'.repeat(300)}\nlast line`, `GET /v3.1/${'sections/'.repeat(40)}`],
      repeat: `certify --app http://localhost:3000 --sync-command '${'npm-run-sync '.repeat(20)}'`,
    }),
  ],
  { app: 'http://an-app-with-a-rather-long-name.school-district.localhost:3000' },
);

/** The words of verdicts that are broken into lines. */
function brokenBadges(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.badge')]
      .filter((badge) => badge.offsetHeight > 1.8 * Number.parseFloat(getComputedStyle(badge).lineHeight))
      .map((badge) => badge.textContent),
  );
}

describeInBrowser('the report of a certification', (open) => {
  const folder = mkdtempSync(join(tmpdir(), 'clever-sdk-report-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const visit = async (options: Parameters<typeof open>[0], run = LONG): Promise<Page> => {
    const file = join(folder, 'report.html');
    writeFileSync(file, htmlReport(run));
    const page = await (await open(options)).newPage();
    await page.goto(pathToFileURL(file).href);
    return page;
  };

  it.each(DEVICES)('has labels and headings, fits the window and is readable, on %s', async (_device, options) => {
    for (const run of [LONG, certificationOf(RESULTS.filter(({ id }) => id === 'sso.code-grant'))]) {
      const page = await visit(options, run);
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await faintTexts(page)).toEqual([]);
      expect(await brokenBadges(page)).toEqual([]);
    }
  });

  it('fits on paper, where it is light and has lines for answers', async () => {
    // The width of A4, in the pixels of CSS, without its margins.
    const page = await visit({ viewport: { width: 720, height: 1000 }, colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'light' });
    expect(await faintTexts(page)).toEqual([]);
    const { scrollWidth, clientWidth, background } = await page.evaluate(() => ({
      scrollWidth: document.documentElement.scrollWidth,
      clientWidth: document.documentElement.clientWidth,
      background: getComputedStyle(document.body).backgroundColor,
    }));
    expect([scrollWidth, background]).toEqual([clientWidth, 'rgb(255, 255, 255)']);
    expect(await page.locator('.lines').first().isVisible()).toBe(true);
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    expect(await page.getByText('What the verdicts mean').isVisible()).toBe(true);
  });

  it('leads to what failed, and lets questions be ticked, with the keyboard alone', async () => {
    const page = await visit(PHONE);
    await tabTo(page, 'Skip to the content');
    await page.keyboard.press('Enter');
    await tabTo(page, 'failed');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#problems');
    expect(await page.getByRole('heading', { name: 'What failed' }).isVisible()).toBe(true);
    await tabTo(page, 'Inactivity');
    await page.keyboard.press('Space');
    expect(await page.getByRole('checkbox', { name: 'Inactivity' }).isChecked()).toBe(true);
  });

  it('keeps its tables tables for a screen reader, on a phone, too', async () => {
    const page = await visit(PHONE);
    const table = page.getByRole('table').filter({ hasText: 'sso.portal-login' });
    expect(await table.getByRole('columnheader').allTextContents()).toEqual([
      'Point',
      'Verdict',
      'What Clever asks for, and what was seen',
    ]);
    const row = table.getByRole('row').filter({ has: page.getByText('sso.portal-login', { exact: true }) });
    expect(await row.getByRole('cell').first().textContent()).toBe('Pass');
  });

  it('shows its screenshots, loads nothing, and keeps its own rules', async () => {
    const context = await open({ ...DESK, javaScriptEnabled: true });
    const page = await context.newPage();
    const requested = recordRequests(page);
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    const file = pathToFileURL(join(folder, 'screens.html'));
    writeFileSync(file, htmlReport(LONG));
    await page.goto(file.href);
    await page.locator('img').first().scrollIntoViewIfNeeded();
    await expect
      .poll(() =>
        page
          .locator('img')
          .first()
          .evaluate((image) => (image as HTMLImageElement).naturalWidth),
      )
      .toBe(1);
    expect(requested.filter(({ protocol }) => protocol !== 'data:').map(({ href }) => href)).toEqual([file.href]);
    expect(complaints).toEqual([]);
  });

  it('has a JUnit file beside it that a strict parser of XML reads', async () => {
    const page = await (await open({ javaScriptEnabled: true })).newPage();
    const evil = resultOf({ id: 'sync.rollover', verdict: 'fail', evidence: ['\u0000 ]]> <a b="&amp;\ufffe\ud800'] });
    const errors = await page.evaluate(
      (files) =>
        files.map((xml) => {
          const parsed = new DOMParser().parseFromString(xml, 'application/xml');
          return [parsed.querySelector('parsererror')?.textContent, parsed.querySelectorAll('testcase').length];
        }),
      [junitReport(LONG), junitReport(certificationOf([evil]))],
    );
    expect(errors).toEqual([
      [undefined, LONG.probes.length],
      [undefined, 1],
    ]);
  });
});
