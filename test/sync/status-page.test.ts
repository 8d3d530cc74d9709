import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCleverClient, isCleverError, toNodeHandler } from 'clever-sdk';
import { createSandbox, type Sandbox } from 'clever-sdk/sandbox';
import {
  createRosterSync,
  type RosterSync,
  type StatusPageAnswer,
  type StatusPageOptions,
  type StatusPageSync,
  statusPage,
} from 'clever-sdk/sync';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { CATALOGUE } from '../../src/errors/catalogue/index.js';
import { type TestDatabase, testDatabase } from './support/database.js';
import { savepointStore } from './support/failing-store.js';

/*
 * The status page through its handler, as an app mounts it.
 */

// On a busy machine, a run takes seconds.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const MOUNT = 'https://app.example.com/admin/clever';
const SECRET = 'zzsecret'.repeat(4);
const HOSTILE = `"><script>alert(1)</script><b id='x'>&amp;\u202e`;

/** A district whose last run is held, because a school is no longer shared. */
interface Held {
  readonly sandbox: Sandbox;
  readonly sync: RosterSync;
  readonly districtId: string;
  /** The number of the held run. */
  readonly held: number;
}

let database: TestDatabase;
/** The one that most tests share, and take the database back to. */
let shared: Held;

beforeAll(async () => {
  database = await testDatabase();
  await database.ask('begin');
  shared = await makeHeld();
  await database.ask('savepoint shared');
});
afterAll(() => database.close());
afterEach(async () => {
  vi.useRealTimers();
  await database.ask('rollback to savepoint shared');
});

async function makeHeld(): Promise<Held> {
  const sandbox = createSandbox({ districts: [{ seed: 5, students: 60 }] });
  const [{ id: districtId }] = sandbox.districts;
  const clever = createCleverClient({ ...sandbox.clientOptions() });
  const sync = createRosterSync({ clever, store: savepointStore(database.db) });
  await sync.run(districtId);
  await unshare(sandbox, 0);
  const { run } = await sync.run(districtId);
  return { sandbox, sync, districtId, held: run };
}

/** Takes away the school at a place of the list. */
async function unshare(sandbox: Sandbox, index: number): Promise<void> {
  const [district] = sandbox.districts;
  const client = createCleverClient({ ...sandbox.clientOptions() }).district({ token: district.token });
  const school = (await client.schools.list().firstPage()).data[index];
  district.changes.unshareSchool({ school: school?.id ?? '' });
}

const asOps = () => ({ by: 'ops@example.com' });
const open = (options: Partial<StatusPageOptions> = {}, of: StatusPageSync = shared.sync) =>
  statusPage(of, { authorize: asOps, secret: SECRET, ...options });

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
}

type Handler = ReturnType<typeof statusPage>;

async function ask(handler: Handler, query = '', init: RequestInit = {}): Promise<Answer> {
  const { status, headers, body } = await handler(new Request(MOUNT + query, init));
  return { status, headers, html: await new Response(body).text() };
}

/** Sends a form as a browser does. */
function send(handler: Handler, query: string, fields: Record<string, string>, headers = {}): Promise<Answer> {
  return ask(handler, query, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { 'sec-fetch-site': 'same-origin', origin: 'https://app.example.com', ...headers },
  });
}

/** The hidden fields of the form that leads to an address. */
function fieldsOf({ html }: Answer, action: string): Record<string, string> {
  const form = html.split('<form').find((part) => part.includes(`action="${action}"`)) ?? '';
  const fields = [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/gu)];
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]));
}

/** What a person reads: without tags, style and spaces. */
const read = ({ html }: Answer): string =>
  html
    .slice(html.indexOf('<body>'))
    .replace(/<[^>]*>/gu, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/gu, ' ');

const stateOfTables = async (): Promise<unknown> => [
  await database.ask('select * from clever.sync_districts order by id'),
  await database.ask('select * from clever.runs order by id'),
];

/** Districts beside the real one. */
function addDistricts(count: number, name = "'District ' || n"): Promise<unknown> {
  return database.ask(
    `insert into clever.sync_districts (id, name, connection, records, failures, last_error_code, next_sync_at)
    select 'x' || n, ${name}, 'connected', n, case when n % 5 = 0 then 2 else 0 end,
      case when n % 5 = 0 then 'server' end, now() + interval '1 hour'
    from generate_series(1, $1::int) as n`,
    [String(count)],
  );
}

describe('who may', () => {
  it.for([
    ['no options', undefined, /authorize/u],
    ['no authorize', {}, /`authorize` is missing/u],
    ['an authorize that is no function', { authorize: true }, /`authorize` is missing/u],
    ['an unknown option', { authorize: asOps, authorise: asOps }, /no option `authorise`/u],
    ['a short secret', { authorize: asOps, secret: 'x'.repeat(31) }, /at least 32 bytes/u],
    ['a secret that is no text', { authorize: asOps, secret: 7 }, /at least 32 bytes/u],
  ] as const)('is asked of the app: %s is refused', ([_what, options, message]) => {
    const { sync } = shared;
    const make = () => statusPage(sync, options as unknown as StatusPageOptions);
    expect(make).toThrow(message);
    expect(() => {
      try {
        make();
      } catch (error) {
        throw isCleverError(error) ? error.code : error;
      }
    }).toThrow('config');
  });

  it('refuses what is no sync', () => {
    expect(() => statusPage({} as RosterSync, { authorize: asOps })).toThrow(/must be a sync/u);
  });

  it.for([false, undefined, null, '', 'yes', 1, {}, { by: '' }, { by: 7 }])(
    'shows nothing and asks the database nothing when the app says %j',
    async (allowed) => {
      const { districtId, held } = shared;
      const calls: string[] = [];
      const names = ['status', 'summary', 'runs', 'approve', 'request'] as const;
      const watched = Object.fromEntries(
        names.map((name) => [name, (): Promise<unknown> => Promise.resolve(calls.push(name))]),
      ) as unknown as StatusPageSync;
      const handler = open({ authorize: () => allowed as StatusPageAnswer }, watched);
      for (const query of ['', `?district=${districtId}`, `?run=${held}`, `?approve=${held}`, '?district=unknown']) {
        const answer = await ask(handler, query);
        expect([answer.status, answer.html.includes('Sandbox ISD')]).toEqual([403, false]);
      }
      for (const query of [`?approve=${held}`, `?request=${districtId}`]) {
        expect((await send(handler, query, { token: 'x' })).status).toBe(403);
      }
      expect(calls).toEqual([]);
    },
  );

  it('passes on what authorize throws', async () => {
    const handler = open({ authorize: () => Promise.reject(new Error('session store')) });
    await expect(handler(new Request(MOUNT))).rejects.toThrow('session store');
  });

  it('gives authorize the request, and what it is about', async () => {
    const { districtId, held } = shared;
    const questions: unknown[] = [];
    const handler = open({
      authorize: async ({ request, ...question }) => {
        questions.push({ ...question, cookie: request.headers.get('cookie') });
        return { by: 'ops' };
      },
    });
    await ask(handler, `?run=${held}`, { headers: { cookie: 'session=1' } });
    await ask(handler, `?district=${districtId}`);
    expect(questions).toEqual([
      { action: 'view', cookie: 'session=1' },
      { action: 'approve', districtId, run: held, cookie: 'session=1' },
      { action: 'view', cookie: null },
      { action: 'request', districtId, cookie: null },
    ]);
  });

  it('needs a name for an approval', async () => {
    const { districtId, held } = shared;
    const handler = open({ authorize: () => true });
    expect((await ask(handler, `?district=${districtId}`)).html).toContain('Run now');
    await expect(handler(new Request(`${MOUNT}?run=${held}`))).rejects.toThrow(/must return who approves/u);
  });

  it('has no buttons for a person who may only look, and refuses their forms', async () => {
    const { districtId, held } = shared;
    const allowed = await ask(open(), `?approve=${held}`);
    const fields = fieldsOf(allowed, `?approve=${held}`);
    const request = fieldsOf(await ask(open(), `?district=${districtId}`), `?request=${districtId}`);
    const viewer = open({ authorize: ({ action }) => action === 'view' && { by: 'ops@example.com' } });
    expect((await ask(viewer, `?district=${districtId}`)).html).not.toMatch(/<form[^>]*post|Run now/u);
    const page = await ask(viewer, `?run=${held}`);
    expect(page.html).not.toContain('?approve=');
    expect(read(page)).toContain('You may not approve it.');
    const before = await stateOfTables();
    expect((await ask(viewer, `?approve=${held}`)).status).toBe(403);
    expect((await send(viewer, `?approve=${held}`, fields)).status).toBe(403);
    expect((await send(viewer, `?request=${districtId}`, request)).status).toBe(403);
    expect(await stateOfTables()).toEqual(before);
  });
});

describe('the districts', () => {
  it('come in pages, by name, with their states', async () => {
    await addDistricts(120);
    const handler = open();
    const first = await ask(handler);
    expect(first.html.match(/<tr /gu)).toHaveLength(51);
    expect(read(first)).toMatch(/All 121 Held 1 Failing 24 .*1 to 50 of 121 districts, by name/u);
    expect(read(first)).toMatch(/Page 1 of 3 Next page Last page/u);
    const last = await ask(handler, '?page=3');
    expect(last.html.match(/<tr /gu)).toHaveLength(22);
    expect(last.html).toMatch(/<title>Districts, page 3 · Clever sync</u);
    for (const page of ['4', '0', '-1', 'x', '99999999999']) {
      expect((await ask(handler, `?page=${page}`)).status).toBe(200);
    }
    expect(read(await ask(handler, '?page=9'))).toContain('101 to 121 of 121');
  });

  it('are found by name, id and state, also together', async () => {
    await addDistricts(120);
    const handler = open();
    expect(read(await ask(handler, '?search=%20district%2011%20'))).toMatch(/All 11 .* 11 districts, by name/u);
    expect(read(await ask(handler, '?search=x120'))).toMatch(/ 1 district, by name .*District 120/u);
    const both = await ask(handler, '?search=District+1&state=failing');
    expect(read(both)).toMatch(/Districts: failing .*All 32 Failing 7 .* 7 districts/u);
    expect(both.html).toContain('<input type="hidden" name="state" value="failing">');
    expect(both.html).toContain('<a href="?search=District+1&#38;state=failing" aria-current="page">');
    expect(read(await ask(handler, '?search=nothing'))).toContain('No district is found.');
    expect(read(await ask(handler, '?state=sleeping'))).toContain('121 districts');
    expect(read(await ask(handler, '?state=__proto__'))).toContain('121 districts');
    expect(read(await ask(handler, '?search=x%00120'))).toMatch(/ 1 district, by name .*District 120/u);
    expect(await ask(handler, '?district=x%00')).toMatchObject({ status: 404 });
    await database.reset();
    expect(read(await ask(handler))).toContain('No district has been synced yet.');
  });

  it('that wait for a worker are noticed', async () => {
    const waiting = async (since: string): Promise<boolean> => {
      await database.ask(`update clever.sync_districts set asked_at = null, next_sync_at = now() - $1::interval`, [
        since,
      ]);
      return read(await ask(open())).includes('Either no worker runs');
    };
    expect([await waiting('5 minutes'), await waiting('12 minutes')]).toEqual([false, true]);
    expect(read(await ask(open()))).toMatch(/A district is due since [\d-]+ [\d:]+ UTC 12 minutes ago \./u);
  });

  it('show their runs in pages, and what holds them', async () => {
    const { districtId, held } = shared;
    await database.ask(
      `insert into clever.runs (district_id, mode, reason, state, created, updated, restored, archived, requests, started_at, ended_at)
      select $1, 'events', 'events since the last run', 'done', 1000 + n, 2, 3, 4, 5, now() - interval '1 hour', now()
      from generate_series(1, 30) as n`,
      [districtId],
    );
    const handler = open();
    const page = await ask(handler, `?district=${districtId}`);
    expect(read(page)).toMatch(/events since the last run done [\d-]+ [\d:]+ UTC 1 hour ago 1 h 0 min 1,030 2 3 4 5 /u);
    expect(page.html).toContain(`Look at the plan of run ${held}`);
    const [, older = ''] = /href="([^"]*)">Older runs/u.exec(page.html) ?? [];
    const next = read(await ask(handler, older.replaceAll('&#38;', '&')));
    expect(next).toMatch(/full: events take away more than the guard allows held .*full: first run done/u);
    expect(next).not.toContain('Older runs');
  });

  it('show failures with what they mean, and what to do', async () => {
    const { districtId } = shared;
    for (const code of [...Object.keys(CATALOGUE), 'unknown', 'toString', '{state}']) {
      await database.ask('update clever.sync_districts set failures = 3, last_error_code = $1', [code]);
      const text = read(await ask(open(), `?district=${districtId}`));
      expect(text).toMatch(/ 3 failed runs in a row .*: [A-Z4].{20,}\. [A-Z`].{10,}\. Runs /u);
      expect(text.replaceAll(code, '')).not.toMatch(/\{\w*\}|undefined/u);
    }
  });
});

describe('a run', () => {
  it('shows its plan, and why it is held', async () => {
    const { sync, held } = shared;
    const text = read(await ask(open(), `?run=${held}`));
    const [run] = await sync.runs({ run: held });
    const { before = 0, archived = 0 } = run?.plan?.kinds.users ?? {};
    const share = ((100 * archived) / before).toFixed(1);
    expect(text).toMatch(/Why the guard holds it One school would lose \d+ of its \d+ people \(\d+\.\d %\)\./u);
    expect(text).toMatch(new RegExp(` users ${before} 0 \\d+ 0 ${archived} ${share} % held `, 'u'));
    expect(text).toMatch(/ districts 1 0 .* schools .* terms .* courses .* users .* sections /u);
    expect(text).toContain(`Approve run ${held} …`);
  });

  it('says each reason of the guard in a sentence', async () => {
    const { held } = shared;
    const findings = [
      { scope: 'students', before: 1_000, gone: 300, reason: 'share' },
      { scope: 'sections', before: 100, gone: 70, reason: 'share' },
      { scope: 'terms', before: 4, gone: 4, reason: 'empty' },
    ];
    const plan = JSON.stringify({ kinds: {}, hash: 'h', verdict: { isHeld: true, findings } });
    await database.ask(`update clever.runs set plan = $1::jsonb where id = $2::bigint`, [plan, String(held)]);
    const text = read(await ask(open(), `?run=${held}`));
    expect(text).toContain('300 of 1,000 students would be gone (30.0 %).');
    expect(text).toContain('There would be 70 fewer sections than the 100 of before (70.0 %).');
    expect(text).toContain('All 4 terms would be gone.');
  });

  it('is approved after a question, in the name that the app says, and the next run applies it', async () => {
    const { sync, districtId, held } = await makeHeld();
    const handler = open();
    const question = await ask(handler, `?approve=${held}`);
    expect(read(question)).toMatch(
      /Approve run \d+\? .* \d+ records would be gone\. .*Approve run \d+ as ops@example\.com/u,
    );
    const sent = await send(handler, `?approve=${held}`, fieldsOf(question, `?approve=${held}`));
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `?run=${held}&done=approved`]);
    expect((await sync.runs({ run: held }))[0]?.approval).toMatchObject({ by: 'ops@example.com', isForThisPlan: true });
    const after = await ask(handler, sent.headers.get('location') ?? '');
    expect(read(after)).toMatch(/is approved\. .* Approved by ops@example\.com/u);
    expect(after.html).not.toContain('?approve=');
    expect(await sync.run(districtId)).toMatchObject({ outcome: 'done', run: held });
    expect(read(await ask(handler, `?run=${held}`))).toMatch(/State done .* Its plan/u);
    const late = await ask(handler, `?approve=${held}`);
    expect([late.status, read(late)]).toEqual([409, expect.stringContaining('does not wait for approval')]);
  });

  it('is not approved when its plan has changed since it was looked at', async () => {
    const { sandbox, sync, districtId, held } = await makeHeld();
    const handler = open();
    const fields = fieldsOf(await ask(handler, `?approve=${held}`), `?approve=${held}`);
    await unshare(sandbox, 1);
    expect((await sync.run(districtId)).run).toBe(held);
    const sent = await send(handler, `?approve=${held}`, fields);
    expect([sent.status, read(sent)]).toEqual([
      409,
      expect.stringContaining('The plan has changed since you looked at it.'),
    ]);
    expect((await sync.runs({ run: held }))[0]?.approval).toBeUndefined();
    const again = fieldsOf(sent, `?approve=${held}`);
    expect(again['hash']).not.toBe(fields['hash']);
    expect((await send(handler, `?approve=${held}`, again)).status).toBe(303);
  });

  it('that was left by its process goes on', async () => {
    await database.ask(`update clever.runs set state = 'applying', plan = null`);
    const text = read(await ask(open(), `?run=${shared.held}`));
    expect(text).toMatch(/State writing .* It is under way, or goes on where it stopped/u);
  });

  it('that was approved and has another plan by now says so', async () => {
    const { sync, held } = shared;
    await sync.approve(held, { by: 'first@example.com' });
    await database.ask(`update clever.runs set plan_hash = 'other'`);
    expect(read(await ask(open(), `?run=${held}`))).toContain('has changed since first@example.com approved it.');
  });
});

describe('run now', () => {
  it('asks for a run', async () => {
    const { sync, districtId } = shared;
    const handler = open({ authorize: ({ action }) => action !== 'approve' });
    await database.ask('update clever.sync_districts set asked_at = null');
    const fields = fieldsOf(await ask(handler, `?district=${districtId}`), `?request=${districtId}`);
    const sent = await send(handler, `?request=${districtId}`, fields);
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `?district=${districtId}&done=requested`]);
    expect((await sync.status())[0]?.askedAt).toBeInstanceOf(Date);
    const after = await ask(handler, sent.headers.get('location') ?? '');
    expect(after.html).toMatch(/role="status"[^>]*>The run is asked for/u);
    expect(read(after)).toMatch(/Asked for [\d-]+ [\d:]+ UTC/u);
  });

  it('knows no district that the tables do not have', async () => {
    const { sync } = shared;
    expect((await send(open(), '?request=unknown', { token: 'x' })).status).toBe(404);
    expect(await sync.status()).toHaveLength(1);
  });
});

describe('forms of other sites', () => {
  const FOREIGN: [string, Record<string, string>][] = [
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['a subdomain', { 'sec-fetch-site': 'same-site', origin: 'https://blog.example.com' }],
    ['a browser that says nothing of the site', { 'sec-fetch-site': 'none' }],
    ['another site, whose origin is forged', { 'sec-fetch-site': 'cross-site' }],
    ['another site in an old browser', { 'sec-fetch-site': '', origin: 'https://evil.example' }],
    ['a sandboxed frame', { 'sec-fetch-site': '', origin: 'null' }],
    ['the same host without TLS', { 'sec-fetch-site': '', origin: 'http://app.example.com' }],
    ['no browser', { 'sec-fetch-site': '', origin: '' }],
  ];

  it.for(FOREIGN)('%s: nothing is done', async ([_who, headers]) => {
    const { districtId, held } = shared;
    const handler = open();
    const approve = fieldsOf(await ask(handler, `?approve=${held}`), `?approve=${held}`);
    const request = fieldsOf(await ask(handler, `?district=${districtId}`), `?request=${districtId}`);
    const before = await stateOfTables();
    for (const [query, fields] of [
      [`?approve=${held}`, approve],
      [`?request=${districtId}`, request],
    ] as const) {
      const all = new Headers({ origin: 'https://app.example.com', ...headers });
      for (const [name, value] of [...all]) {
        if (value === '') {
          all.delete(name);
        }
      }
      const answer = await ask(handler, query, { method: 'POST', body: new URLSearchParams(fields), headers: all });
      expect([answer.status, read(answer)]).toEqual([403, expect.stringContaining('does not come from this page')]);
    }
    expect(await stateOfTables()).toEqual(before);
  });

  it('a browser that sends the origin alone is believed', async () => {
    const { held } = shared;
    const handler = open();
    const fields = fieldsOf(await ask(handler, `?approve=${held}`), `?approve=${held}`);
    const answer = await ask(handler, `?approve=${held}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin: 'https://app.example.com' },
    });
    expect(answer.status).toBe(303);
  });

  it('a token works for one person, run, plan and action, under one secret, for a time', async () => {
    const { sync, districtId, held } = shared;
    const handler = open();
    const approve = fieldsOf(await ask(handler, `?approve=${held}`), `?approve=${held}`);
    const request = fieldsOf(await ask(handler, `?district=${districtId}`), `?request=${districtId}`);
    const before = await stateOfTables();
    const refused = async (given: Record<string, string>, page = handler): Promise<void> => {
      const answer = await send(page, `?approve=${held}`, given);
      expect([answer.status, read(answer)]).toEqual([409, expect.stringContaining('Nothing is approved yet.')]);
    };
    const { token = '', hash = '' } = approve;
    const [time = '', mac = ''] = token.split('.');
    const flipped = `${mac.slice(0, -1)}${mac.endsWith('0') ? '1' : '0'}`;
    for (const forged of ['', 'x', token.slice(1), `${token} `, `${time}.${flipped}`, `zz${time}.${mac}`, `.${mac}`]) {
      await refused({ token: forged, hash });
    }
    await refused({ hash });
    await refused({ token });
    await refused({ token, hash: `${hash}x` });
    await refused({ token: request['token'] ?? '', hash });
    await refused(approve, open({ authorize: () => ({ by: 'other@example.com' }) }));
    await refused(approve, open({ secret: 'another'.repeat(5) }));
    await refused(approve, statusPage(sync, { authorize: asOps }));
    const crossed = await send(handler, `?request=${districtId}`, approve);
    expect([crossed.status, read(crossed)]).toEqual([409, expect.stringContaining('Nothing was done.')]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 12 * 3_600_000 + 60_000 });
    await refused(approve);
    vi.setSystemTime(Date.now() - 3_600_000);
    expect(await stateOfTables()).toEqual(before);
    expect((await send(handler, `?approve=${held}`, approve)).status).toBe(303);
  });

  it('a page with the same secret in another process takes the form', async () => {
    const { held } = shared;
    const fields = fieldsOf(await ask(open(), `?approve=${held}`), `?approve=${held}`);
    expect((await send(open(), `?approve=${held}`, fields)).status).toBe(303);
  });

  it('GET and HEAD change nothing', async () => {
    const { districtId, held } = shared;
    const handler = open();
    const { token = '', hash = '' } = fieldsOf(await ask(handler, `?approve=${held}`), `?approve=${held}`);
    const before = await stateOfTables();
    for (const method of ['GET', 'HEAD']) {
      for (const query of [
        '',
        `?run=${held}`,
        `?approve=${held}&token=${token}&hash=${hash}`,
        `?request=${districtId}&token=${token}`,
        `?district=${districtId}&done=requested`,
        `?run=${held}&done=approved`,
      ]) {
        const { status, html } = await ask(handler, query, { method });
        expect([status, html === '']).toEqual([200, method === 'HEAD']);
      }
    }
    expect(await stateOfTables()).toEqual(before);
    expect(read(await ask(handler, `?run=${held}&done=approved`))).not.toContain('is approved');
  });
});

describe('what it answers', () => {
  it.for(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('405 to %s', async (method) => {
    const { status, headers } = await ask(open(), '', { method });
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
  });

  it('405 to a POST where no form leads', async () => {
    const { status, headers } = await send(open(), '?district=x', {});
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it.for([
    '?district=unknown',
    '?district=',
    '?run=999999',
    '?run=0',
    '?run=1e3',
    '?run=',
    '?run=99999999999999999999',
    '?run=1%20or%201',
    '?approve=x',
    '?request=unknown',
  ])('404 to %s', async (query) => {
    const answer = await ask(open(), query);
    expect([answer.status, read(answer)]).toEqual([404, expect.stringContaining('Not found')]);
    expect(answer.html).not.toContain('1e3');
  });

  it('400 to a body that is no form, or too long', async () => {
    const { held } = shared;
    const handler = open();
    const headers = { 'sec-fetch-site': 'same-origin' };
    const json = { method: 'POST', body: '{}', headers: { ...headers, 'content-type': 'application/json' } };
    expect((await ask(handler, `?approve=${held}`, json)).status).toBe(400);
    const long = { method: 'POST', body: new URLSearchParams({ token: 'x'.repeat(5_000) }), headers };
    expect((await ask(handler, `?approve=${held}`, long)).status).toBe(400);
  });

  it('503 without details when the database does not answer, and rejects with any other error', async () => {
    const store = { ...savepointStore(database.db), query: () => Promise.reject(new Error('host db.example.com')) };
    const broken = createRosterSync({ districts: [], store });
    const answer = await ask(open({}, broken));
    expect([answer.status, read(answer)]).toEqual([503, expect.stringContaining('The database did not answer')]);
    expect(answer.html).not.toContain('db.example.com');
    const odd = open({}, { ...shared.sync, summary: () => Promise.reject(new TypeError('a mistake')) });
    await expect(odd(new Request(MOUNT))).rejects.toThrow('a mistake');
  });

  it('has the headers that keep a page to itself, whatever it answers', async () => {
    const { districtId, held } = shared;
    const handler = open();
    const nonces = new Set<string>();
    for (const answer of [
      await ask(handler),
      await ask(handler, `?district=${districtId}`),
      await ask(handler, `?approve=${held}`),
      await ask(handler, '?run=999'),
      await ask(handler, '', { method: 'PUT' }),
      await send(handler, `?approve=${held}`, {}, { 'sec-fetch-site': 'cross-site' }),
      await ask(open({ authorize: () => false })),
    ]) {
      const policy = answer.headers.get('content-security-policy') ?? '';
      const [, nonce = ''] =
        /^default-src 'none'; style-src 'nonce-([\w-]{43})'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/u.exec(
          policy,
        ) ?? [];
      expect(answer.html).toContain(`<style nonce="${nonce}">`);
      nonces.add(nonce);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'cache-control': 'no-store',
        'content-type': 'text/html; charset=utf-8',
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      expect(answer.headers.has('set-cookie')).toBe(false);
      expect(answer.html).not.toMatch(/<script|<img|<link|style="|https?:|\son\w+=/u);
    }
    expect(nonces.size).toBe(7);
  });

  it('leads to queries of its own path alone, so that it works wherever it is mounted', async () => {
    const { districtId, held } = shared;
    const handler = open();
    await addDistricts(120);
    for (const query of ['', '?page=2', `?district=${districtId}`, `?run=${held}`, `?approve=${held}`]) {
      const { html } = await ask(handler, query);
      const addresses = [...html.matchAll(/(?:href|action)="([^"]*)"/gu)].map(([, address = '']) => address);
      expect(addresses.length).toBeGreaterThan(1);
      expect(addresses.filter((address) => !/^(?:\?|#main$)/u.test(address))).toEqual([]);
    }
  });

  it('escapes what comes from outside, wherever it is shown', async () => {
    const { sync, districtId, held } = shared;
    await database.ask('update clever.sync_districts set name = $1, last_error_code = $1, failures = 1', [HOSTILE]);
    await database.ask('update clever.runs set reason = $1, error_code = $1', [HOSTILE]);
    await sync.approve(held, { by: HOSTILE });
    await database.ask(`update clever.runs set plan_hash = 'other'`);
    const handler = open({ authorize: () => ({ by: HOSTILE }) });
    for (const query of [
      '',
      `?search=${encodeURIComponent('"><script>')}`,
      `?district=${districtId}`,
      `?run=${held}`,
      `?approve=${held}`,
    ]) {
      const { status, html } = await ask(handler, query);
      expect(status).toBe(200);
      expect(html).not.toMatch(/<script|<b id|"">/u);
      expect(html).toContain('&#34;&#62;&#60;script&#62;');
    }
  });

  it('shows no person, no token and no secret', async () => {
    const { sandbox, sync, districtId, held } = shared;
    await sync.approve(held, { by: 'ops@example.com' });
    const handler = open();
    const pages: string[] = [];
    for (const query of ['', `?district=${districtId}`, `?run=${held}`, `?approve=${held}`, '?run=1']) {
      pages.push((await ask(handler, query)).html);
    }
    const text = pages.join('\n');
    const { clientId, clientSecret } = sandbox.clientOptions();
    const people = sandbox.people({ limit: 1_000 });
    expect(people.length).toBeGreaterThan(90);
    const marks = [
      clientId,
      clientSecret,
      SECRET,
      ...sandbox.districts.map(({ token }) => token),
      ...people.flatMap(({ id, email, name }) => [
        id,
        email,
        name.last === undefined ? undefined : `${name.first} ${name.last}`,
      ]),
    ];
    expect(marks.filter((mark) => mark !== undefined && mark !== '' && text.includes(mark))).toEqual([]);
  });

  it("works on Node's http, with the bodies of its forms", async () => {
    const { held } = shared;
    const handle = toNodeHandler(open());
    const server = createServer((request, response) => {
      handle(request, response).catch(() => response.writeHead(599).end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const html = await (await fetch(`${origin}/x/?approve=${held}`)).text();
    const fields = fieldsOf({ status: 200, headers: new Headers(), html }, `?approve=${held}`);
    const sent = await fetch(`${origin}/x/?approve=${held}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin },
      body: new URLSearchParams(fields),
    });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `?run=${held}&done=approved`]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
