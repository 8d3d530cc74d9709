import { createSandbox } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';
import { Browser, labelsOf, queryOf } from './browser.js';
import { authorizePath, OTHER, pick, signedIn, someone, TWO_DISTRICTS, whose } from './visitors.js';

it.override('sandboxOptions', TWO_DISTRICTS);

describe('the session', () => {
  it('is a cookie that no script can read and that names no person', async ({ sandbox }) => {
    const person = someone(sandbox, 'student');
    const browser = await signedIn(sandbox, person);
    const line = browser.received.at(-1) ?? '';
    expect(line).toMatch(/^sandbox_session=[0-9a-f-]{36}; Max-Age=7200; Path=\/; HttpOnly; Secure; SameSite=Lax$/u);
  });

  it('is not `Secure` over plain HTTP, where browsers would drop it', async ({ listening }) => {
    const browser = await signedIn(listening, someone(listening, 'student'));
    expect(browser.received.at(-1)).not.toContain('Secure');
    expect((await browser.open('/portal')).heading).toContain('Portal of');
  });

  it('ends after two hours', async () => {
    let now = Date.UTC(2026, 8, 1);
    const sandbox = createSandbox({ ...TWO_DISTRICTS, clock: () => now });
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher'));
    now += 7_199_999;
    expect(queryOf(await browser.open(authorizePath(sandbox)))['code']).toBeDefined();
    now += 1;
    expect((await browser.open(authorizePath(sandbox))).heading).toBe('Log in to My app');
  });

  it('ends with reset()', async ({ sandbox }) => {
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher'));
    sandbox.reset();
    expect((await browser.open('/portal')).heading).toBe('Log in to Clever');
  });

  it('gets a new id for the next person, and the old id no longer works', async ({ sandbox }) => {
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher'));
    const old = browser.cookie('sandbox_session') ?? '';
    const page = await browser.press(await browser.open('/portal'), 'Switch person');
    expect(browser.cookie('sandbox_session')).toBeUndefined();
    const student = someone(sandbox, 'student');
    await pick(browser, page, student);
    expect(browser.cookie('sandbox_session')).not.toBe(old);
    const stale = await sandbox.fetch('https://clever.com/portal', { headers: { cookie: `sandbox_session=${old}` } });
    expect(await stale.text()).toContain('Log in to Clever');
    expect(await whose(sandbox, await browser.open(authorizePath(sandbox)), OTHER)).toEqual([student.id, 'district']);
  });

  it('of the previous person no longer works when another person is picked without switching first', async ({
    sandbox,
  }) => {
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher'));
    const old = browser.cookie('sandbox_session') ?? '';
    const other = sandbox.districts[1]?.id ?? '';
    await pick(
      browser,
      await browser.open(authorizePath(sandbox, { district_id: other })),
      someone(sandbox, 'staff', 1),
    );
    const stale = await sandbox.fetch('https://clever.com/portal', { headers: { cookie: `sandbox_session=${old}` } });
    expect(await stale.text()).toContain('Log in to Clever');
  });

  it('does not count for a district other than the requested one', async ({ sandbox }) => {
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher'));
    const other = sandbox.districts[1]?.id ?? '';
    const page = await browser.open(authorizePath(sandbox, { district_id: other }));
    expect(page.heading).toBe('Log in to My app');
    expect(page.html).toContain('Switch person');
  });

  it('is also ignored by sandbox_user', async ({ sandbox }) => {
    const person = someone(sandbox, 'staff');
    const browser = new Browser(sandbox);
    await browser.open(authorizePath(sandbox, { sandbox_user: person.id }));
    expect(await whose(sandbox, await browser.open(authorizePath(sandbox)), OTHER)).toEqual([person.id, 'district']);
  });

  it('is ended by /oauth/logout, after a confirmation', async ({ sandbox }) => {
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher'));
    const question = await browser.open('/oauth/logout');
    expect((await browser.open('/portal')).heading).toContain('Portal of');
    const home = await browser.press(question, 'Sign out');
    expect([home.url.pathname, labelsOf(home).filter((label) => label.startsWith('Switch person'))]).toEqual(['/', []]);
    expect((await browser.open('/oauth/logout')).html).toContain('You are not signed in');
  });
});

describe('confirmed=false', () => {
  it('asks who the person is, and continues as that person', async ({ sandbox }) => {
    const person = someone(sandbox, 'student');
    const browser = await signedIn(sandbox, person);
    const page = await browser.open(authorizePath(sandbox, { confirmed: 'false' }));
    expect(page.heading).toBe('Is this you?');
    const arrival = await browser.follow(page, `Continue as ${person.name.first}`);
    expect(queryOf(arrival)['state']).toBe('s');
    expect(await whose(sandbox, arrival, OTHER)).toEqual([person.id, 'district']);
  });

  it('lets another person take over, who is not asked again', async ({ sandbox }) => {
    const browser = await signedIn(sandbox, someone(sandbox, 'student'));
    const teacher = someone(sandbox, 'teacher');
    const question = await browser.open(authorizePath(sandbox, { confirmed: 'false' }));
    const arrival = await pick(browser, await browser.press(question, 'Switch person'), teacher);
    expect(await whose(sandbox, arrival, OTHER)).toEqual([teacher.id, 'district']);
  });

  it('does not ask a person who has just been picked', async ({ sandbox }) => {
    const browser = new Browser(sandbox);
    const page = await browser.open(authorizePath(sandbox, { confirmed: 'false' }));
    expect(queryOf(await pick(browser, page, someone(sandbox, 'student')))['code']).toBeDefined();
  });
});
