import type { SandboxPerson } from 'clever-sdk/sandbox';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { describeInBrowser, recordRequests } from './browser.js';
import { chooseAtClever, INSTANT_LOGIN, LOG_IN_BUTTON, PORTAL, signOutOfClever } from './entrances.js';
import { type BrowserStage, fullName, personWith, setBrowserStage } from './stage.js';

describeInBrowser('a session in a browser', (open) => {
  let stage: BrowserStage;
  let teacher: SandboxPerson;
  let student: SandboxPerson;
  beforeAll(async () => {
    stage = await setBrowserStage();
    teacher = personWith(stage, { role: 'teacher', connection: 'district' });
    student = personWith(stage, { role: 'student', connection: 'district' });
  });
  afterEach(() => {
    stage.beforeCallback = undefined;
  });
  afterAll(() => stage.close());

  const whoIsIn = async (page: Page): Promise<string> => {
    const shown = page.getByText('Logged in as');
    return (await shown.count()) === 0 ? 'no one' : ((await shown.getByRole('strong').textContent()) ?? '');
  };
  const callbackIn = (requests: readonly URL[]): URL => {
    const callback = requests.findLast(({ pathname }) => pathname === '/auth/clever/callback');
    if (callback === undefined) {
      throw new Error('The browser never reached the callback.');
    }
    return callback;
  };

  it('of a second person replaces that of the first, whose cookie no longer works', async () => {
    const context = await open();
    const page = await context.newPage();
    await LOG_IN_BUTTON.enter(page, stage, teacher);
    const oldCookies = await context.cookies(stage.origin);
    expect(await whoIsIn(page)).toBe(fullName(teacher));

    await signOutOfClever(page, stage);
    await INSTANT_LOGIN.enter(page, stage, student);
    expect(await whoIsIn(page)).toBe(fullName(student));
    expect(stage.logins.at(-1)).toMatchObject({ identity: { id: student.id }, hasSwitchedAccount: true });

    const thief = await open();
    await thief.addCookies(oldCookies);
    const theirs = await thief.newPage();
    await theirs.goto(stage.origin);
    expect(await whoIsIn(theirs)).toBe('no one');
  });

  it('gets a new cookie even when the same person logs in again', async () => {
    const context = await open();
    const page = await context.newPage();
    const sessionCookie = async () =>
      (await context.cookies(stage.origin)).find(({ name }) => name === 'session')?.value;
    await LOG_IN_BUTTON.enter(page, stage, teacher);
    const before = await sessionCookie();
    await page.goto(`${stage.origin}/auth/clever`);
    expect(await whoIsIn(page)).toBe(fullName(teacher));
    expect(stage.logins.at(-1)?.hasSwitchedAccount).toBe(false);
    expect(await sessionCookie()).not.toBe(before);
  });

  it('ends with Log out, and the back button does not show it again', async () => {
    const page = await (await open()).newPage();
    await LOG_IN_BUTTON.enter(page, stage, teacher);
    await page.getByRole('link', { name: 'your books' }).click();
    await page.getByRole('button', { name: 'Log out' }).click();
    expect(await whoIsIn(page)).toBe('no one');
    await page.waitForLoadState();
    await page.goBack();
    expect(await whoIsIn(page)).toBe('no one');
  });

  it('survives a second visit to the callback', async () => {
    const page = await (await open()).newPage();
    const requests = recordRequests(page);
    await LOG_IN_BUTTON.enter(page, stage, teacher);
    const { length } = stage.logins;
    const response = await page.goto(callbackIn(requests).href);
    expect(response?.status()).toBe(200);
    expect(await whoIsIn(page)).toBe(fullName(teacher));
    await page.reload();
    expect(await whoIsIn(page)).toBe(fullName(teacher));
    expect(stage.logins).toHaveLength(length);
  });

  it('survives a second visit to a portal’s callback without state', async () => {
    const page = await (await open()).newPage();
    const requests = recordRequests(page);
    await PORTAL.enter(page, stage, student);
    expect(await whoIsIn(page)).toBe(fullName(student));
    const first = requests.find(({ pathname }) => pathname === '/auth/clever/callback');
    expect(first?.searchParams.has('state')).toBe(false);
    const response = await page.goto(first?.href ?? '');
    expect(response?.status()).toBe(200);
    expect(await whoIsIn(page)).toBe(fullName(student));
  });

  it('survives the back and forward buttons', async () => {
    const page = await (await open()).newPage();
    await LOG_IN_BUTTON.enter(page, stage, student);
    await page.waitForLoadState();
    await page.goBack();
    await page.goForward();
    expect(await whoIsIn(page)).toBe(fullName(student));
  });

  it('begins again, as the same person, when the callback of an old login is opened after Log out', async () => {
    const page = await (await open()).newPage();
    const requests = recordRequests(page);
    await LOG_IN_BUTTON.enter(page, stage, teacher);
    await page.getByRole('button', { name: 'Log out' }).click();
    const response = await page.goto(callbackIn(requests).href);
    expect(response?.status()).toBe(200);
    // Clever's own session continues, so the person is not asked again.
    expect(await whoIsIn(page)).toBe(fullName(teacher));
  });

  it('begins once when two tabs open one callback at the same time', async () => {
    const context = await open();
    const [page, other] = [await context.newPage(), await context.newPage()];
    const first = Promise.withResolvers<string>();
    const second = Promise.withResolvers<void>();
    let arrivals = 0;
    stage.beforeCallback = ({ url }) => {
      arrivals += 1;
      first.resolve(url);
      if (arrivals === 2) {
        second.resolve();
      }
      return second.promise;
    };
    const { length } = stage.logins;
    const entered = LOG_IN_BUTTON.enter(page, stage, teacher);
    const response = await other.goto(await first.promise);
    await entered;

    expect(response?.status()).toBe(200);
    await Promise.all([page.reload(), other.goto(stage.origin)]);
    expect([await whoIsIn(page), await whoIsIn(other)]).toEqual([fullName(teacher), fullName(teacher)]);
    const codes = stage.logins.slice(length).map(({ request }) => new URL(request.url).searchParams.get('code'));
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('does not begin with a callback that was sent to another browser', async () => {
    const first = await (await open()).newPage();
    const requests = recordRequests(first);
    await LOG_IN_BUTTON.enter(first, stage, teacher);
    const second = await (await open()).newPage();
    const response = await second.goto(callbackIn(requests).href);
    expect(response?.status()).toBe(400);
    await second.getByRole('link', { name: 'Back to the start' }).click();
    expect(await whoIsIn(second)).toBe('no one');
  });

  it('returns to the page that required it', async () => {
    const page = await (await open()).newPage();
    await page.goto(`${stage.origin}/books`);
    await page.getByRole('link', { name: 'Log in with Clever' }).click();
    await chooseAtClever(page, teacher);
    expect(page.url()).toBe(`${stage.origin}/books`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Your books');
  });
});
