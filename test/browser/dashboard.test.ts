import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accessibilityProblems, faintTexts } from './accessibility.js';
import { describeInBrowser } from './browser.js';
import { type BrowserStage, fullName, ROLES, type Role, setBrowserStage } from './stage.js';

const DEVICES = [
  ['a desk', { viewport: { width: 1280, height: 800 } }],
  ['a phone', { viewport: { width: 390, height: 844 } }],
  ['a desk in the dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }],
] as const;

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

  const dashboard = async (options?: Parameters<typeof open>[0]): Promise<Page> => {
    const page = await (await open(options)).newPage();
    await page.goto(`${stage.sandbox.url}/`);
    return page;
  };
  const notice = (page: Page): Promise<string | null> => page.getByRole('status').textContent();
  const asksUsers = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${stage.sandbox.districts[0].token}` };
    return (await fetch(`${stage.sandbox.url}/v3.1/users?limit=1`, { headers })).status;
  };

  it.each(DEVICES)('has labels and headings, fits the window and is readable, on %s', async (_device, options) => {
    const page = await dashboard(options);
    await page.getByRole('button', { name: '500' }).click();
    await asksUsers();
    await page.getByRole('link', { name: 'Refresh' }).click();
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
      const page = await dashboard({ javaScriptEnabled });
      await page.getByLabel('How often').selectOption({ label: 'every request, until removed' });
      await page.getByRole('button', { name: '503' }).click();
      expect(await notice(page)).toContain('The fault is set');
      expect([await asksUsers(), await asksUsers()]).toEqual([503, 503]);
      await page.getByRole('button', { name: 'Remove all faults' }).click();
      expect(await asksUsers()).toBe(200);
      await page.reload();
      expect(await page.getByRole('region', { name: 'Requests' }).getByText('503').count()).toBe(2);
    });

    it('changes a roster', async () => {
      const page = await dashboard({ javaScriptEnabled });
      const [district] = stage.sandbox.districts;
      const [student] = stage.sandbox.people({ role: 'student', districtId: district.id });
      await page.getByRole('button', { name: 'Student is renamed' }).click();
      expect(await notice(page)).toMatch(/^Done\. .*written\.$/u);
      const [renamed] = stage.sandbox.people({ role: 'student', districtId: district.id });
      expect([renamed?.id, renamed?.name.last === student?.name.last]).toEqual([student?.id, false]);
    });

    it('disconnects a district', async () => {
      const page = await dashboard({ javaScriptEnabled });
      await page.getByRole('button', { name: 'Disconnect' }).first().click();
      expect(await notice(page)).toContain('disconnected');
      expect(stage.sandbox.districts[0].connection).toBe('library');
    });
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
