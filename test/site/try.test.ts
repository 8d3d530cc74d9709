import type { ConsoleMessage, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser, recordRequests } from '../browser/browser.ts';
import { tabTo } from '../browser/keyboard.ts';
import { type ServedSite, serveSite } from './site.ts';

describeInBrowser('the sandbox in the page', (open) => {
  let site: ServedSite;
  beforeAll(async () => {
    site = await serveSite();
  });
  afterAll(() => site.close());

  /** Opens the page, waits for its sandbox, and fails the test at its end for any error in the console. */
  const visit = async (run: (page: Page) => Promise<void>, options: Parameters<typeof open>[0] = {}): Promise<void> => {
    const context = await open({ javaScriptEnabled: true, ...options });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message: ConsoleMessage) => {
      if (['error', 'warning'].includes(message.type())) {
        complaints.push(message.text());
      }
    });
    page.on('pageerror', ({ message }) => complaints.push(message));
    await page.goto(`${site.home}try`);
    await panel(page, 'Roster').getByText('All of them are invented.').waitFor();
    await run(page);
    expect(complaints).toEqual([]);
  };

  it('shows the roster of a district, filters it, and makes another one', () =>
    visit(async (page) => {
      const roster = panel(page, 'Roster');
      const status = roster.getByRole('status').first();
      expect(await status.textContent()).toMatch(/\d+ schools, \d+\s+sections and \d+ people/u);
      const first = await status.textContent();

      await roster.getByLabel('Show').selectOption('schools');
      expect(await roster.getByRole('columnheader').first().textContent()).toBe('School');
      await roster.getByLabel('Filter').fill('no school has this name');
      expect(await roster.getByText('0 of 0 schools that match').isVisible()).toBe(true);
      await roster.getByLabel('Filter').fill('elementary');
      expect(await roster.getByRole('row').nth(1).textContent()).toMatch(/elementary/iu);

      await roster.getByLabel('Seed').fill('7');
      await roster.getByLabel('Students').fill('60');
      await roster.getByRole('button', { name: 'Make the district' }).click();
      await expect.poll(() => status.textContent()).not.toBe(first);
      await roster.getByText('All of them are invented.').waitFor();
    }));

  it('runs every snippet that it offers', () =>
    visit(async (page) => {
      const code = panel(page, 'Code');
      const titles = await code.getByLabel('Begin with').getByRole('option').allTextContents();
      expect(titles.length).toBeGreaterThan(5);
      for (const label of titles) {
        await code.getByLabel('Begin with').selectOption({ label });
        expect(await runCode(page), label).toMatch(/Done\.$/u);
      }
    }));

  it('runs what a person has written, and shows the change in the table', () =>
    visit(async (page) => {
      await write(
        page,
        `import { normalizeGrade } from 'clever-sdk';
         const [student] = sandbox.people({ role: 'student' });
         sandbox.district(student.districtId).changes.rename({ user: student.id, name: { last: 'Quagmire' } });
         console.log(normalizeGrade('7').value, [1, { two: 2 }]);`,
      );
      expect(await runCode(page)).toBe('7 [1, { two: 2 }]Done.');
      await panel(page, 'Roster').getByLabel('Filter').fill('quagmire');
      expect(await panel(page, 'Roster').getByText('1 of 1 people that match').isVisible()).toBe(true);
    }));

  it('shows the mistakes of a person with what to do', () =>
    visit(async (page) => {
      await write(page, "import { createSandox } from 'clever-sdk/sandbox';");
      expect(await runCode(page)).toContain('"clever-sdk/sandbox" exports no createSandox');
      await write(page, 'const count: number = 1;');
      expect(await runCode(page)).toContain('TypeScript without types');
      await write(
        page,
        `import { createCleverClient } from 'clever-sdk';
         await createCleverClient({ retry: false }).district({ token: 'x' }).schools.count();`,
      );
      expect(await runCode(page)).toContain('CleverConnectionError');
      await write(page, "await fetch('https://clever.com')");
      expect(await runCode(page)).toContain('This page sends nothing');
    }));

  it('stops code that never ends, and begins again', () =>
    visit(async (page) => {
      const code = panel(page, 'Code');
      await write(page, "console.log('begun'); for (;;) {}");
      await code.getByRole('button', { name: 'Run' }).click();
      await code.getByText('begun').waitFor();
      await code.getByRole('button', { name: 'Stop' }).click();
      await code.getByText('The sandbox has begun again from its seed.').waitFor();
      await write(page, 'console.log(sandbox.districts.length)');
      expect(await runCode(page)).toBe('2Done.');
    }));

  it.each([
    ['The “Log in with Clever” button', 4, 'false', 'district'],
    ['The app’s icon in the Clever Portal', 5, 'true', 'district'],
    ['An Instant Login link', 5, 'true', 'district'],
    ['The Clever Library', 5, 'true', 'library'],
  ])('logs a person in from %s', (entrance, steps, isCleverInitiated, connection) =>
    visit(async (page) => {
      const login = panel(page, 'Login');
      await login.getByRole('radio', { name: entrance }).check();
      await login.getByRole('button', { name: 'Log in' }).click();
      await login.getByText(`Logged in, after ${steps} requests`).waitFor();
      expect(await login.getByRole('listitem').count()).toBe(steps);
      expect(await received(login, 'isCleverInitiated')).toBe(isCleverInitiated);
      expect(await received(login, 'identity.connection')).toBe(connection);
      // The browser of the page keeps the cookies of both sides; it shows their names only.
      const text = (await login.textContent()) ?? '';
      expect(text).toContain('__Host-clever_login');
      expect(text).toContain('POST /oauth/tokens → 200');
      expect(text).not.toMatch(/code=|state=|session=/u);
    }),
  );

  it('notices another person on the same device', () =>
    visit(async (page) => {
      const login = panel(page, 'Login');
      for (const [index, hasSwitched] of ['false', 'true'].entries()) {
        await login.getByLabel('Person').selectOption({ index });
        await login.getByRole('button', { name: 'Log in' }).click();
        await expect.poll(() => received(login, 'hasSwitchedAccount')).toBe(hasSwitched);
      }
    }));

  it('fails as often as it is asked to, and shows what the client does', () =>
    visit(async (page) => {
      const faults = panel(page, 'Faults');
      await faults.getByRole('checkbox', { name: '500, twice' }).check();
      expect(await read(faults)).toMatch(/attempt 1 failed \(500\).*attempt 2 failed \(500\).*Read 200 students/su);
      await faults.getByRole('checkbox', { name: '500, twice' }).uncheck();
      await faults.getByRole('checkbox', { name: 'A page without its next link' }).check();
      expect(await read(faults)).toMatch(/missing_link.*Read 200 students/su);
      await faults.getByRole('checkbox', { name: 'The district has disconnected the app' }).check();
      expect(await read(faults)).toContain('CleverDistrictDisconnectedError (district_disconnected)');
      // It is connected again afterwards, and a login does what the district allows.
      await faults.getByRole('checkbox', { name: 'The district has disconnected the app' }).uncheck();
      expect(await read(faults)).toContain('Read 200 students');
      const requests = panel(page, 'Requests');
      expect(await requests.getByRole('row').filter({ hasText: '500' }).count()).toBe(2);
      expect(await requests.textContent()).toContain('GET /v3.1/users?');
      await requests.getByRole('button', { name: 'Clear' }).click();
      expect(await requests.getByText('0 requests').isVisible()).toBe(true);
    }));

  it('waits out a rate limit and a slow answer', () =>
    visit(async (page) => {
      const faults = panel(page, 'Faults');
      await faults.getByRole('checkbox', { name: '429' }).check();
      await faults.getByRole('checkbox', { name: 'A slow answer' }).check();
      expect(await read(faults)).toMatch(/429.*failed \(timeout\).*Read 200 students/su);
    }));

  it('asks no other host, and nothing at all once it has begun', () =>
    visit(async (page) => {
      const requests = recordRequests(page);
      await runCode(page);
      await panel(page, 'Login').getByRole('button', { name: 'Log in' }).click();
      await panel(page, 'Login').getByText('Logged in, after').waitFor();
      await read(panel(page, 'Faults'));
      expect(requests).toEqual([]);
    }));

  it('loads from its own host only, and no other page loads the sandbox', async () => {
    const page = await (await open({ javaScriptEnabled: true })).newPage();
    const requests = recordRequests(page);
    await page.goto(`${site.home}guides/login`, { waitUntil: 'networkidle' });
    expect(requests.filter(({ pathname }) => /panels\./u.test(pathname))).toEqual([]);
    expect(page.workers()).toEqual([]);
    await page.goto(`${site.home}try`, { waitUntil: 'networkidle' });
    await expect.poll(() => page.workers().length).toBe(1);
    expect(requests.filter(({ pathname }) => /panels\./u.test(pathname))).not.toEqual([]);
    const loaded = [...requests, ...page.workers().map((worker) => new URL(worker.url()))];
    expect(new Set(loaded.map(({ host }) => host))).toEqual(new Set([new URL(site.home).host]));
  });

  it('works with the keyboard alone, on a phone', () =>
    visit(
      async (page) => {
        await page.getByLabel('Filter').focus();
        await tabTo(page, 'Code');
        await page.keyboard.press('Control+a');
        await page.keyboard.type('console.log(1 + 1)');
        await tabTo(page, 'Run');
        await page.keyboard.press('Enter');
        await expect.poll(() => output(page, 'Code').textContent()).toBe('2Done.');
        await tabTo(page, 'Log in');
        await page.keyboard.press('Enter');
        await panel(page, 'Login').getByText('Logged in, after').waitFor();
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      },
      { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
    ));
});

function panel(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

function output(page: Page, name: string): Locator {
  return panel(page, name).getByRole('log');
}

async function write(page: Page, code: string): Promise<void> {
  await panel(page, 'Code').getByRole('textbox', { name: 'Code' }).fill(code);
}

/** Runs the code of the page, and returns what it has printed at its end. */
async function runCode(page: Page): Promise<string> {
  return await finish(panel(page, 'Code'), 'Run');
}

async function read(faults: Locator): Promise<string> {
  return await finish(faults, 'Read the students');
}

async function finish(within: Locator, button: string): Promise<string> {
  const log = within.getByRole('log');
  await within.getByRole('button', { name: button }).click();
  await log.locator('.result, .error').first().waitFor();
  await within.getByRole('button', { name: button, disabled: false }).waitFor();
  return (await log.textContent()) ?? '';
}

async function received(login: Locator, member: string): Promise<string> {
  const row = login.getByRole('row').filter({ hasText: member });
  return (await row.getByRole('cell').textContent())?.trim() ?? '';
}
