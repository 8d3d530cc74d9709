import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { request as sendRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCleverClient } from 'clever-sdk';
import { createSandbox, type ListeningSandbox } from 'clever-sdk/sandbox';
import { openPglite } from 'clever-sdk/sync';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { environmentOf, folderFor, type Outcome, runCommand, type World } from './support.js';

// A test runs several commands, and each opens its database.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const CANARY = 'Canary';

/** A district whose last run is held, with one person whose name is looked for in every page; and its database. */
let sandbox: ListeningSandbox;
let original: string;

beforeAll(async () => {
  sandbox = await createSandbox({ districts: [{ students: 60, seed: 5 }] }).listen();
  original = mkdtempSync(join(tmpdir(), 'clever-sdk-serve-'));
  const run = ['sync', 'run', '--database', join(original, 'roster')];
  const env = environmentOf(sandbox, 'app');
  const [{ users, token, changes }] = sandbox.districts;
  const [student] = sandbox.people({ role: 'student' });
  users.update(student?.id ?? '', { name: { first: CANARY, last: CANARY }, email: `${CANARY}@example.com` });
  await runCommand(run, { env });
  const { schools } = createCleverClient(sandbox.clientOptions()).district({ token });
  changes.unshareSchool({ school: (await schools.list().firstPage()).data[0]?.id ?? '' });
  expect((await runCommand(run, { env })).code).toBe(5);
});
afterAll(async () => {
  await sandbox.close();
  rmSync(original, { recursive: true, force: true });
});

/** A copy of the database, for one test. */
function folderOf(): string {
  const folder = folderFor();
  cpSync(original, folder, { recursive: true });
  return join(folder, 'roster');
}

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly cookie: string | undefined;
  readonly text: string;
}

/** Sends a request with any headers, which `fetch` does not. */
function send(url: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = sendRequest(url, { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location,
          cookie: response.headers['set-cookie']?.[0],
          text,
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Serves the page, and stops the command after the visit. */
async function serve(
  folder: string,
  visit: (url: string) => Promise<void>,
  argv: readonly string[] = [],
  world: World = {},
): Promise<Outcome> {
  return runCommand(['sync', 'status', '--serve', '--database', folder, ...argv], {
    env: { USER: 'ops' },
    onOut: async (out, stop) => {
      const [url] = /http:\/\/[^\s"]+/u.exec(out) ?? [];
      if (url !== undefined) {
        try {
          await visit(url);
        } finally {
          stop();
        }
      }
    },
    ...world,
  });
}

/** Exchanges the key for the cookie, as a browser does. */
async function enter(url: string): Promise<{ cookie: string }> {
  const { cookie = '' } = await send(url);
  return { cookie: cookie.split(';')[0] ?? '' };
}

describe('clever-sdk sync status --serve', () => {
  it('serves the page to the one who has the key, until it is stopped', async () => {
    const folder = folderOf();
    let [origin, address] = ['', ''];
    const { code, out, err } = await serve(folder, async (url) => {
      ({ origin } = new URL(url));
      address = url;
      for (const without of ['/', '/?key=', `/?key=${'x'.repeat(43)}`, '/?run=2', '/?approve=2']) {
        const refused = await send(origin + without);
        expect([refused.status, refused.cookie]).toEqual([403, undefined]);
        expect(refused.text).toMatch(/^Copy the address that the terminal has printed/u);
      }
      expect((await send(url, {}, 'POST')).status).toBe(403);
      expect((await send(`${origin}/`, { cookie: `clever_sync=${new URL(url).searchParams.get('key')}` })).status).toBe(
        403,
      );
      const entered = await send(url);
      expect([entered.status, entered.location]).toEqual([303, '/']);
      expect(entered.cookie).toMatch(/^clever_sync_[\da-f]{12}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/u);
      expect(entered.cookie).not.toContain(new URL(url).searchParams.get('key'));
      const headers = await enter(url);
      const page = await send(`${origin}/`, { cookie: `other=1; ${headers.cookie}; theme=dark` });
      expect([page.status, page.text]).toEqual([200, expect.stringContaining('Look at run 2')]);
      expect((await send(`${origin}/favicon.ico`, headers)).status).toBe(404);
      expect((await send(`${origin}/?run=2`, headers)).text).toContain('Approve run 2');
    });
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`Status page: ${address}\n`);
    expect(out).toContain('stored as those of ops.');
    expect(new URL(address).hostname).toBe('127.0.0.1');
    await expect(send(`${origin}/`)).rejects.toThrow();
    await using reopened = await openPglite(folder);
    expect((await reopened.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('answers under its own names alone, whatever a page brings', async () => {
    const folder = folderOf();
    await serve(folder, async (url) => {
      const { origin, port, search } = new URL(url);
      const headers = await enter(url);
      for (const host of ['evil.example', `evil.example:${port}`, `127.0.0.1.evil.example:${port}`, 'localhost.evil']) {
        for (const path of ['/', `/${search}`]) {
          const refused = await send(origin + path, { ...headers, host });
          expect([refused.status, refused.cookie]).toEqual([421, undefined]);
        }
      }
      expect((await send(`${origin}/`, { ...headers, host: `localhost:${port}` })).status).toBe(200);
    });
  });

  it('approves in the name of the user, by a form of its own page alone', async () => {
    const folder = folderOf();
    const pages: string[] = [];
    await serve(
      folder,
      async (url) => {
        const { origin, port } = new URL(url);
        const headers = await enter(url);
        for (const query of ['', `?district=${sandbox.districts[0].id}`, '?run=1', '?run=2', '?approve=2']) {
          pages.push((await send(`${origin}/${query}`, headers)).text);
        }
        const fields = [...(pages.at(-1) ?? '').matchAll(/name="(token|hash)" value="([^"]+)"/gu)];
        const body = new URLSearchParams(fields.map(([, name = '', value = '']) => [name, value])).toString();
        const form = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) };
        const post = (more: Record<string, string>): Promise<Answer> =>
          send(`${origin}/?approve=2`, { ...headers, ...form, ...more }, 'POST', body);
        // Another port of this machine is the same site, and another origin.
        expect((await post({ 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:1' })).status).toBe(403);
        expect((await post({ origin: 'http://127.0.0.1:1' })).status).toBe(403);
        expect((await post({ origin, host: `evil.example:${port}` })).status).toBe(421);
        const approved = await post({ origin });
        expect([approved.status, approved.location]).toEqual([303, '?run=2&done=approved']);
        pages.push((await send(`${origin}/?run=2`, headers)).text);
      },
      ['--by', 'Zoë <ops>'],
    );
    expect(pages.at(-1)).toContain('Zoë &#60;ops&#62;');
    const text = pages.join('\n');
    const people = sandbox.people({ limit: 1_000 }).flatMap(({ id, email }) => [id, email ?? '']);
    const marks = [CANARY, sandbox.districts[0].token, ...people].filter((mark) => mark !== '');
    expect(marks.filter((mark) => text.includes(mark))).toEqual([]);
    const env = environmentOf(sandbox, 'app');
    expect((await runCommand(['sync', 'run', '--database', folder], { env })).out).toMatch(/done: .*archived/u);
  });

  it('prints its address for programs, and listens on the port that is asked for', async () => {
    const folder = folderOf();
    let port = '';
    const first = await serve(
      folder,
      async (url) => {
        ({ port } = new URL(url));
      },
      ['--json'],
    );
    const [line = ''] = first.out.split('\n');
    expect(JSON.parse(line)).toEqual({ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?key=[\w-]{43}$/u) });
    const second = await serve(
      folder,
      async (url) => {
        expect(new URL(url).port).toBe(port);
      },
      ['--port', port],
    );
    expect(second.code).toBe(0);
  });

  it('says what it needs', async () => {
    const folder = folderOf();
    const visit = (): Promise<void> => Promise.reject(new Error('nothing is served'));
    const nameless = await serve(folder, visit, [], { env: {} });
    expect([nameless.code, nameless.err]).toEqual([2, expect.stringContaining('no user name: say with --by <name>')]);
    const taken = await serve(folder, visit, ['--port', new URL(sandbox.url).port]);
    expect([taken.code, taken.err]).toEqual([
      1,
      expect.stringMatching(/port \d+ is taken: choose another with --port/u),
    ]);
    for (const argv of [
      ['--port', '0'],
      ['--by', 'ops'],
    ]) {
      const plain = await runCommand(['sync', 'status', '--database', folder, ...argv]);
      expect([plain.code, plain.err]).toEqual([2, expect.stringContaining('add --serve')]);
    }
    const empty = join(folderFor(), 'empty');
    await (await openPglite(empty)).close();
    const tableless = await serve(empty, visit);
    expect([tableless.code, tableless.err]).toEqual([1, expect.stringContaining('clever-sdk sync run')]);
  });
});
