import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SMALL, toCsv } from '../sandbox/csv/upload.js';
import { LOCALHOST, trustLocalhost } from '../support/certificate.js';
import { folderFor, runCommand } from './support.js';

const variable = (out: string, name: string): string => new RegExp(`^${name}=(.+)$`, 'mu').exec(out)?.[1] ?? '';

describe('clever-sdk sandbox', () => {
  it('prints credentials that work, and stops', async () => {
    const statuses: number[] = [];
    const { code, out } = await runCommand(['sandbox', '--port', '0', '--students', '50', '--seed', '3'], {
      onOut: async (text, stop) => {
        if (text.includes('Stopped')) {
          return;
        }
        const api = variable(text, 'CLEVER_API_ORIGIN');
        const basic = btoa(`${variable(text, 'CLEVER_CLIENT_ID')}:${variable(text, 'CLEVER_CLIENT_SECRET')}`);
        const asked = [
          fetch(`${api}/v3.1/users`, {
            headers: { authorization: `Bearer ${variable(text, 'CLEVER_DISTRICT_TOKEN')}` },
          }),
          fetch(`${variable(text, 'CLEVER_AUTH_ORIGIN')}/oauth/tokens?owner_type=district`, {
            headers: { authorization: `Basic ${basic}` },
          }),
        ];
        statuses.push(...(await Promise.all(asked)).map(({ status }) => status));
        stop();
      },
    });
    expect(statuses).toEqual([200, 200]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Clever sandbox: http:\/\/127\.0\.0\.1:\d+\n/u);
    await expect(fetch(variable(out, 'CLEVER_API_ORIGIN'))).rejects.toThrow(TypeError);
  });

  it('prints everything as JSON', async () => {
    const { code, out } = await runCommand(['sandbox', '--port', '0', '--students', '50', '--json'], {
      onOut: (_, stop) => stop(),
    });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/u),
      districts: [
        { id: expect.any(String), name: expect.any(String), connection: 'district' },
        { id: expect.any(String), name: expect.any(String), connection: 'library' },
      ],
      env: expect.objectContaining({ CLEVER_DISTRICT_TOKEN: expect.stringMatching(/^[\da-f]{40}$/u) }),
    });
  });

  it("serves Clever's upload files, or says what is wrong with them, without a value", async () => {
    const folder = folderFor();
    for (const [file, rows] of Object.entries(SMALL)) {
      writeFileSync(join(folder, file), toCsv(rows));
    }
    const good = await runCommand(['sandbox', '--port', '0', '--csv', folder, '--json'], {
      onOut: (_, stop) => stop(),
    });
    expect([good.code, good.err]).toEqual([0, '']);
    expect(JSON.parse(good.out)).toMatchObject({ districts: [{ connection: 'district' }] });
    writeFileSync(join(folder, 'enrollments.csv'), 'School_id,Section_id,Student_id\nA,X,unknown\n');
    const bad = await runCommand(['sandbox', '--port', '0', '--csv', folder, '--csv-strict']);
    expect([bad.code, bad.out]).toEqual([1, '']);
    expect(bad.err).toMatch(/^error: The CSV upload has .*nothing was loaded\.\n- enrollments\.csv.*2/u);
    expect(bad.err).not.toContain('unknown');
    const both = await runCommand(['sandbox', '--csv', folder, '--students', '5']);
    expect([both.code, both.err]).toEqual([
      2,
      expect.stringContaining('--students and --districts are for invented districts'),
    ]);
  });

  it("loads what is right of Clever's upload files, and lists what it left out, in short", async () => {
    const folder = folderFor();
    const [ada = {}] = SMALL['students.csv'] ?? [];
    const kinds = Array.from({ length: 30 }, (_, index) => [`Canary ${index}`, 'x']);
    const files = {
      ...SMALL,
      'schools.csv': SMALL['schools.csv']?.map((row) => ({ ...row, ...Object.fromEntries(kinds) })) ?? [],
      'students.csv': [
        ...(SMALL['students.csv'] ?? []),
        ...Array.from({ length: 2_000 }, (_, index) => ({ ...ada, Student_id: `c${index}`, Grade: 'canary' })),
        { ...ada, Student_id: 'canary', Last_name: '' },
      ],
    };
    for (const [file, rows] of Object.entries(files)) {
      writeFileSync(join(folder, file), toCsv(rows));
    }
    const start = (...more: string[]) =>
      runCommand(['sandbox', '--port', '0', '--csv', folder, ...more], { onOut: (_, stop) => stop() });
    const { code, out, err } = await start();
    expect([code, out]).toEqual([0, expect.stringContaining('CLEVER_DISTRICT_TOKEN=')]);
    const lines = err.trimEnd().split('\n');
    expect(lines[0]).toBe(
      'warning: The CSV upload has 2,031 problems. What is wrong was left out; the rest is loaded.',
    );
    expect(lines[1]).toMatch(/^- schools\.csv, line 1, column 6: is not one of Clever's columns/u);
    expect(lines.at(-1)).toBe('- … and 2,011 more: --json lists them all.');
    expect(lines).toHaveLength(22);
    writeFileSync(join(folder, 'schools.csv'), toCsv(SMALL['schools.csv'] ?? []));
    expect((await start()).err.split('\n').map((line) => line.slice(0, 62))).toEqual([
      'warning: The CSV upload has 2,001 problems. What is wrong was ',
      expect.stringMatching(/^- students\.csv, line 4, Grade: is not a grade/u),
      '  The same in lines 5, 6, 7, 8, 9 and 1,994 more.',
      '- students.csv, line 2004, Last_name: is empty; every row needs a value here.'.slice(0, 62),
      '',
    ]);
    const narrow = await runCommand(['sandbox', '--port', '0', '--csv', folder], {
      onOut: (_, stop) => stop(),
      terminal: { progress: { columns: 40 } as NodeJS.WriteStream },
    });
    const broken = narrow.err.trimEnd().split('\n');
    expect(Math.max(...broken.map(({ length }) => length))).toBeLessThanOrEqual(40);
    expect(broken.slice(0, 4)).toEqual([
      'warning: The CSV upload has 2,001',
      'problems. What is wrong was left out;',
      'the rest is loaded.',
      '- students.csv, line 4, Grade: is not a',
    ]);
    expect(broken[4]).toMatch(/^ {2}grade; write one of: InfantToddler,/u);
    const json = await start('--json');
    expect(json.err).toBe('');
    expect(JSON.parse(json.out)).toMatchObject({ districts: [{}], problems: { length: 2_001 } });
    for (const text of [out, err, json.out]) {
      expect(text).not.toMatch(/canary/iu);
    }
  });

  it('prints no list for files without problems, and refuses an upload without a file', async () => {
    const folder = folderFor();
    for (const [file, rows] of Object.entries(SMALL)) {
      writeFileSync(join(folder, file), toCsv(rows));
    }
    const good = await runCommand(['sandbox', '--port', '0', '--csv', folder], { onOut: (_, stop) => stop() });
    expect([good.code, good.err]).toEqual([0, '']);
    writeFileSync(join(folder, 'enrollments.csv'), '');
    const bad = await runCommand(['sandbox', '--port', '0', '--csv', folder]);
    expect([bad.code, bad.out]).toEqual([1, '']);
    expect(bad.err).toMatch(/^error: The CSV upload has one problem; nothing was loaded\.\n- enrollments\.csv/u);
    const without = await runCommand(['sandbox', '--csv-strict']);
    expect([without.code, without.err]).toEqual([2, expect.stringContaining('name their folder with --csv')]);
  });

  it('has new credentials at each start for files, unless a state file keeps them', async () => {
    const folder = folderFor();
    for (const [file, rows] of Object.entries(SMALL)) {
      writeFileSync(join(folder, file), toCsv(rows));
    }
    const start = async (...more: string[]): Promise<[string | undefined, string | undefined]> => {
      const argv = ['sandbox', '--port', '0', '--json', ...more];
      const { out } = await runCommand(argv, { onOut: (_, stop) => stop() });
      const { env } = JSON.parse(out) as { env: Record<string, string> };
      return [env['CLEVER_CLIENT_SECRET'], env['CLEVER_DISTRICT_TOKEN']];
    };
    const [one, two] = [await start('--csv', folder), await start('--csv', folder)];
    expect(one[0]).not.toBe(two[0]);
    expect(one[1]).not.toBe(two[1]);
    const kept = ['--csv', folder, '--state', join(folderFor(), 'sandbox.json')];
    expect(await start(...kept)).toEqual(await start(...kept));
    expect(await start('--students', '20')).toEqual(await start('--students', '20'));
    const { out } = await runCommand(['sandbox', '--port', '0', '--csv', folder], { onOut: (_, stop) => stop() });
    expect(out).toContain('credentials are new at each start');
    expect(out).not.toContain('No person in this sandbox exists');
  });

  it('answers at the hosts that are named', async () => {
    const { code } = await runCommand(['sandbox', '--port', '0', '--students', '20', '--hosts', 'a.test,b.test'], {
      onOut: (_, stop) => stop(),
    });
    expect(code).toBe(0);
    const wrong = await runCommand(['sandbox', '--port', '0', '--students', '20', '--hosts', 'http://a.test']);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('--hosts takes host names')]);
  });

  it('continues where the last one was stopped', async () => {
    const file = join(folderFor(), 'sandbox.json');
    const counts: number[] = [];
    const argv = ['sandbox', '--port', '0', '--state', file, '--json'];
    /** Sends a request, logs in the person of a browser, and stops. */
    const once = (...more: string[]) =>
      runCommand([...argv, ...more], {
        onOut: async (out, stop) => {
          const { env } = JSON.parse(out) as { env: Record<string, string> };
          const [api, token] = [env['CLEVER_API_ORIGIN'], env['CLEVER_DISTRICT_TOKEN']];
          const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
          const { data } = (await (await fetch(`${api}/v3.1/sections?limit=1`, { headers })).json()) as {
            data: { data: { id: string } }[];
          };
          const section = data[0]?.data.id;
          const assignment = { title: 't', description: 'd', due_date: '2026-12-01' };
          const path = `${api}/v3.1/sections/${section}/assignments`;
          const { status } = await fetch(path, { method: 'POST', headers, body: JSON.stringify(assignment) });
          counts.push(status);
          stop();
        },
      });
    const first = await once('--seed', '3', '--students', '50');
    expect([first.code, statSync(file).mode & 0o777, existsSync(`${file}.tmp`)]).toEqual([0, 0o600, false]);
    const before = readFileSync(file, 'utf8');
    // The file holds seed and size.
    const second = await once();
    expect([second.code, JSON.parse(second.out).districts]).toEqual([0, JSON.parse(first.out).districts]);
    expect(readFileSync(file, 'utf8').length).toBeGreaterThan(before.length);
    expect(counts).toEqual([counts[0], counts[0]]);
    const other = await once('--seed', '4');
    expect([other.code, other.out]).toEqual([1, '']);
    expect(other.err).toContain('seed');
  });

  it('saves a change while it runs', async () => {
    const file = join(folderFor(), 'sandbox.json');
    let waits = 0;
    let token = '';
    await runCommand(['sandbox', '--port', '0', '--students', '50', '--state', file, '--json'], {
      onOut: (out) => {
        token = (JSON.parse(out) as { env: Record<string, string> }).env['CLEVER_DISTRICT_TOKEN'] ?? '';
      },
      onSleep: (_, stop) => {
        waits += 1;
        if (waits === 2) {
          stop();
        }
      },
    });
    expect(token).not.toBe('');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      version: 1,
      students: 50,
      state: expect.any(Object),
    });
  });

  it.each(['', 'not JSON', '{"name":"package"}', 'null'])(
    'does not overwrite a file that holds something else: %j',
    async (text) => {
      const file = join(folderFor(), 'package.json');
      writeFileSync(file, text, { mode: 0o600 });
      const { code, err } = await runCommand(['sandbox', '--port', '0', '--state', file]);
      expect([code, err, readFileSync(file, 'utf8')]).toEqual([2, expect.stringContaining('holds no sandbox'), text]);
    },
  );

  it('says so when the port is taken, and exits with 1', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const { code, err } = await runCommand(['sandbox', '--port', String(port)]);
    expect(code).toBe(1);
    expect(err).toContain(`port ${port} is taken`);
    await new Promise((resolve) => other.close(resolve));
  });
});

interface Started {
  readonly url: string;
  readonly districts: readonly { readonly connection: string }[];
  readonly env: Readonly<Record<string, string>>;
}

/** Starts a sandbox with options, asks it something, and stops it. */
async function whileRunning<T>(
  argv: readonly string[],
  use: (started: Started) => Promise<T>,
  env: Readonly<Record<string, string>> = {},
): Promise<T> {
  let result: T | undefined;
  const { code, err } = await runCommand(['sandbox', '--port', '0', '--json', ...argv], {
    env,
    onOut: async (out, stop) => {
      result = await use(JSON.parse(out) as Started);
      stop();
    },
  });
  expect([code, err]).toEqual([0, '']);
  return result as T;
}

async function read(url: string, token?: string): Promise<{ status: number; headers: Headers; body: unknown }> {
  const response = await fetch(url, {
    redirect: 'manual',
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

const SMALL_DISTRICT = ['--students', '20'];

describe('clever-sdk sandbox --redirect-uri', () => {
  const [one, two] = ['http://localhost:5173/auth/callback', 'https://app.example/callback?tenant=1'];
  const primaryOf = (argv: readonly string[], env = {}) =>
    whileRunning([...SMALL_DISTRICT, ...argv], async (started) => started.env['CLEVER_REDIRECT_URI'], env);

  it('may be repeated, the primary one first', async () => {
    const statuses = await whileRunning(
      [...SMALL_DISTRICT, '--redirect-uri', one, '--redirect-uri', two],
      async ({ url, env }) => {
        expect(env['CLEVER_REDIRECT_URI']).toBe(one);
        const login = (uri: string) =>
          `${url}/oauth/authorize?${new URLSearchParams({
            ...{ response_type: 'code', client_id: env['CLEVER_CLIENT_ID'] ?? '', redirect_uri: uri },
          })}`;
        return await Promise.all([one, two, `${one}/`].map(async (uri) => (await read(login(uri))).status));
      },
    );
    expect(statuses).toEqual([200, 200, 400]);
  });

  it('is CLEVER_REDIRECT_URI by default, of the environment or of a file', async () => {
    const file = join(folderFor(), '.env');
    writeFileSync(file, `OTHER=x\nCLEVER_CLIENT_ID=ignored\nCLEVER_REDIRECT_URI=${two}\n`);
    expect(await primaryOf([], { CLEVER_REDIRECT_URI: one })).toBe(one);
    expect(await primaryOf(['--settings', file])).toBe(two);
    expect(await primaryOf(['--settings', file], { CLEVER_REDIRECT_URI: one })).toBe(one);
    expect(await primaryOf(['--redirect-uri', two], { CLEVER_REDIRECT_URI: one })).toBe(two);
    expect(await primaryOf([], { CLEVER_REDIRECT_URI: '' })).toBe('http://localhost:3000/auth/clever/callback');
  });

  it('says how to add one when none was named', async () => {
    const printed = async (...more: string[]): Promise<string> =>
      (await runCommand(['sandbox', '--port', '0', ...SMALL_DISTRICT, ...more], { onOut: (_, stop) => stop() })).out;
    expect(await printed()).toContain('Another redirect URI: --redirect-uri');
    const named = await printed('--redirect-uri', one);
    expect([named.includes('Another redirect URI'), named.includes(`Redirect URI: ${one}\n`)]).toEqual([false, true]);
  });

  it('must be an absolute URI', async () => {
    for (const [argv, env, message] of [
      [['--redirect-uri', 'CANARY'], {}, "option '--redirect-uri <uri>': the value is invalid"],
      [['--redirect-uri', 'https://a.example/#CANARY'], {}, 'without a fragment'],
      [[], { CLEVER_REDIRECT_URI: 'CANARY' }, 'CLEVER_REDIRECT_URI must be an absolute URI'],
      [['--settings', '/nowhere/.env'], {}, 'cannot be read'],
    ] as const) {
      const { code, out, err } = await runCommand(['sandbox', '--port', '0', ...argv], { env });
      expect([code, out, err.includes('CANARY')]).toEqual([2, '', false]);
      expect(err).toContain(message);
    }
  });
});

describe('clever-sdk sandbox with options of createSandbox()', () => {
  it('names the app, and takes a client id', async () => {
    const argv = ['--app-name', 'Reading log', '--client-id', 'an-app', ...SMALL_DISTRICT];
    const page = await whileRunning(argv, async ({ url, env }) => {
      expect(env['CLEVER_CLIENT_ID']).toBe('an-app');
      return (await read(`${url}/`)).body;
    });
    expect(page).toContain('Ways to log in to Reading log');
  });

  it('switches on OpenID Connect', async () => {
    const status = (...argv: string[]) =>
      whileRunning([...SMALL_DISTRICT, ...argv], async ({ url }) => (await read(`${url}/oauth/certs`)).status);
    expect([await status(), await status('--oidc')]).toEqual([404, 200]);
  });

  it('switches off events, also those of a state file', async () => {
    const file = join(folderFor(), 'sandbox.json');
    const isOn = (...argv: string[]) =>
      whileRunning([...SMALL_DISTRICT, '--state', file, ...argv], async ({ url, env, districts: [district] }) => {
        const { id: districtId = '' } = district as unknown as { id: string };
        await fetch(`${url}/sandbox/districts`, {
          method: 'POST',
          body: new URLSearchParams({ district_id: districtId, change: 'rename' }),
        });
        const { body } = await read(`${url}/v3.1/events?limit=10000`, env['CLEVER_DISTRICT_TOKEN']);
        return (body as { data: unknown[] }).data.length;
      });
    expect(await isOn('--events', 'off')).toBe(0);
    expect(await isOn()).toBe(0);
    expect(await isOn('--events', 'on')).toBe(1);
    expect(await isOn('--events', 'off')).toBe(1);
  });

  it('has several districts, what they share, and the default ones with the same data', async () => {
    const file = join(folderFor(), 'sandbox.json');
    const argv = [...SMALL_DISTRICT, '--seed', '3'];
    const usersOf = (...more: string[]) =>
      whileRunning([...argv, ...more], async ({ url, env, districts }) => ({
        kinds: districts.map(({ connection }) => connection),
        all: districts,
        users: (await read(`${url}/v3.1/users?limit=1`, env['CLEVER_DISTRICT_TOKEN'])).status,
        student: (
          (await read(`${url}/v3.1/users?role=student&limit=1`, env['CLEVER_DISTRICT_TOKEN'])).body as {
            data?: [{ data: { roles: { student: object } } }];
          }
        ).data?.[0].data.roles.student,
        attendance: (await read(`${url}/v3.1/attendance/schools/x`, env['CLEVER_DISTRICT_TOKEN'])).status,
      }));
    const usual = await usersOf();
    const shared = await usersOf('--sensitive', 'frl_status', '--attendance', 'off');
    expect(shared.all).toEqual(usual.all);
    expect([Object.keys(usual.student ?? {}), Object.keys(shared.student ?? {})]).toEqual([
      expect.not.arrayContaining(['frl_status']),
      expect.arrayContaining(['frl_status']),
    ]);
    expect(shared.student).not.toHaveProperty('iep_status');
    expect(shared.attendance).toBe(404);
    const many = await usersOf('--districts', '3', '--tier', 'sso', '--state', file);
    expect([many.kinds, many.users]).toEqual([['district', 'district', 'district', 'library'], 404]);
    // The file holds their number, and not what they share.
    expect((await usersOf('--state', file)).all).toEqual(many.all);
    expect((await usersOf('--connection', 'both')).kinds).toEqual(['both', 'library']);
    expect((await usersOf('--connection', 'library')).kinds).toEqual(['library', 'library']);
    const unknown = await runCommand(['sandbox', '--port', '0', '--sensitive', 'CANARY']);
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('--sensitive takes all, or names of')]);
    expect(unknown.err).not.toContain('CANARY');
  });

  it('shares sensitive fields of upload files', async () => {
    const folder = folderFor();
    for (const [name, rows] of Object.entries(SMALL)) {
      writeFileSync(join(folder, name), toCsv(rows));
    }
    const scopes = (...argv: string[]) =>
      whileRunning(['--csv', folder, ...argv], async ({ url, env }) => {
        const { body } = await read(`${url}/oauth/tokeninfo`, env['CLEVER_DISTRICT_TOKEN']);
        return (body as { scopes: string[] }).scopes;
      });
    expect(await scopes()).not.toContain('read:iep_status');
    expect(await scopes('--sensitive', 'all')).toContain('read:iep_status');
    const both = await runCommand(['sandbox', '--csv', folder, '--districts', '2']);
    expect([both.code, both.err]).toEqual([2, expect.stringContaining('--districts are for invented districts')]);
  });

  it('has limits and versions of its own', async () => {
    const argv = ['--rate-limit', '7', '--rate-window', '30', '--api-versions', 'v3.0', '--clock', '2026-09-01'];
    const seen = await whileRunning([...SMALL_DISTRICT, ...argv], async ({ url, env }) => {
      const token = env['CLEVER_DISTRICT_TOKEN'];
      const [old, recent] = [await read(`${url}/v3.0/districts`, token), await read(`${url}/v3.1/districts`, token)];
      const header = (name: string) => old.headers.get(name) ?? '';
      const ageMs = Date.parse(header('date')) - Date.UTC(2026, 8, 1);
      return [old.status, recent.status, header('x-ratelimit-limit'), ageMs >= 0 && ageMs < 60_000];
    });
    expect(seen).toEqual([200, 404, '7', true]);
  });

  it.for([
    ['--clock', 'tomorrow'],
    ['--clock', '2026-09-01T10:00'],
    ['--api-versions', 'v2.1'],
    ['--events', 'yes'],
    ['--tier', 'all'],
    ['--districts', '0'],
    ['--rate-window', '0'],
  ])('does not understand %s %s', async (argv) => {
    const { code, out } = await runCommand(['sandbox', '--port', '0', ...argv]);
    expect([code, out]).toEqual([2, '']);
  });
});

describe('clever-sdk sandbox with TLS', () => {
  it('listens with a certificate, and names its public address', async () => {
    trustLocalhost();
    const folder = folderFor();
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    writeFileSync(key, LOCALHOST.key);
    writeFileSync(cert, LOCALHOST.cert);
    const files = ['--https-key', key, '--https-cert', cert];
    const status = await whileRunning([...SMALL_DISTRICT, ...files], async ({ url, env }) => {
      expect([url.slice(0, 8), env['CLEVER_AUTH_ORIGIN']]).toEqual(['https://', url]);
      return (await read(`${url}/portal`)).status;
    });
    expect(status).toBe(200);
    const issuer = await whileRunning(
      [...SMALL_DISTRICT, '--oidc', '--public-url', 'https://clever.test'],
      async ({ url, env }) => {
        expect([url.slice(0, 7), env['CLEVER_API_ORIGIN']]).toEqual(['http://', 'https://clever.test']);
        return ((await read(`${url}/.well-known/openid-configuration`)).body as { issuer: string }).issuer;
      },
    );
    expect(issuer).toBe('https://clever.test');
    for (const [argv, message] of [
      [['--https-key', key], 'belong together'],
      [['--https-key', cert, '--https-cert', cert], 'must be a private key and its certificate'],
      [['--https-key', join(folder, 'none'), '--https-cert', cert], 'cannot be read (ENOENT)'],
      [['--public-url', 'https://clever.test/path'], 'the value is invalid'],
    ] as const) {
      const { code, err } = await runCommand(['sandbox', '--port', '0', ...SMALL_DISTRICT, ...argv]);
      expect([code, err]).toEqual([2, expect.stringContaining(message)]);
    }
  });

  it('sets how long a login lasts', async () => {
    const seen = await whileRunning([...SMALL_DISTRICT, '--login-lifetime', '1'], async ({ url, env }) => {
      const query = { response_type: 'code', client_id: env['CLEVER_CLIENT_ID'] ?? '', sandbox_role: 'teacher' };
      const redirectUri = env['CLEVER_REDIRECT_URI'] ?? '';
      const params = new URLSearchParams({ ...query, redirect_uri: redirectUri });
      const { headers } = await read(`${url}/oauth/authorize?${params}`);
      return new URL(headers.get('location') ?? '').searchParams.has('code');
    });
    expect(seen).toBe(true);
  });
});
