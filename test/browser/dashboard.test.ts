import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accessibilityProblems, faintTexts } from './accessibility.js';
import { describeInBrowser } from './browser.js';
import { tabTo } from './keyboard.js';
import { type BrowserStage, fullName, ROLES, type Role, setBrowserStage } from './stage.js';

const DEVICES = [
  ['a desk', { viewport: { width: 1280, height: 800 } }],
  ['a phone', { viewport: { width: 390, height: 844 } }],
  ['a desk in the dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }],
  ['a phone in the dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
] as const;

const TABS = ['Start', 'Districts', 'Changes', 'Faults', 'Requests', 'Time and reset'];

describeInBrowser('the dashboard', (open) => {
  let stage: BrowserStage;
  beforeAll(async () => {
    stage = await setBrowserStage();
  });
  beforeEach(() => {
    stage.sandbox.reset();
    stage.logins.length = 0;
  });
  afterAll(() => stage.close());

  const dashboard = async (options?: Parameters<typeof open>[0], tab = 'Start'): Promise<Page> => {
    const page = await (await open(options)).newPage();
    await page.goto(`${stage.sandbox.url}/`);
    await page.getByRole('link', { name: tab, exact: true }).click();
    return page;
  };
  const notice = (page: Page): Promise<string | null> => page.getByRole('status').textContent();
  const asksUsers = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${stage.sandbox.districts[0].token}` };
    return (await fetch(`${stage.sandbox.url}/v3.1/users?limit=1`, { headers })).status;
  };

  it.each(DEVICES)('has labels and headings, fits the window and is readable, on %s', async (_device, options) => {
    const page = await dashboard(options, 'Faults');
    await page.getByRole('button', { name: '500' }).click();
    await asksUsers();
    await page.getByLabel('How often').selectOption({ label: 'every request, until removed' });
    await page.getByRole('button', { name: '503' }).click();
    for (const tab of TABS) {
      await page.getByRole('link', { name: tab, exact: true }).click();
      expect(await accessibilityProblems(page), tab).toEqual([]);
      expect(await faintTexts(page), tab).toEqual([]);
    }
    await page.getByRole('link', { name: 'Reset …' }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await faintTexts(page)).toEqual([]);
  });

  describe.each([false, true])('with script: %s', (javaScriptEnabled) => {
    it.each(Object.keys(ROLES) as Role[])('logs in as a %s', async (role) => {
      const page = await dashboard({ javaScriptEnabled });
      const [district] = stage.sandbox.districts;
      const [person] = stage.sandbox.people({ role, districtId: district.id });
      if (person === undefined) {
        throw new Error(`The sandbox has no ${role}.`);
      }
      await page
        .getByRole('button', { name: fullName(person) })
        .first()
        .click();
      expect(await page.getByText('Logged in as').textContent()).toContain(fullName(person));
      expect(stage.logins[0]?.identity).toMatchObject({ id: person.id, role });
    });

    it('sets a fault, and removes it', async () => {
      const page = await dashboard({ javaScriptEnabled }, 'Faults');
      await page.getByLabel('How often').selectOption({ label: 'every request, until removed' });
      await page.getByRole('button', { name: '503' }).click();
      expect(await notice(page)).toContain('The fault is set');
      expect([await asksUsers(), await asksUsers()]).toEqual([503, 503]);
      await page.getByRole('button', { name: 'Remove all faults' }).click();
      expect(await asksUsers()).toBe(200);
      await page.getByRole('link', { name: 'Requests', exact: true }).click();
      expect(await page.getByRole('table', { name: 'Requests' }).getByText('503').count()).toBe(2);
    });

    it('changes a roster', async () => {
      const page = await dashboard({ javaScriptEnabled }, 'Changes');
      const [district] = stage.sandbox.districts;
      const [student] = stage.sandbox.people({ role: 'student', districtId: district.id });
      await page.getByRole('button', { name: 'Student is renamed' }).click();
      expect(await notice(page)).toMatch(/^Done\. .*written\.$/u);
      const [renamed] = stage.sandbox.people({ role: 'student', districtId: district.id });
      expect([renamed?.id, renamed?.name.last === student?.name.last]).toEqual([student?.id, false]);
    });

    it('disconnects a district', async () => {
      const page = await dashboard({ javaScriptEnabled }, 'Districts');
      await page.getByRole('button', { name: 'Disconnect' }).first().click();
      expect(await notice(page)).toContain('disconnected');
      expect(stage.sandbox.districts[0].connection).toBe('library');
    });
  });

  it('resets only after a question, by the keyboard as well', async () => {
    const { sandbox } = stage;
    const [district] = sandbox.districts;
    const { token } = district;
    district.rotateToken();
    const rotated = district.token;
    const page = await dashboard({}, 'Time and reset');
    expect(await page.getByRole('button', { name: 'Reset' }).count()).toBe(0);
    await tabTo(page, 'Reset …');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Reset the sandbox?' }).waitFor();
    await tabTo(page, 'Cancel');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Reset', exact: true }).waitFor();
    expect(sandbox.districts[0].token).toBe(rotated);
    await page.getByRole('link', { name: 'Reset …' }).click();
    await tabTo(page, 'Reset the sandbox');
    await page.keyboard.press('Enter');
    expect(await notice(page)).toContain('initial state');
    expect(sandbox.districts[0].token).toBe(token);
  });

  it.each(DEVICES)(
    "shows the app's requests and its own browser's apart, as a table, on %s",
    async (_device, options) => {
      await asksUsers();
      const page = await dashboard(options);
      await page.getByRole('link', { name: 'Portal of the person who is signed in' }).click();
      await page.getByRole('link', { name: 'Clever sandbox' }).click();
      await page.getByRole('link', { name: 'OpenID Connect discovery' }).click();
      await page.goBack();
      await page.getByRole('link', { name: 'Requests', exact: true }).click();
      const table = page.getByRole('table', { name: 'Requests' });
      const paths = (): Promise<string[]> => table.getByRole('row').locator('code').allTextContents();
      expect(await paths()).toEqual(['GET /v3.1/users']);
      expect(await table.getByRole('columnheader').count()).toBe(5);
      await page.getByRole('link', { name: 'People in a browser' }).click();
      expect(await paths()).toEqual(expect.arrayContaining(['GET /.well-known/openid-configuration', 'GET /portal']));
      expect(await paths()).not.toContain('GET /v3.1/users');
      await page.getByRole('link', { name: 'All' }).click();
      await page.getByLabel('Path contains').fill('portal');
      await page.getByRole('button', { name: 'Filter' }).click();
      expect(await paths()).toEqual(['GET /portal']);
    },
  );

  it('aligns the cards of a row', async () => {
    const page = await dashboard({ viewport: { width: 1280, height: 800 } });
    const edges = (selector: string): Promise<{ top: number; bottom: number }[]> =>
      page.locator(selector).evaluateAll((elements) =>
        elements.map((element) => {
          const { top, bottom } = element.getBoundingClientRect();
          return { top, bottom };
        }),
      );
    const [left, right] = await edges('.parts > *');
    expect(left).toEqual(right);
    await page.getByRole('link', { name: 'Districts', exact: true }).click();
    const [one, two] = await edges('.districts > li');
    expect(one).toEqual(two);
    const [actionsOfOne, actionsOfTwo] = await edges('.districts > li > .actions');
    expect(actionsOfOne).toEqual(actionsOfTwo);
    await page.goto(`${stage.sandbox.url}/portal?role=student`);
    const names = await edges('.people b');
    const cards = await edges('.people li');
    const offsets = new Set(names.map(({ top }, index) => Math.round(top - (cards[index]?.top ?? 0))));
    expect([names.length > 6, offsets.size]).toEqual([true, 1]);
  });

  it('offers to copy a credential only where scripts run', async () => {
    const without = await dashboard();
    expect(await without.getByRole('button', { name: 'Copy Client secret' }).count()).toBe(0);
    const context = await open({ javaScriptEnabled: true, permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    await page.goto(`${stage.sandbox.url}/`);
    await page.getByRole('button', { name: 'Copy Client secret' }).click();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toBe({ ...stage.sandbox.clientOptions() }.clientSecret);
    expect(await page.getByText('Copied').count()).toBe(1);
  });
});
