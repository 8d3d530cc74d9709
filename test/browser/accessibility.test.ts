import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { accessibilityProblems, faintTexts } from './accessibility.js';
import { describeInBrowser } from './browser.js';
import { chooseAtClever, LOG_IN_BUTTON } from './entrances.js';
import { tabTo } from './keyboard.js';
import { type BrowserStage, fullName, libraryClass, personWith, setBrowserStage } from './stage.js';

const PHONE = { width: 360, height: 640 };

describeInBrowser('accessible pages', (open) => {
  let stage: BrowserStage;
  beforeAll(async () => {
    stage = await setBrowserStage();
  });
  beforeEach(() => stage.sandbox.reset());
  afterAll(() => stage.close());

  const check = async (page: Page): Promise<void> => {
    expect(await accessibilityProblems(page), page.url()).toEqual([]);
  };

  it.each([
    ['a desk', { viewport: { width: 1280, height: 800 } }],
    ['a phone', { viewport: PHONE }],
    ['a phone in the dark', { viewport: PHONE, colorScheme: 'dark' }],
  ] as const)('have labels, headings and a title, and fit the window, on %s', async (_device, options) => {
    const page = await (await open(options)).newPage();
    const { teacher } = await libraryClass(stage);
    for (const path of ['/', '/books', '/nowhere', '/auth/clever/callback?error=access_denied']) {
      await page.goto(stage.origin + path);
      await check(page);
    }
    for (const path of [
      '/',
      '/library',
      '/oauth/instant-login?client_id=unknown',
      '/in/nowhere',
      '/sandbox/faults',
      '/oauth/logout',
    ]) {
      await page.goto(stage.sandbox.url + path);
      await check(page);
      expect(await faintTexts(page), path).toEqual([]);
      // No page is a dead end.
      expect(await page.getByRole('main').getByRole('link').count(), path).toBeGreaterThan(0);
    }
    await page.goto(`${stage.sandbox.url}/portal`);
    await page.getByRole('searchbox').fill('no one has this name');
    await page.getByRole('button', { name: 'Search' }).click();
    await check(page);
    await chooseAtClever(page, teacher);
    await check(page);
    await page.goto(`${stage.sandbox.url}/library`);
    await check(page);
    await page.getByRole('link', { name: 'Install' }).click();
    await check(page);
    expect(await faintTexts(page)).toEqual([]);
    // The icon is that of the app, and its name is beside it.
    expect(await page.locator('.title').textContent()).toContain('My app');
    await page.goto(`${stage.origin}/auth/clever`);
    await check(page);
    await page.getByRole('button', { name: 'Install and share' }).click();
    await page.getByText('Logged in as').waitFor();
    await check(page);
  });

  it('let a person log in with the keyboard alone', async () => {
    const page = await (await open({ javaScriptEnabled: true })).newPage();
    const person = personWith(stage, { role: 'student', connection: 'district' });
    await page.goto(stage.origin);
    await tabTo(page, 'Log in with Clever');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${stage.sandbox.url}/**`);
    await tabTo(page, 'Name, e-mail address or id');
    await page.keyboard.type(person.id);
    await page.keyboard.press('Enter');
    await page.waitForURL('**q=**');
    await tabTo(page, fullName(person));
    await page.keyboard.press('Enter');
    await page.waitForURL(`${stage.origin}/`);
    expect(await page.getByText('Logged in as').textContent()).toContain(fullName(person));
    await tabTo(page, 'Log out');
    await page.keyboard.press('Space');
    await page.getByRole('link', { name: 'Log in with Clever' }).waitFor();
  });

  it('work the same with and without script', async () => {
    const page = await (await open({ javaScriptEnabled: true })).newPage();
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    const person = personWith(stage, { role: 'teacher', connection: 'district' });
    await LOG_IN_BUTTON.enter(page, stage, person);
    expect(await page.getByText('Logged in as').textContent()).toContain(fullName(person));
    expect(errors).toEqual([]);
  });
});
