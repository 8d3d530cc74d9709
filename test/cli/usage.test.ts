import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import { VARIABLES } from '../../src/cli/session/environment.js';
import { EXIT_MEANINGS } from '../../src/cli/session/exit-codes.js';
import { environmentOf, folderFor, it, records, runCommand, sandboxFor } from './support.js';

const COMMANDS = ['sandbox', 'doctor', 'pull', 'events', 'sync', 'certify', 'login', 'completion'];
const TOKEN = '0123456789abcdef0123456789abcdef01234567';

describe('what is not understood', () => {
  it.each([
    [['sandbox', '--port', 'x'], /whole number, 0 to 65535/u],
    [['sandbox', '--port', '65536'], /whole number, 0 to 65535/u],
    [['sandbox', '--students', '0'], /whole number, 1 or more/u],
    [['sandbox', '--seed', '-1'], /whole number, 0 or more/u],
    [['sandbox', '--sede', '1'], /unknown option '--sede'/u],
    [['sandbox', 'extra'], /too many arguments/u],
    [['sandbxo'], /Did you mean sandbox\?/u],
    [['pull'], /missing required argument 'resource'/u],
    [['pull', 'children'], /Allowed choices are users, sections/u],
    [['pull', 'users', '--format', 'xml'], /Allowed choices are ndjson, csv/u],
    [['pull', 'users', '--page-size', '10001'], /whole number, 1 to 10000/u],
    [['pull', 'users', '--sensitive', 'a,,b'], /names with commas/u],
    [['doctor', '--api-version', 'v2.1'], /Allowed choices are v3.1, v3.0/u],
    [['completion', 'tcsh'], /Allowed choices are bash, zsh, fish, powershell/u],
    [[], /Usage: clever-sdk/u],
  ])('%j: exit 2 and a hint', async (argv, message) => {
    const { code, out, err } = await runCommand(argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).toMatch(/--help/u);
  });

  it.each([
    [['pull', 'schools', '--role', 'student'], /--role goes with users/u],
    [['pull', 'users', '--after', 'x'], /--after .* goes with events/u],
    [['pull', 'users', '--resume'], /--resume needs to know/u],
    [['events', '--sensitive', 'all'], /--sensitive goes with --data/u],
    [['pull', 'users', '--settings', '/nowhere/.env'], /cannot be read \(ENOENT\)/u],
    [['pull', 'users', '--sensitive', 'shoe_size'], /--sensitive takes all, or names of: ell_status/u],
  ])('%j: exit 2', async (argv, message) => {
    const { code, out, err } = await runCommand(argv, { env: { CLEVER_DISTRICT_TOKEN: TOKEN } });
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });

  it('is reported as JSON with --json', async () => {
    const { code, err } = await runCommand(['pull', 'children', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(err)).toEqual({ error: { code: 'usage', message: expect.stringContaining('Allowed choices') } });
  });
});

describe('help', () => {
  it('names every command and every exit code', async () => {
    const { code, out } = await runCommand(['--help']);
    expect(code).toBe(0);
    for (const command of COMMANDS) {
      expect(out).toMatch(new RegExp(`^ {2}${command}\\b`, 'mu'));
    }
    for (const [exitCode, meaning] of Object.entries(EXIT_MEANINGS)) {
      expect(out).toContain(exitCode);
      expect(out).toContain(meaning);
    }
    expect(out).not.toMatch(/^ {2}complete /mu);
  });

  it.each(COMMANDS)('of %s', async (command) => {
    const { code, out } = await runCommand([command, '--help']);
    expect(code).toBe(0);
    expect(out).toContain(`Usage: clever-sdk ${command}`);
  });

  it('of the guide names the same commands, exit codes and variables', () => {
    const guide = readFileSync(new URL('../../docs/guides/cli.md', import.meta.url), 'utf8');
    for (const command of COMMANDS) {
      expect(guide).toMatch(new RegExp(`^\\| \`${command}\\b`, 'mu'));
    }
    for (const [exitCode, meaning] of Object.entries(EXIT_MEANINGS)) {
      expect(guide).toContain(`| ${exitCode} | ${meaning} |`);
    }
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    for (const variable of Object.values(VARIABLES)) {
      expect(guide).toContain(variable);
      // Origins are commented out, because an empty one counts as unset.
      expect(example).toMatch(new RegExp(`^(?:# )?${variable}=`, 'mu'));
    }
  });

  it('prints its version', async () => {
    expect((await runCommand(['--version'])).out).toMatch(/^\d+\.\d+\.\d+/u);
  });
});

describe('secrets among the arguments', () => {
  it.each([
    ['a district token', ['pull', 'users', TOKEN]],
    ['a token after an option', ['pull', 'users', '--from', TOKEN]],
    ['a token after an equals sign', ['doctor', `--district=${TOKEN}`]],
    ["a person's token", ['events', `il${'a1B2'.repeat(10)}`]],
    ['a header', ['pull', 'users', `Bearer ${TOKEN}`]],
    ['a test token', ['pull', 'users', 'TEST_TOKEN']],
    ['an option for one', ['pull', 'users', '--token=hunter2hunter2']],
    ['an option for a secret', ['login', '--client-secret', 'hunter2hunter2']],
    ['an option for a secret, with its value', ['login', '--clientSecret=hunter2hunter2']],
    ['a short option for a token', ['login', '-token=hunter2hunter2']],
    ['a variable', ['pull', 'users', 'CLEVER_CLIENT_SECRET=hunter2hunter2']],
    ['a variable with a colon', ['pull', 'users', '--out', 'client_secret: hunter2hunter2']],
    ['JSON', ['pull', 'users', '--from', '{"access_token": "hunter2hunter2"}']],
    ['a whole header', ['pull', 'users', `Authorization: Bearer hunter2hunter2`]],
    ['a header of an app', ['pull', 'users', 'authorization: basic hunter2hunter2']],
    ['an address with credentials', ['pull', 'users', '--from', 'https://id:hunter2hunter2@api.clever.com']],
    ['a token in quotes', ['pull', 'users', '--from', `"${TOKEN}"`]],
    ['a token in a query', ['events', '--after', `/v3.1/events?access_token=${TOKEN}&limit=1`]],
    ['a token with a comma', ['events', '--school', `${TOKEN},`]],
    ['a token after a short option', ['pull', 'users', `-o${TOKEN}`]],
    ['a token after two equals signs', ['pull', 'users', `--from=token=${TOKEN}`]],
    ['a token among words', ['pull', 'users', '--sensitive', `a,${TOKEN},b`]],
  ])('are refused, with advice and without an echo: %s', async (_, argv) => {
    for (const json of [[], ['--json']]) {
      const { code, out, err } = await runCommand([...argv, ...json]);
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain('CLEVER_DISTRICT_TOKEN');
      expect(err).toContain('--settings');
      for (const secret of [TOKEN, 'hunter2', 'a1B2', 'TEST_TOKEN']) {
        expect(err).not.toContain(secret);
      }
    }
  });
});

describe('an argument that is not understood', () => {
  const SECRET = 'Hunter2-hunter2';
  const VALUED = [
    'port',
    'seed',
    'students',
    'district',
    'api-version',
    'role',
    'format',
    'page-size',
    'from',
    'after',
  ];
  const wrapped = (secret: string): string[][] => [
    [secret],
    [`'${secret}'`],
    [`x' argument '${secret}' is invalid. y`],
    [`-s${secret}`],
    ['-s', secret],
    [`--${secret}`],
    [`--x=${secret}`],
    [`--port${secret}`],
    [`-p${secret}`],
    [`-v${secret}`],
    ['--', secret],
    [`: ${secret}`],
    ...[...VALUED, 'sensitive', 'record-type', 'school', 'interval', 'timeout'].flatMap((name) => [
      [`--${name}`, secret],
      [`--${name}=${secret}`],
      [`--${name}`, `'${secret}'`],
    ]),
  ];

  it.each([
    ...wrapped(SECRET).map((argv) => [argv]),
    ...COMMANDS.flatMap((command) => wrapped(SECRET).map((argv) => [[command, ...argv]])),
    ...wrapped(SECRET).map((argv) => [['pull', 'users', ...argv]]),
    ...wrapped(SECRET).map((argv) => [['sandbox', 'trigger', ...argv]]),
  ])('is not quoted: %j', async (argv) => {
    for (const json of [[], ['--json']]) {
      const { code, out, err } = await runCommand([...json, ...argv], { onOut: (_, stop) => stop() });
      expect(`${out}${err}`).not.toMatch(/hunter2/iu);
      expect(code).not.toBe(0);
    }
  });

  it.each([
    [['pull', 'users', '--paeg-size', '1'], /^error: unknown option '--paeg-size'\n\(Did you mean --page-size\?\)\n/u],
    [['pull', 'users', '-x'], /^error: unknown option\n/u],
    [['pul'], /^error: unknown command\n\(Did you mean pull\?\)\n/u],
    [['pull', 'users', 'a'], /^error: too many arguments for 'pull'\. Expected 1 argument but got 2\.\n/u],
    [['pull', 'x'], /^error: argument 'resource': the value is invalid\. Allowed choices are users/u],
    [['sandbox', '-p', 'x'], /^error: option '-p, --port <number>': the value is invalid\. It must be a whole number/u],
    [['pull', 'users', '--format'], /^error: option '--format <format>' argument missing\n/u],
  ])('is explained: %j', async (argv, message) => {
    expect((await runCommand(argv)).err).toMatch(message);
  });

  it.each([
    [['pull', 'user'], 'users'],
    [['pull', 'Users'], 'users'],
    [['pull', 'students'], 'users --role student'],
    [['pull', 'student'], 'users --role student'],
    [['pull', 'classes'], 'sections'],
    [['pull', 'class'], 'sections'],
    [['pull', 'users', '--role', 'teachers'], 'teacher'],
    [['pull', 'users', '--format', 'cvs'], 'csv'],
    [['pull', 'users', '--sensitive', 'frl_status,eil_status'], 'ell_status'],
    [['events', '--data', '--sensitive', 'disabilty'], 'disability'],
    [['events', '--record-type', 'section'], 'sections'],
    [['sync', 'run', '--kinds', 'schools,user'], 'users'],
    [['sync', 'run', '--sensitive', 'home-language'], 'home_language'],
    [['sync', 'aprove', '12'], 'approve'],
    [['sandbox', '--sensitive', 'frl'], undefined],
    [['sandbox', '--sensitive', 'frl-status'], 'frl_status'],
    [['sandbox', '--connection', 'libary'], 'library'],
    [['sandbox', 'triger', 'enroll'], 'trigger'],
    [['sandbox', 'trigger', 'enrol'], 'enroll'],
    [['doctor', '--api-version', '3.1'], 'v3.1'],
    [['completion', 'zhs'], 'zsh'],
    [['pull', 'photographs'], undefined],
  ])('%j: the word that was meant is named: %s', async (argv, meant) => {
    const { code, out, err } = await runCommand(argv, { env: { CLEVER_DISTRICT_TOKEN: 'x' } });
    expect([code, out]).toEqual([2, '']);
    expect(/Did you mean ([^?]*)\?/u.exec(err)?.[1]).toBe(meant);
  });

  it('is no secret because it has the name of one', async ({ sandbox }) => {
    const folder = folderFor();
    for (const name of ['tokens', 'my token list.csv', 'secrets.ndjson', 'basic', 'basic-files', 'Basic Data']) {
      const { code } = await runCommand(['pull', 'schools', '--quiet', '--out', join(folder, name)], {
        env: environmentOf(sandbox, 'token'),
      });
      expect([name, code]).toEqual([name, 0]);
    }
  });
});

describe('credentials', () => {
  it('come from a file, and the environment wins', async ({ sandbox }) => {
    const file = join(folderFor(), '.env');
    const { CLEVER_API_ORIGIN, CLEVER_DISTRICT_TOKEN } = environmentOf(sandbox);
    writeFileSync(file, `CLEVER_API_ORIGIN="${CLEVER_API_ORIGIN}"\nCLEVER_DISTRICT_TOKEN=${CLEVER_DISTRICT_TOKEN}\n`);
    const argv = ['pull', 'schools', '--quiet', '--settings', file];
    expect((await runCommand(argv)).code).toBe(0);
    // An empty variable counts as unset; another value is used, and Clever refuses it.
    expect((await runCommand(argv, { env: { CLEVER_DISTRICT_TOKEN: '' } })).code).toBe(0);
    expect((await runCommand(argv, { env: { CLEVER_DISTRICT_TOKEN: 'other' } })).code).toBe(3);
  });

  it('come from a file whose other variables have no effect', async ({ sandbox }) => {
    const folder = folderFor();
    const [file, ran] = [join(folder, '.env'), join(folder, 'ran')];
    writeFileSync(join(folder, 'planted.cjs'), `require('node:fs').writeFileSync(${JSON.stringify(ran)}, '')`);
    const { CLEVER_API_ORIGIN, CLEVER_DISTRICT_TOKEN } = environmentOf(sandbox);
    writeFileSync(
      file,
      [
        `\uFEFFCLEVER_API_ORIGIN=${CLEVER_API_ORIGIN}`,
        `CLEVER_DISTRICT_TOKEN=${CLEVER_DISTRICT_TOKEN}`,
        `NODE_OPTIONS=--require=${join(folder, 'planted.cjs')}`,
        'CLEVER_COOKIE_SECRET=of-the-app',
        'HTTPS_PROXY=http://127.0.0.1:1',
      ].join('\n'),
    );
    const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;
    const imports = ['--import', new URL('../../scripts/resolve-sources.ts', import.meta.url).href];
    const argv = [...imports, main, 'pull', 'schools', '--quiet', '--settings', file];
    const { stdout } = await promisify(execFile)(process.execPath, argv, { env: {} });
    expect(records(stdout)).not.toEqual([]);
    expect(existsSync(ran)).toBe(false);
  });

  it.each([[['--env-file', '.env']], [['--env-file=.env']], [['--env-file-if-exists=.env']]])(
    'are not read with %j: Node takes it for itself',
    async (option) => {
      for (const command of [['pull', 'users'], ['doctor'], ['events'], ['login'], ['sandbox']]) {
        const { code, out, err } = await runCommand([...command, ...option]);
        expect([code, out]).toEqual([2, '']);
        expect(err).toContain('use --settings in place of --env-file');
      }
    },
  );

  it('are prompted for at a terminal', async ({ sandbox }) => {
    const { CLEVER_API_ORIGIN, CLEVER_DISTRICT_TOKEN } = environmentOf(sandbox);
    const { code, out } = await runCommand(['pull', 'schools'], {
      env: { CLEVER_API_ORIGIN },
      answer: CLEVER_DISTRICT_TOKEN ?? '',
    });
    expect(code).toBe(0);
    expect(out).not.toBe('');
  });

  it.each([['pull', 'users'], ['events'], ['login']])('missing: %s says which, and exits with 3', async (...argv) => {
    const { code, err } = await runCommand(argv.filter((word) => word !== undefined));
    expect(code).toBe(3);
    expect(err).toContain('CLEVER_CLIENT_SECRET');
  });

  it('find the only district of an app, and ask which one of several', async ({ sandbox: one }) => {
    expect((await runCommand(['pull', 'schools'], { env: environmentOf(one, 'app') })).code).toBe(0);
    const two = await sandboxFor({ districts: [{ students: 20 }, { students: 20 }] });
    const unclear = await runCommand(['pull', 'schools'], { env: environmentOf(two, 'app') });
    expect(unclear.code).toBe(2);
    const [, second] = two.districts;
    expect(unclear.err.split('\n').slice(1)).toEqual([...two.districts.map(({ id, name }) => `  ${id}  ${name}`), '']);
    two.faults.add({ path: '/v3.1/districts', status: 404, times: 2 });
    const nameless = await runCommand(['events'], { env: environmentOf(two, 'app') });
    expect([nameless.code, nameless.err]).toEqual([2, expect.stringMatching(new RegExp(`^  ${second?.id}$`, 'mu'))]);
    two.faults.clear();
    const chosen = await runCommand(['pull', 'districts', '--district', second?.id ?? ''], {
      env: environmentOf(two, 'both'),
    });
    expect(chosen.out).toContain(second?.id);
  });

  it('say so when no district is connected', async ({ sandbox }) => {
    const env = environmentOf(sandbox, 'app');
    sandbox.districts[0].disconnect();
    const { code, err } = await runCommand(['pull', 'users'], { env });
    expect(code).toBe(3);
    expect(err).toContain('no district has connected the app');
  });
});

describe('failures', () => {
  it('show the message, show more with --verbose, and never show a stack', async ({ sandbox }) => {
    const env = { ...environmentOf(sandbox, 'token'), CLEVER_DISTRICT_TOKEN: 'revoked' };
    const plain = await runCommand(['pull', 'users'], { env });
    expect(plain.code).toBe(3);
    expect(plain.err).toMatch(/^error: GET \/v3\.1\/users → 401: /u);
    const verbose = await runCommand(['pull', 'users', '--verbose'], { env });
    expect(verbose.err).toContain('code: authentication');
    expect(verbose.err).toContain('request GET /v3.1/users attempt=1');
    const json = await runCommand(['pull', 'users', '--json'], { env });
    expect(JSON.parse(json.err)).toEqual({
      error: { code: 'authentication', message: expect.stringContaining('401') },
    });
    for (const { err } of [plain, verbose, json]) {
      expect(err).not.toMatch(/^\s+at /mu);
      expect(err).not.toContain('revoked');
    }
  });

  it('of the network exit with 1', async ({ sandbox }) => {
    sandbox.faults.add({ path: '/v3.1/users', status: 404, times: 1 });
    const { code } = await runCommand(['pull', 'users'], { env: environmentOf(sandbox) });
    expect(code).toBe(1);
  });
});
