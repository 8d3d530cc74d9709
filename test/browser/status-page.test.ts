import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRosterSync, fromPglite, openPglite } from 'clever-sdk/sync';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { runCommand } from '../cli/support.js';
import { accessibilityProblems, faintTexts } from './accessibility.js';
import { describeInBrowser } from './browser.js';
import { tabTo } from './keyboard.js';
import { type StatusStage, serve, setStatusStage } from './status-stage.js';

const DESK = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 } };
const DEVICES = [
  ['a desk', DESK],
  ['a phone', PHONE],
  ['a desk in the dark', { ...DESK, colorScheme: 'dark' }],
  ['a phone in the dark', { ...PHONE, colorScheme: 'dark' }],
] as const;

describeInBrowser('the status page', (open) => {
  let stage: StatusStage;
  beforeAll(async () => {
    stage = await setStatusStage();
  }, 60_000);
  beforeEach(() => stage.reset());
  afterAll(() => stage.close());

  const visit = async (query = '', options: Parameters<typeof open>[0] = {}): Promise<Page> => {
    const page = await (await open(options)).newPage();
    await page.goto(stage.url + query);
    return page;
  };
  const approval = async () => (await stage.sync.runs({ run: stage.held }))[0]?.approval;

  it.each(DEVICES)('has labels and headings, fits the window and is readable, on %s', async (_device, options) => {
    const page = await visit('', options);
    const { held, districtId } = stage;
    for (const query of [
      '',
      '?page=2',
      '?state=failing',
      '?search=nothing+has+this+name',
      '?page=3',
      `?district=${districtId}`,
      `?district=${'5'.padStart(24, '0')}`,
      `?run=${held}`,
      `?run=${held - 1}`,
      `?approve=${held}`,
      `?approve=${held - 1}`,
      '?run=999',
    ]) {
      await page.goto(stage.url + query);
      expect(await accessibilityProblems(page), query).toEqual([]);
      expect(await faintTexts(page), query).toEqual([]);
    }
    await page.goto(`${stage.url}?approve=${held}`);
    await page.getByRole('button', { name: 'Approve run' }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await faintTexts(page)).toEqual([]);
  });

  it.each([
    ['a desk', DESK],
    ['a phone', PHONE],
  ] as const)(
    'lets a person find a held plan and approve it with the keyboard alone, on %s',
    async (_device, options) => {
      const page = await visit('', options);
      await tabTo(page, 'Skip to the content');
      await page.keyboard.press('Enter');
      await tabTo(page, 'Held');
      await page.keyboard.press('Enter');
      await page.waitForURL('**?state=held');
      await tabTo(page, `Look at run ${stage.held}`);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Why the guard holds it' }).waitFor();
      await tabTo(page, `Approve run ${stage.held}`);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: `Approve run ${stage.held}?` }).waitFor();
      expect(await approval()).toBeUndefined();
      await tabTo(page, `Approve run ${stage.held} as ops@example.com`);
      await page.keyboard.press('Enter');
      await page.waitForURL('**done=approved');
      expect(await approval()).toMatchObject({ by: 'ops@example.com', isForThisPlan: true });
      // What was done has the focus, so that a screen reader reads it.
      expect(await page.locator(':focus').textContent()).toContain(`Run ${stage.held} is approved.`);
    },
  );

  it('lets a person search and ask for a run with the keyboard alone', async () => {
    const page = await visit('', PHONE);
    await tabTo(page, 'Name of a district, or its id');
    await page.keyboard.type(stage.districtId.slice(0, 12));
    await page.keyboard.press('Enter');
    await page.getByText('1 district, by name').waitFor();
    const [district] = await stage.sync.status({ districtId: stage.districtId });
    await tabTo(page, district?.name ?? '');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**district=${stage.districtId}`);
    await tabTo(page, 'Run now');
    await page.keyboard.press('Space');
    await page.waitForURL('**done=requested');
    expect((await stage.sync.status({ districtId: stage.districtId }))[0]?.askedAt).toBeInstanceOf(Date);
    expect(await page.getByRole('status').textContent()).toContain('The run is asked for.');
  });

  it.each([
    ['a desk', DESK],
    ['a phone', PHONE],
  ] as const)('keeps its tables tables for a screen reader, on %s', async (_device, options) => {
    const page = await visit('?search=name', options);
    const table = page.getByRole('table', { name: '1 district, by name' });
    expect(await table.getByRole('row').count()).toBe(2);
    expect(await table.getByRole('columnheader').allTextContents()).toEqual([
      'District',
      'State',
      'Records',
      'Last run',
      'Next run',
      'Needs attention',
    ]);
    const row = table.getByRole('row').filter({ hasText: 'Verylongname' });
    expect(await row.getByRole('rowheader').textContent()).toContain('Verylongname');
    expect(await row.getByRole('cell').nth(1).textContent()).toBe('24,690');
  });

  it('pages through all districts', async () => {
    const page = await visit();
    const seen = new Set<string>();
    for (let number = 1; number <= 3; number += 1) {
      await page.getByText(`Page ${number} of 3`).waitFor();
      for (const name of await page.getByRole('rowheader').allTextContents()) {
        seen.add(name);
      }
      if (number < 3) {
        await page.getByRole('link', { name: 'Next page' }).click();
      }
    }
    expect(seen.size).toBe(131);
    expect(await page.getByRole('link', { name: 'Next page' }).count()).toBe(0);
  });

  it('runs no script, loads nothing, and keeps its own rules', async () => {
    const context = await open({ ...DESK, javaScriptEnabled: true });
    const page = await context.newPage();
    const requested: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => requested.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    for (const query of ['', `?district=${stage.districtId}`, `?approve=${stage.held}`]) {
      await page.goto(stage.url + query);
    }
    await page.getByRole('button', { name: 'Approve run' }).click();
    await page.waitForURL('**done=approved');
    expect(requested.filter((url) => !url.startsWith(stage.url))).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.locator('b').filter({ hasText: 'Bold' }).count()).toBe(0);
  });

  it('refuses a form of another site, even with a token that was stolen, and shows itself in no frame', async () => {
    const victim = await open(DESK);
    const page = await victim.newPage();
    await page.goto(`${stage.url}?approve=${stage.held}`);
    const [token, hash] = await Promise.all(
      ['token', 'hash'].map((name) => page.locator(`input[name=${name}]`).getAttribute('value')),
    );
    const action = `${stage.url}?approve=${stage.held}`;
    const evil = await serve(
      () =>
        new Response(
          `<form method="post" action="${action}"><input name="token" value="${token}"><input name="hash" value="${hash}">
          <button>Win</button></form><iframe src="${stage.url}" title="frame"></iframe>`,
          { headers: { 'content-type': 'text/html' } },
        ),
    );
    try {
      // Another port is another origin of the same site; another name is another site.
      for (const origin of [evil.origin, evil.origin.replace('127.0.0.1', 'localhost')]) {
        await page.goto(origin);
        expect(await page.frameLocator('iframe').getByRole('heading', { name: 'Districts' }).count()).toBe(0);
        await page.getByRole('button', { name: 'Win' }).click();
        await page.getByRole('heading', { name: 'Not sent from here' }).waitFor();
      }
      expect(await approval()).toBeUndefined();
    } finally {
      await evil.close();
    }
  });

  it('is served by the command line to the browser that has its key', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'clever-sdk-served-'));
    const database = join(folder, 'roster');
    const db = await openPglite(database);
    await createRosterSync({ districts: [], store: fromPglite(db) }).migrate();
    await db.query(`insert into clever.sync_districts (id, name) values ('d1', 'Served District')`);
    await db.close();
    const context = await open({ ...PHONE, javaScriptEnabled: true });
    const { code } = await runCommand(['sync', 'status', '--serve', '--database', database, '--by', 'ops'], {
      onOut: async (out, stop) => {
        const [address = ''] = /http:\/\/\S+/u.exec(out) ?? [];
        const { origin } = new URL(address);
        try {
          const page = await context.newPage();
          await page.goto(`${origin}/`);
          await page.getByText('Copy the address that the terminal has printed').waitFor();
          await page.goto(address);
          expect(page.url()).toBe(`${origin}/`);
          await page.getByRole('link', { name: 'Served District' }).click();
          await page.getByRole('button', { name: 'Run now' }).click();
          await page.getByText('The run is asked for.').waitFor();
          expect(await page.evaluate(() => document.cookie)).toBe('');
          const other = await (await open()).newPage();
          await other.goto(`${origin}/`);
          expect(await other.getByText('Served District').count()).toBe(0);
        } finally {
          stop();
        }
      },
    });
    rmSync(folder, { recursive: true, force: true });
    expect(code).toBe(0);
  }, 60_000);
});
