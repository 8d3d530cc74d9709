import { createServer } from 'node:net';
import type { ListeningSandbox, PeopleQuery } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { Browser, locationOf } from '../support/browser.js';
import { environmentOf, it as itWithSandbox, runCommand } from './support.js';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A sandbox whose app has its redirect URI on a free local port. */
const it = itWithSandbox
  .extend('redirectUri', async () => `http://127.0.0.1:${await freePort()}/auth/clever/callback`)
  .extend('sandboxOptions', ({ redirectUri }) => ({ students: 40, redirectUris: [redirectUri] }));

/** Opens the command's address and logs a person in at Clever; returns the page on which the browser ends. */
async function logIn(sandbox: ListeningSandbox, url: string, query: PeopleQuery): Promise<string> {
  const browser = new Browser();
  const authorize = locationOf(await browser.send(url));
  authorize.searchParams.set('sandbox_user', sandbox.people(query)[0]?.id ?? '');
  return (await browser.open(authorize)).text;
}

describe('clever-sdk login', () => {
  it('shows the result of a login, and no person', async ({ sandbox }) => {
    const seen: string[] = [];
    const { code, out, err } = await runCommand(['login'], {
      env: environmentOf(sandbox, 'app'),
      onBrowser: async (url) => seen.push(await logIn(sandbox, url, { role: 'teacher', connection: 'district' })),
    });
    const [teacher] = sandbox.people({ role: 'teacher', connection: 'district' });
    expect([code, err]).toEqual([0, expect.stringMatching(/^Open http:\/\/127\.0\.0\.1:\d+\/login\n$/u)]);
    expect(seen[0]).toContain('Logged in');
    expect(out).toContain(`teacher, by the district ${sandbox.districts[0].id}`);
    for (const value of [teacher?.id, teacher?.email, teacher?.name.last]) {
      expect(value).toEqual(expect.any(String));
      expect(out + err).not.toContain(value);
    }
  });

  it('shows the person on request, as text and as JSON', async ({ sandbox }) => {
    const [student] = sandbox.people({ role: 'student', connection: 'district' });
    const world = {
      env: environmentOf(sandbox, 'app'),
      onBrowser: (url: string) => logIn(sandbox, url, { role: 'student', connection: 'district' }),
    };
    expect((await runCommand(['login', '--show-person'], world)).out).toContain(student?.id);
    const { out } = await runCommand(['login', '--show-person', '--json'], world);
    expect(JSON.parse(out)).toMatchObject({
      ...{ role: 'student', connection: 'district', districtId: sandbox.districts[0].id },
      person: { id: student?.id, name: { last: student?.name.last } },
    });
    const quiet = await runCommand(['login', '--json'], world);
    expect(JSON.parse(quiet.out)).not.toHaveProperty('person');
  });

  it('shows a name without characters that a terminal obeys', async ({ sandbox }) => {
    const [student] = sandbox.people({ role: 'student', connection: 'district' });
    const last = 'Lee\u001b[2J\u202e\nLogged in: district_admin';
    sandbox.districts[0].users.update(student?.id ?? '', { name: { first: 'Ann', middle: '', last } });
    const { out } = await runCommand(['login', '--show-person'], {
      env: environmentOf(sandbox, 'app'),
      onBrowser: (url) => logIn(sandbox, url, { role: 'student', connection: 'district' }),
    });
    expect(out).toContain('Name:   Ann Lee\\u001b[2J\\u202e\\u000aLogged in: district_admin\n');
  });

  it('asks for the secret when it is not set', async ({ sandbox }) => {
    const { CLEVER_CLIENT_SECRET: secret, ...env } = environmentOf(sandbox, 'app') as Record<string, string>;
    const onBrowser = (url: string) => logIn(sandbox, url, { role: 'teacher', connection: 'district' });
    expect((await runCommand(['login'], { env, onBrowser, answer: secret ?? '' })).code).toBe(0);
    expect((await runCommand(['login'], { env, onBrowser })).code).toBe(3);
  });

  it.for([
    ['nothing', ''],
    ['no state', '?code=abc'],
    ['another state', '?code=abc&state=of-another-login'],
    ['a refusal without a state', '?error=access_denied'],
    ['a refusal with an empty state', '?error=access_denied&state='],
    ['a refusal with another state', '?error=access_denied&state=of-another-login'],
    ['a parameter twice', '?state=a&state=b'],
    ['a code that is too long', `?code=${'a'.repeat(5_000)}&state=b`],
  ] as const)('still waits after a stray GET to the callback with %s', async ([_, query], { sandbox, redirectUri }) => {
    const { code, out, err } = await runCommand(['login'], {
      env: environmentOf(sandbox, 'app'),
      onBrowser: async (url) => {
        for (const stray of [`${redirectUri}${query}`, new URL('/favicon.ico', redirectUri).href]) {
          const answer = await fetch(stray, { redirect: 'manual' });
          await answer.body?.cancel();
        }
        await logIn(sandbox, url, { role: 'teacher', connection: 'district' });
      },
    });
    expect([code, out]).toEqual([0, expect.stringContaining('Logged in: teacher')]);
    expect(err).not.toContain('error');
  });

  it('ends when the person refuses', async ({ sandbox, redirectUri }) => {
    const { code, err } = await runCommand(['login'], {
      env: environmentOf(sandbox, 'app'),
      onBrowser: async (url) => {
        const browser = new Browser();
        const state = locationOf(await browser.send(url)).searchParams.get('state');
        await browser.open(new URL(`${redirectUri}?error=access_denied&state=${state}`));
      },
    });
    expect([code, err]).toEqual([3, expect.stringContaining('error: ')]);
  });

  it('says why a login did not work: exit 3', async ({ sandbox }) => {
    const { code, out, err } = await runCommand(['login'], {
      env: { ...environmentOf(sandbox, 'app'), CLEVER_CLIENT_SECRET: 'wrong' },
      onBrowser: (url) => logIn(sandbox, url, { role: 'teacher', connection: 'district' }),
    });
    expect([code, out]).toEqual([3, '']);
    expect(err).toMatch(/error: .*(?:credentials|clientSecret)/u);
  });

  it('opens no browser with --no-browser, waits as long as asked, and can be stopped', async ({ sandbox }) => {
    const env = environmentOf(sandbox, 'app');
    const opened: string[] = [];
    const late = await runCommand(['login', '--no-browser', '--timeout', '7'], {
      env,
      onBrowser: async (url) => opened.push(url),
      onSleep: (milliseconds) => {
        opened.push(String(milliseconds));
      },
    });
    expect([late.code, opened]).toEqual([1, ['7000']]);
    expect(late.err).toContain('no login within 7 s');
    const stopped = await runCommand(['login', '--no-browser'], {
      env,
      onSleep: (_, stop) => {
        stop();
        return new Promise(() => undefined);
      },
    });
    expect(stopped.code).toBe(130);
  });

  it.for(['https://app.example.com/callback', 'http://app.example.com/callback', 'callback'])(
    'cannot catch a browser at %s: exit 2',
    async (redirectUri, { sandbox }) => {
      const { code, err } = await runCommand(['login'], {
        env: { ...environmentOf(sandbox, 'app'), CLEVER_REDIRECT_URI: redirectUri },
      });
      expect([code, err]).toEqual([2, expect.stringContaining('http on localhost')]);
    },
  );

  it('says so when the port is taken', async ({ sandbox, redirectUri }) => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(Number(new URL(redirectUri).port), '127.0.0.1', resolve));
    const { code, err } = await runCommand(['login'], { env: environmentOf(sandbox, 'app') });
    expect([code, err]).toEqual([1, expect.stringContaining('is taken')]);
    await new Promise((resolve) => other.close(resolve));
  });
});
