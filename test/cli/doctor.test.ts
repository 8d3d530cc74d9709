import { readFileSync } from 'node:fs';
import type { FetchFunction } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { environmentOf, it as itWithQuietSandbox, runCommand, type World } from './support.js';

interface Check {
  readonly id: string;
  readonly verdict: string;
  readonly seen: string;
  readonly cause?: string;
  readonly whatToDo?: string;
  readonly whomToAsk?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A sandbox with some changes, as a district that syncs has them. */
const it = itWithQuietSandbox.extend('sandbox', ({ sandbox }) => {
  sandbox.districts[0].update({ last_sync: new Date().toISOString() });
  return sandbox;
});
const itWithSingleSignOn = it.extend('sandboxOptions', { districts: [{ students: 20, tier: 'sso' }] });
const itWithoutV31 = it.extend('sandboxOptions', { students: 40, apiVersions: ['v3.0'] });
const itWithoutEvents = it.extend('sandboxOptions', { students: 40, events: false });
const itWithSmallBudget = it.extend('sandboxOptions', { students: 40, rateLimit: { limit: 40 } });

/** What doctor says in JSON, and the checks that report a problem. */
async function examine(world: World, ...argv: readonly string[]) {
  const { code, out } = await runCommand(['doctor', '--json', ...argv], world);
  const { verdict, checks } = JSON.parse(out) as { verdict: string; checks: Check[] };
  const having = (wanted: string): string[] => checks.filter((check) => check.verdict === wanted).map(({ id }) => id);
  const check = (id: string): Check => checks.find((one) => one.id === id) ?? expect.fail(`no check ${id}`);
  return { code, verdict, failed: having('failed'), warned: having('warning'), skipped: having('skipped'), check };
}

/** Answers some paths in place of the sandbox. */
function answering(answers: Readonly<Record<string, (url: URL) => Response>>): FetchFunction {
  return (url, init) => {
    const { pathname } = new URL(url);
    const answer = Object.entries(answers).find(([start]) => pathname.startsWith(start))?.[1];
    return answer === undefined ? fetch(url, init) : Promise.resolve(answer(new URL(url)));
  };
}

const cannot = (): Response =>
  new Response('<pre>Cannot GET</pre>', { status: 404, headers: { 'content-type': 'text/html' } });

describe('clever-sdk doctor, on Node', () => {
  it.for([
    ['20.12.0', 'warning'],
    ['22.11.9', 'warning'],
    ['22.12.0', 'ok'],
    ['26.1.0', 'ok'],
  ] as const)('%s: says which Node it needs', async ([nodeVersion, verdict], { sandbox }) => {
    const { code, check } = await examine({ env: environmentOf(sandbox), nodeVersion });
    const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      engines: { node: string };
    };
    const needed = engines.node.replace('>=', '');
    expect([code, check('node').verdict, check('node').details]).toEqual([
      0,
      verdict,
      { version: nodeVersion, needed },
    ]);
    expect(check('node').seen).toContain(`needs ${needed} or newer`);
  });
});

describe('clever-sdk doctor, when nothing is wrong', () => {
  it('says so, and shows what it saw', async ({ sandbox }) => {
    const { code, verdict, failed, warned, skipped, check } = await examine({ env: environmentOf(sandbox) });
    expect({ code, verdict, failed, warned, skipped }).toEqual({
      ...{ code: 0, verdict: 'ok', failed: [], warned: [] },
      skipped: ['library-token'],
    });
    const [{ id, name }] = sandbox.districts;
    expect(check('districts').details).toEqual({ districts: [{ id, name }] });
    expect(check('scopes').details).toMatchObject({ scopes: expect.arrayContaining(['read:students']) });
    expect(check('endpoints').details).toEqual({
      endpoints: expect.objectContaining({ users: 'records', sections: 'records' }),
    });
    expect(check('rate-limit').details).toMatchObject({ limit: 1_200, remaining: expect.any(Number) });
  });

  it('says so in a few lines of text', async ({ sandbox }) => {
    const { out } = await runCommand(['doctor'], { env: environmentOf(sandbox, 'app') });
    expect(out).toMatch(/^✔ Credentials {5}set: client id, client secret, redirect URI$/mu);
    expect(out).toContain(sandbox.districts[0].name);
    expect(out.trimEnd().split('\n').at(-1)).toBe('Nothing is wrong.');
    expect(out).not.toContain('\u001B');
    const colored = await runCommand(['doctor'], {
      env: environmentOf(sandbox, 'app'),
      terminal: { hasColor: true },
    });
    expect(colored.out).toContain('\u001B[32m✔');
  });

  it('checks a token without credentials, and a Library token', async ({ sandbox }) => {
    const [teacher] = sandbox.people({ role: 'teacher', connection: 'library' });
    const libraryToken = sandbox.userToken({ user: teacher?.id ?? '', connection: 'library' });
    const env = { ...environmentOf(sandbox, 'token'), CLEVER_LIBRARY_TOKEN: libraryToken };
    const { code, failed, skipped } = await examine({ env });
    expect({ code, failed, skipped }).toEqual({ code: 0, failed: [], skipped: ['app', 'redirect-uris', 'districts'] });
  });
});

describe('clever-sdk doctor names the cause:', () => {
  it('no credentials', async () => {
    const { code, failed, check } = await examine({});
    expect({ code, failed }).toEqual({ code: 3, failed: ['credentials'] });
    expect(check('credentials').whatToDo).toContain('CLEVER_CLIENT_ID');
    expect(check('network').seen).toBe('not looked at: see Credentials');
  });

  it.each([
    [{ CLEVER_CLIENT_ID: 'a' }, /CLIENT_ID without CLEVER_CLIENT_SECRET/u],
    [{ CLEVER_CLIENT_ID: 'a'.repeat(40), CLEVER_CLIENT_SECRET: 'b'.repeat(20) }, /look swapped/u],
    [{ CLEVER_DISTRICT_TOKEN: 'a', CLEVER_API_ORIGIN: 'api.clever.com' }, /address cannot be used/u],
    [
      { CLEVER_CLIENT_ID: 'a', CLEVER_CLIENT_SECRET: 'b', CLEVER_REDIRECT_URI: 'http://app.example.com/cb' },
      /address cannot be used/u,
    ],
  ])('settings that cannot work: %j', async (env, seen) => {
    const { failed, check } = await examine({ env: env as Record<string, string> });
    expect([failed, check('credentials').seen]).toEqual([['credentials'], expect.stringMatching(seen)]);
  });

  it.for([
    [['/callback'], []],
    [['/entry', '/callback'], ['/entry']],
    [
      ['/entry', '/other'],
      ['/entry', '/other'],
    ],
  ] as const)('redirect URIs that are not registered: %j', async ([paths, unknown], { sandbox }) => {
    const { redirectUri } = sandbox.clientOptions();
    const uriOf = (path: string): string => (path === '/callback' ? redirectUri : new URL(path, redirectUri).href);
    const argv = paths.flatMap((path) => ['--redirect-uri', uriOf(path)]);
    const { code, warned, check } = await examine({ env: environmentOf(sandbox, 'app') }, ...argv);
    expect([code, warned]).toEqual([0, unknown.length === 0 ? [] : ['redirect-uris']]);
    const { seen, whatToDo, details } = check('redirect-uris');
    expect(seen).toBe(
      unknown.length === 0
        ? `registered: ${redirectUri}`
        : `not registered, it seems: ${unknown.map(uriOf).join(', ')}`,
    );
    expect(whatToDo ?? 'the entry, and').toContain('the entry, and');
    expect(details).toEqual({
      redirectUris: paths.map((path) => ({ uri: uriOf(path), isRegistered: !unknown.some((one) => one === path) })),
    });
  });

  it('redirect URIs of which the login page says nothing, or no login page at all', async ({ sandbox }) => {
    const env = environmentOf(sandbox, 'app');
    const same = answering({ '/oauth/authorize': () => new Response('log in') });
    expect((await examine({ env, fetch: same })).check('redirect-uris')).toMatchObject({
      verdict: 'skipped',
      seen: 'the login page does not say which ones are registered',
    });
    const none = answering({
      '/oauth/authorize': () => {
        throw Object.assign(new Error('x'), { code: 'ECONNRESET' });
      },
    });
    expect((await examine({ env, fetch: none })).check('redirect-uris').seen).toMatch(
      /^not looked at: the connection/u,
    );
    const { CLEVER_REDIRECT_URI: _, ...without } = env;
    expect((await examine({ env: without })).check('redirect-uris').seen).toContain('--redirect-uri');
  });

  it('a wrong secret', async ({ sandbox }) => {
    const env = { ...environmentOf(sandbox, 'app'), CLEVER_CLIENT_SECRET: 'wrong' };
    const { code, failed, check } = await examine({ env });
    expect({ code, failed }).toEqual({ code: 3, failed: ['app'] });
    expect(check('app')).toMatchObject({
      seen: 'Clever refuses the client id and secret',
      whatToDo: expect.stringContaining('CLEVER_CLIENT_SECRET'),
      whomToAsk: expect.stringContaining('apps.clever.com'),
    });
  });

  it.for(['district', 'library'] as const)(
    "a person's token (%s login) in place of a district's",
    async (connection, { sandbox }) => {
      const [teacher] = sandbox.people({ role: 'teacher', connection });
      const token = sandbox.userToken({ user: teacher?.id ?? '', connection });
      const { failed, check } = await examine({
        env: { ...environmentOf(sandbox, 'both'), CLEVER_DISTRICT_TOKEN: token },
      });
      expect(failed).toEqual(['district-token']);
      expect(check('district-token').cause).toMatch(new RegExp(`person who logged in \\(${connection} login\\)`, 'u'));
      expect(check('scopes').seen).toContain('see District token');
    },
  );

  it("a district's token in place of a person's", async ({ sandbox }) => {
    const env = { ...environmentOf(sandbox), CLEVER_LIBRARY_TOKEN: sandbox.districts[0].token };
    const { failed, check } = await examine({ env });
    expect(failed).toEqual(['library-token']);
    expect(check('library-token').cause).toContain('It is a district-app token');
  });

  it('a Library token of a login by the district, and one that has ended', async ({ sandbox }) => {
    const [teacher] = sandbox.people({ role: 'teacher', connection: 'district' });
    const token = sandbox.userToken({ user: teacher?.id ?? '' });
    const env = { ...environmentOf(sandbox), CLEVER_LIBRARY_TOKEN: token };
    expect((await examine({ env })).check('library-token').cause).toContain('login by the district');
    sandbox.revokeToken(token);
    expect((await examine({ env })).check('library-token').cause).toContain('ends within a day');
  });

  it('a token that was replaced, with and without the credentials that find the new one', async ({ sandbox }) => {
    const [both, alone] = [environmentOf(sandbox), environmentOf(sandbox, 'token')];
    sandbox.districts[0].rotateToken();
    const found = (await examine({ env: both })).check('district-token');
    expect(found.cause).toContain('replaced by a newer one');
    expect(found.whatToDo).toContain('unset');
    expect((await examine({ env: alone })).check('district-token').whatToDo).toContain('Copy the token');
  });

  it("another app's token", async ({ sandbox }) => {
    const other = createSandbox({ seed: 4, students: 20 });
    const env = environmentOf(sandbox);
    const { warned, check } = await examine({
      env,
      // The token list of another app, which has another token.
      fetch: answering({
        '/oauth/tokens': () =>
          Response.json({
            data: [
              { id: 'a', owner: { type: 'district', id: 'b' }, access_token: other.districts[0].token, scopes: [] },
            ],
            links: [],
          }),
      }),
    });
    expect(warned).toContain('district-token');
    expect(check('district-token').seen).toContain("not among the app's tokens");
  });

  it('no district connected', async ({ sandbox }) => {
    const env = environmentOf(sandbox, 'app');
    sandbox.districts[0].disconnect();
    const { code, failed, check } = await examine({ env });
    expect({ code, failed }).toEqual({ code: 3, failed: ['districts'] });
    expect(check('districts').whomToAsk).toContain("district's Clever administrator");
  });

  it('a district that is not connected', async ({ sandbox }) => {
    const { failed, check } = await examine({ env: environmentOf(sandbox) }, '--district', '0123456789abcdef01234567');
    expect(failed).toEqual(['districts']);
    expect(check('districts').seen).toContain('not among them');
  });

  it('scopes of single sign-on only', async ({ sandbox }) => {
    const scopes = ['read:students_basic', 'read:teachers_basic', 'read:user_id'];
    const [{ id, token }] = sandbox.districts;
    const { code, failed, check } = await examine({
      env: environmentOf(sandbox),
      fetch: answering({
        '/oauth/tokens': () =>
          Response.json({
            data: [{ id: 'a', owner: { type: 'district', id }, access_token: token, scopes }],
            links: [],
          }),
      }),
    });
    expect({ code, failed }).toEqual({ code: 3, failed: ['scopes'] });
    expect(check('scopes').cause).toContain('single sign-on only');
    expect(check('scopes').whomToAsk).toMatch(/^Clever: .*; then the district/u);
  });

  itWithSingleSignOn("scopes of single sign-on only, by the sandbox's own", async ({ sandbox }) => {
    for (const wanted of ['both', 'token'] as const) {
      const { failed, check } = await examine({ env: environmentOf(sandbox, wanted) });
      expect(failed).toEqual(['scopes']);
      expect(check('endpoints').seen).toBe('not looked at: see Scopes');
    }
  });

  it('some scopes missing', async ({ sandbox }) => {
    const [{ id, token }] = sandbox.districts;
    const scopes = ['read:schools', 'read:sections', 'read:teachers', 'read:districts'];
    const { warned, check } = await examine({
      env: environmentOf(sandbox),
      fetch: answering({
        '/oauth/tokens': () =>
          Response.json({
            data: [{ id: 'a', owner: { type: 'district', id }, access_token: token, scopes }],
            links: [],
          }),
      }),
    });
    expect(warned).toEqual(['scopes']);
    expect(check('scopes').seen).toBe('missing: read:students');
  });

  itWithoutV31('API v3.1 not enabled', async ({ sandbox }) => {
    const env = environmentOf(sandbox);
    const { code, failed, check } = await examine({ env });
    expect({ code, failed }).toEqual({ code: 3, failed: ['api-version'] });
    expect(check('api-version')).toMatchObject({
      cause: expect.stringContaining('v3.1 is not enabled'),
      whomToAsk: expect.stringContaining('Application Success Manager'),
    });
    // An app that uses v3.0 has no problem.
    const content = await examine({ env }, '--api-version', 'v3.0');
    expect([content.code, content.failed, content.warned]).toEqual([0, [], ['api-version']]);
  });

  it("a pause, by the sandbox's own", async ({ sandbox }) => {
    sandbox.districts[0].pause();
    const { warned, check } = await examine({ env: environmentOf(sandbox) });
    expect([warned, check('district-state').seen]).toEqual([
      ['district-state'],
      `${sandbox.districts[0].name} is paused`,
    ]);
  });

  it.for([
    ['paused', /paused its sync on 2026-06-10, until 2026-08-01.*frozen data/u, /district/u],
    ['pending', /waits for the district/u, /district/u],
    ['error', /could not sync/u, /Clever/u],
  ] as const)('a district that is %s', async ([state, cause, whom], { sandbox }) => {
    const pause = { pause_start: '2026-06-10T00:00:00.000Z', pause_end: '2026-08-01T00:00:00.000Z' };
    sandbox.districts[0].update({ state, ...pause });
    const { code, warned, check } = await examine({ env: environmentOf(sandbox) });
    expect([code, warned]).toEqual([0, ['district-state']]);
    expect(check('district-state').cause).toMatch(cause);
    expect(check('district-state').whomToAsk).toMatch(whom);
  });

  it('a district that has not launched', async ({ sandbox }) => {
    sandbox.districts[0].update({ launch_date: '2999-08-01' });
    const { check } = await examine({ env: environmentOf(sandbox) });
    expect(check('district-state').seen).toContain('launches on 2999-08-01');
  });

  itWithoutEvents('events switched off', async ({ sandbox }) => {
    const { code, warned, check } = await examine({ env: environmentOf(sandbox) });
    expect([code, warned]).toEqual([0, ['events']]);
    expect(check('events')).toMatchObject({
      seen: 'none in 30 days: switched off, or nothing has happened',
      cause: expect.stringContaining('off until they are switched on'),
      whatToDo: expect.stringContaining('Enable events'),
      whomToAsk: expect.stringContaining('apps.clever.com'),
    });
  });

  it('an events path that answers as if it did not exist', async ({ sandbox }) => {
    const { warned, check } = await examine({
      env: environmentOf(sandbox),
      fetch: answering({ '/v3.0/events': cannot }),
    });
    expect([warned, check('events').seen]).toEqual([['events'], 'switched off']);
  });

  it("a clock an hour off, by the server's", async ({ sandbox }) => {
    sandbox.faults.add({ clockSkewMs: 3_600_000, times: Number.POSITIVE_INFINITY });
    const { failed, check } = await examine({ env: environmentOf(sandbox) });
    expect([failed, check('clock').seen]).toEqual([
      ['clock'],
      expect.stringMatching(/(?:1 h 0 min|59 min \d+ s|60 min 0 s) behind/u),
    ]);
  });

  it.for([
    [3_600_000, 'failed', /1 h 0 min ahead/u],
    [-3_600_000, 'failed', /(?:1 h 0 min|60 min 0 s|59 min 59 s) behind/u],
    [90_000, 'warning', /1 min \d+ s ahead/u],
  ] as const)('a clock that is %d ms off', async ([skewMs, verdict, seen], { sandbox }) => {
    const { check } = await examine({ env: environmentOf(sandbox), now: () => Date.now() + skewMs });
    expect(check('clock')).toMatchObject({
      verdict,
      seen: expect.stringMatching(seen),
      whomToAsk: 'the administrator of this machine',
    });
  });

  it('no server at the address', async ({ sandbox }) => {
    const env = environmentOf(sandbox);
    await sandbox.close();
    const { code, failed, check } = await examine({ env });
    expect({ code, failed }).toEqual({ code: 3, failed: ['network'] });
    expect(check('network').cause).toContain('nothing listens there');
    expect(check('app').seen).toBe('not looked at: see Network');
  });

  it.for([
    ['ENOTFOUND', /not known to DNS/u],
    ['CERT_HAS_EXPIRED', /certificate has expired/u],
    ['EWHATEVER', /no answer \(EWHATEVER\)/u],
  ] as const)('a network that fails with %s', async ([code, cause], { sandbox }) => {
    const failing: FetchFunction = () =>
      Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code } }));
    const { check } = await examine({ env: environmentOf(sandbox), fetch: failing });
    expect(check('network').cause).toMatch(cause);
  });

  it.for([
    [
      'another server at the API',
      '/v3.0/districts',
      () => new Response('<h1>Welcome</h1>'),
      /a server other than Clever/u,
    ],
    ['another server at OAuth', '/oauth/tokeninfo', cannot, /a server other than Clever/u],
    ['a server that fails', '/v3.0/districts', () => new Response('', { status: 503 }), /has trouble/u],
  ] as const)('%s', async ([_, path, answer, cause], { sandbox }) => {
    const { failed, check } = await examine({ env: environmentOf(sandbox), fetch: answering({ [path]: answer }) });
    expect([failed, check('network').cause]).toEqual([['network'], expect.stringMatching(cause)]);
  });

  itWithSmallBudget('a budget that other processes use up', async ({ sandbox }) => {
    const headers = { authorization: `Bearer ${sandbox.districts[0].token}` };
    for (let sent = 0; sent < 25; sent += 1) {
      await fetch(`${sandbox.url}/v3.1/schools?limit=1`, { headers });
    }
    const low = await examine({ env: environmentOf(sandbox, 'token') });
    expect([low.code, low.warned]).toEqual([0, ['rate-limit']]);
    expect(low.check('rate-limit').seen).toMatch(/^1\d of 40 requests left$/u);
    for (let sent = 0; sent < 15; sent += 1) {
      await fetch(`${sandbox.url}/v3.1/schools?limit=1`, { headers });
    }
    const spent = await examine({ env: environmentOf(sandbox, 'token') });
    expect([spent.code, spent.failed]).toEqual([3, ['rate-limit']]);
    expect(spent.check('rate-limit').whatToDo).toMatch(/^Wait (?:\d+ s|1 min 0 s) /u);
    expect(spent.check('district-token').seen).toContain('budget is spent');
  });

  it('a list that the token may not read, and one that is empty', async ({ sandbox }) => {
    const closed = await examine({ env: environmentOf(sandbox), fetch: answering({ '/v3.0/sections': cannot }) });
    expect([closed.failed, closed.check('endpoints').seen]).toEqual([['endpoints'], 'no answer: /sections']);
    const empty = answering({ '/v3.0/users': () => Response.json({ data: [], links: [] }) });
    const { warned, check } = await examine({ env: environmentOf(sandbox), fetch: empty });
    expect([warned, check('endpoints').cause]).toEqual([['endpoints'], expect.stringContaining('Nothing in /users')]);
  });
});
