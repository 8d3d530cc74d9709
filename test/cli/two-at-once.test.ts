import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, vi } from 'vitest';
import { environmentOf, folderFor, it, records, runCommand } from './support.js';

// Each of the processes compiles the sources first.
vi.setConfig({ testTimeout: 60_000 });

const MAIN = [
  '--import',
  new URL('../../scripts/resolve-sources.ts', import.meta.url).href,
  new URL('../../src/cli/main.ts', import.meta.url).pathname,
];

/** A command in a process of its own. */
function start(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): ChildProcess {
  const child = spawn(process.execPath, [...MAIN, ...argv], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function outcomeOf(child: ChildProcess) {
  let [out, err] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'close');
}

/** Each way to write a file, with the arguments that name it. */
const WRITERS = [
  ['pull --out', 'users.csv', (file: string) => ['pull', 'users', '--out', file]],
  ['pull --checkpoint', 'position.json', (file: string) => ['pull', 'users', '--checkpoint', file]],
  ['events --checkpoint', 'events.json', (file: string) => ['events', '--follow', '--checkpoint', file]],
  [
    'sandbox --state',
    'sandbox.json',
    (file: string) => ['sandbox', '--port', '0', '--students', '20', '--state', file],
  ],
] as const;

/** A writer in a process of its own, which goes on until it is killed, and its lock. */
const itWithWriter = it
  .extend('env', ({ sandbox }) => ({ ...environmentOf(sandbox, 'token') }))
  .extend('begin', ({ sandbox, env }) => async (argv: readonly string[], file: string) => {
    // Clever never answers, so that the first command is still there when the second one comes.
    sandbox.faults.add({ path: '/v3.1/users', hang: true });
    sandbox.faults.add({ path: '/v3.1/events', hang: true });
    const child = start(argv, env);
    await vi.waitFor(() => expect(existsSync(`${file}.lock`)).toBe(true), { timeout: 30_000, interval: 20 });
    return child;
  });

describe.each(WRITERS)('%s', (_, name, argvOf) => {
  itWithWriter('refuses a file that another process writes, and says which and since when', async ({ env, begin }) => {
    const file = join(folderFor(), name);
    const first = await begin(argvOf(file), file);
    for (const json of [[], ['--json']]) {
      const { code, out, err } = await runCommand([...argvOf(file), ...json], { env, onOut: (__, stop) => stop() });
      expect([code, out]).toEqual([6, '']);
      expect(err).toMatch(new RegExp(`process ${first.pid}, since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC`, 'u'));
      expect(err).toContain(file);
      if (json.length > 0) {
        expect(JSON.parse(err)).toEqual({ error: { code: 'busy', message: expect.any(String) } });
      }
    }
    await killed(first);
  });

  itWithWriter('takes over from a process that was killed, and leaves no lock', async ({ sandbox, env, begin }) => {
    const file = join(folderFor(), name);
    await killed(await begin(argvOf(file), file));
    sandbox.faults.clear();
    expect(existsSync(`${file}.lock`)).toBe(true);
    const { code } = await runCommand(argvOf(file), {
      env,
      onOut: (__, stop) => stop(),
      onSleep: (__, stop) => stop(),
    });
    expect([0, 130]).toContain(code);
    expect(readdirSync(join(file, '..')).filter((other) => other.includes('.lock'))).toEqual([]);
  });

  it('says at once when there is no folder for its file', async ({ sandbox }) => {
    const folder = folderFor();
    writeFileSync(join(folder, 'file'), '');
    for (const [where, why] of [
      ['missing', 'does not exist'],
      ['file', 'is no folder'],
    ] as const) {
      const sent: string[] = [];
      const { code, out, err } = await runCommand(argvOf(join(folder, where, name)), {
        env: environmentOf(sandbox, 'token'),
        fetch: (url, init) => {
          sent.push(url);
          return fetch(url, init);
        },
      });
      expect([code, out, sent]).toEqual([2, '', []]);
      expect(err).toContain(`${join(folder, where)} ${why}`);
    }
  });
});

describe('a lock', () => {
  const env = ({ sandbox }: { sandbox: Parameters<typeof environmentOf>[0] }) => environmentOf(sandbox, 'token');

  it('lets one of two processes that begin together write the file, whole', async ({ sandbox }) => {
    const file = join(folderFor(), 'users.ndjson');
    const argv = ['pull', 'users', '--page-size', '5', '--out', file];
    const { out } = await runCommand(['pull', 'users'], { env: env({ sandbox }) });
    for (let round = 0; round < 3; round += 1) {
      const both = [start(argv, env({ sandbox })), start(argv, env({ sandbox }))].map(outcomeOf);
      const codes = (await Promise.all(both)).map(({ code }) => code).sort();
      // The second may begin after the first has ended.
      expect([
        [0, 6],
        [0, 0],
      ]).toContainEqual(codes);
      expect(readFileSync(file, 'utf8')).toBe(out);
      expect(readdirSync(join(file, '..'))).toEqual(['users.ndjson']);
    }
  });

  it.runIf(process.platform === 'linux').for([
    ['of a process whose number belongs to another one now', { pid: process.pid, start: 'an earlier one' }, 0],
    ['of this very process', { pid: process.pid }, 6],
    ['of a process that does not exist', { pid: 2 ** 22 + 1 }, 0],
    ['that is not whole', 'not JSON', 0],
    ['without a number', {}, 0],
    ['of another machine, fresh', { pid: 1, host: 'elsewhere' }, 6],
    ['of another machine, silent for minutes', { pid: 1, host: 'elsewhere', silent: true }, 0],
    ['from before this machine was started', { pid: process.pid, silent: true }, 0],
  ] as const)('%s', async ([, lock, expected], { sandbox }) => {
    const file = join(folderFor(), 'schools.ndjson');
    const text = typeof lock === 'string' ? lock : JSON.stringify({ host: hostname(), id: 'x', ...lock });
    writeFileSync(`${file}.lock`, text);
    if (typeof lock === 'object' && 'silent' in lock) {
      utimesSync(`${file}.lock`, new Date(0), new Date(0));
    }
    const { code, err } = await runCommand(['pull', 'schools', '--out', file], { env: env({ sandbox }) });
    expect([code, err]).toEqual([expected, expect.any(String)]);
    expect(existsSync(`${file}.lock`)).toBe(expected === 6);
    if (expected === 0) {
      expect(records(readFileSync(file, 'utf8'))).not.toEqual([]);
    }
  });

  it('that is a link is replaced, and what it leads to stays as it is', async ({ sandbox }) => {
    const folder = folderFor();
    const [file, precious] = [join(folder, 'schools.ndjson'), join(folder, 'precious')];
    writeFileSync(precious, 'precious');
    symlinkSync(precious, `${file}.lock`);
    const { code } = await runCommand(['pull', 'schools', '--out', file], { env: env({ sandbox }) });
    expect([code, readFileSync(precious, 'utf8'), existsSync(`${file}.lock`)]).toEqual([0, 'precious', false]);
  });

  it('of one file does not stop the writing of another', async ({ sandbox }) => {
    const folder = folderFor();
    const file = join(folder, 'schools.ndjson');
    writeFileSync(`${file}.lock`, JSON.stringify({ pid: process.pid, host: hostname(), id: 'x' }));
    const other = join(folder, 'terms.ndjson');
    expect((await runCommand(['pull', 'terms', '--out', other], { env: env({ sandbox }) })).code).toBe(0);
    mkdirSync(join(folder, 'sub'));
    const same = join(folder, 'sub', '..', 'schools.ndjson');
    expect((await runCommand(['pull', 'schools', '--out', same], { env: env({ sandbox }) })).code).toBe(6);
  });
});
