import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { describe, expect, onTestFinished } from 'vitest';
import { startSmallApp } from '../certify/small-app.js';
import { folderFor, it as itWithSandbox, runCommand, type World } from './support.js';

const it = itWithSandbox;
/** A command that leaves in the background what listens at a port, and ignores what asks it to end. */
const STUBBORN = `node -e "${[
  "process.on('SIGTERM',()=>{});process.on('SIGINT',()=>{});const fs=require('fs')",
  "require('http').createServer().listen(0,function(){fs.writeFileSync('port',String(this.address().port))})",
].join(';')}" & wait`;
const root = fileURLToPath(new URL('../../', import.meta.url));

const FEW = ['--only', 'sso.code-grant,sso.portal-login', '--seed', '7'];

/** Runs the command against a small app, which takes the variables that the command prints. */
async function certifySmallApp(
  argv: readonly string[],
  { crashes = false, ...world }: World & { crashes?: boolean } = {},
) {
  const app = await startSmallApp({ crashes });
  onTestFinished(async () => void (await app.close()));
  const outcome = await runCommand(['certify', '--app', app.origin, '--port', '0', ...argv], {
    ...world,
    onErr: (text) => {
      if (text.includes('CLEVER_CLIENT_ID=')) {
        app.use(parseEnv(text) as Record<string, string>);
      }
      world.onErr?.(text);
    },
  });
  return { ...outcome, app };
}

describe('clever-sdk certify', () => {
  it('prints the four variables, waits for the app, reports what it found, and exits with 0', async () => {
    const { code, out, err, app } = await certifySmallApp(FEW);
    expect(code).toBe(0);
    for (const name of ['CLIENT_ID', 'CLIENT_SECRET', 'API_ORIGIN', 'AUTH_ORIGIN']) {
      expect(err).toMatch(new RegExp(`^CLEVER_${name}=\\S+$`, 'mu'));
    }
    expect(err).toContain('The app uses the variables.\n');
    expect(err).toMatch(/^ {2}pass {5}sso\.portal-login$/mu);
    expect(out).toContain(`Clever certification of ${app.origin}`);
    expect(out).toMatch(/^ {2}✔ Portal login +sso\.portal-login$/mu);
    expect(out.trimEnd().split('\n').at(-1)).toBe('Nothing failed.');
  });

  it('exits with 1 when something failed, and prints the command that repeats it', async () => {
    const { code, out, app } = await certifySmallApp([...FEW, '--whoami', '/api/me#id'], { crashes: true });
    expect(code).toBe(1);
    expect(out).toContain('What failed');
    const again = `Again: npx clever-sdk certify --app ${app.origin} --suite sso --only sso.code-grant --seed 7`;
    expect(out).toContain(again);
    expect(out).toContain("--whoami '/api/me#id'");
  });

  it('writes every report as a whole, for its owner alone, and leaves nothing beside them', async () => {
    const folder = folderFor();
    const file = (name: string): string => join(folder, name);
    const { code, out } = await certifySmallApp([
      ...[...FEW, '--report', file('report.html'), '--junit', file('out.xml'), '--json', file('out.json')],
      ...['--form', file('form.md')],
    ]);
    expect(code).toBe(0);
    expect(out).toContain('Written: ');
    expect(readdirSync(folder).sort()).toEqual(['form.md', 'out.json', 'out.xml', 'report.html']);
    expect(statSync(file('report.html')).mode & 0o777).toBe(0o600);
    expect(readFileSync(file('report.html'), 'utf8')).toMatch(/^<!doctype html>.*<\/html>\n$/su);
    expect(readFileSync(file('out.xml'), 'utf8')).toMatch(/^<\?xml .*<\/testsuites>\n$/su);
    expect(readFileSync(file('form.md'), 'utf8')).toMatch(/^# Certification form\n/u);
    expect(JSON.parse(readFileSync(file('out.json'), 'utf8'))).toMatchObject({ ok: true, seed: 7 });
  });

  it('prints JSON in place of the text with --json alone', async () => {
    const { code, out } = await certifySmallApp([...FEW, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ format: 'clever-sdk certification', counts: { fail: 0 } });
  });

  it('shows its progress in one line of a terminal, and clears it', async () => {
    const lines: string[] = [];
    const stream = new Writable({
      write(chunk, _, done) {
        lines.push(String(chunk));
        done();
      },
    });
    const progress = Object.assign(stream, { isTTY: true, columns: 100, rows: 30 }) as unknown as NodeJS.WriteStream;
    const { code, err } = await certifySmallApp(FEW, { terminal: { progress } });
    expect(code).toBe(0);
    expect(lines.join('')).toMatch(/Single sign-on {2}─{16} 0 of 2 · /u);
    expect(lines.join('')).toMatch(/━{8}─{8} 1 of 2 · \S/u);
    expect(lines.slice(-2)).toEqual(['\u001b[1G', '\u001b[2K']);
    expect(err).not.toContain('sso.portal-login');
  });
});

describe('clever-sdk certify --expect', () => {
  const expecting = (json: string): string => {
    const file = join(folderFor(), 'known.json');
    writeFileSync(file, json);
    return file;
  };

  it('counts a failure that is known as no failure', async () => {
    const known = expecting('{ "sso.portal-login": "fail" }');
    const only = ['--only', 'sso.portal-login', '--expect', known];
    const { code, out } = await certifySmallApp(only, { crashes: true });
    expect(out).toMatch(/✖ Portal login +sso\.portal-login \(expected: fail\)/u);
    expect(out).toContain('Known failures');
    expect(code).toBe(0);
  });

  it('takes a probe that was expected to fail and passes for an error', async () => {
    const { code, out } = await certifySmallApp([...FEW, '--expect', expecting('{ "sso.portal-login": "fail" }')]);
    expect(code).toBe(1);
    expect(out).toContain('It was expected to fail and passes: take it out of the file of --expect.');
  });

  it.for([
    ['a text', 'portal', /is no JSON object of probes and verdicts/u],
    ['a list', '["sso.portal-login"]', /is no JSON object/u],
    ['an unknown verdict', '{ "sso.portal-login": "broken" }', /--expect must be an object .* Verdicts: pass, fail/u],
    ['an unknown probe', '{ "sso.portal": "fail" }', /--expect names “sso\.portal”, and no probe has this id/u],
  ] as const)('refuses %s', async ([, json, message]) => {
    const { code, out, err } = await runCommand([
      'certify',
      '--app',
      'http://localhost:1',
      '--expect',
      expecting(json),
    ]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });

  it('says which file it cannot read', async () => {
    const { code, err } = await runCommand([
      'certify',
      '--app',
      'http://localhost:1',
      '--expect',
      '/nowhere/known.json',
    ]);
    expect(code).toBe(2);
    expect(err).toContain('--expect /nowhere/known.json cannot be read (ENOENT)');
  });
});

describe('clever-sdk certify refuses', () => {
  it.for([
    [[], /required option '--app <url>' not specified/u],
    [['--app', 'localhost'], /--app must be the address of your running app/u],
    [['--app', 'https://clever.com'], /--app is a host of Clever/u],
    [['--app', 'https://api.clever.com', '--i-own-this-app', 'api.clever.com'], /--app is a host of Clever/u],
    [['--app', 'https://app.example.com'], /not on this machine.*--i-own-this-app app\.example\.com/su],
    [['--app', 'https://app.example.com', '--i-own-this-app', 'example.com'], /not on this machine/u],
    [['--app', 'http://localhost:1', '--suite', 'sos'], /names of sso, library, sync, lms\. Did you mean sso\?/u],
    [['--app', 'http://localhost:1', '--only', 'sso.nothing'], /No probe of these suites is called “sso\.nothing”/u],
    [['--app', 'http://localhost:1', '--whoami', 'id'], /--whoami must be a path of the app/u],
    [['--app', 'http://localhost:1', '--browser', 'opera'], /Allowed choices are chromium/u],
    [['--app', 'http://localhost:1', '--report', '/nowhere/r.html'], /\/nowhere does not exist/u],
    [['--app', 'http://localhost:1', '--report', 'x', '--junit', './x'], /two reports have the same file/u],
    [
      ['--app', 'http://localhost:1', '--sync-command', 'CLEVER_CLIENT_SECRET=hunter2 npm run sync'],
      /not taken from arg/u,
    ],
  ] as const)('%j, with exit code 2', async ([argv, message]) => {
    const { code, out, err } = await runCommand(['certify', ...argv]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).not.toContain('CLEVER_CLIENT_ID=');
  });

  it('a port that is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const { code, err } = await runCommand(['certify', '--app', 'http://localhost:1', '--port', String(port)]);
    expect([code, err]).toEqual([2, expect.stringContaining(`Port ${port} is taken`)]);
  });
});

describe('clever-sdk certify, when the app does not answer', () => {
  it('says so with exit code 1, as JSON on request', async () => {
    const app = ['--app', 'http://localhost:1', '--port', '0', '--wait', '1'];
    const { code, err, out } = await runCommand(['certify', ...app, '--json']);
    expect([code, out]).toEqual([1, '']);
    const failure = JSON.parse(err.trimEnd().split('\n').at(-1) ?? '') as { error: { message: string } };
    expect(failure.error.message).toContain('Put the printed variables into the environment of the app');
    const folder = folderFor();
    const text = await runCommand(['certify', ...app, '--json', join(folder, 'out.json')]);
    expect([text.code, text.err]).toEqual([1, expect.stringContaining('\nerror: ')]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('ends at Ctrl+C with 130: no report, and the port is free', async () => {
    const stopping = new AbortController();
    const report = join(folderFor(), 'report.html');
    let origin = '';
    const { code } = await runCommand(['certify', '--app', 'http://localhost:1', '--port', '0', '--report', report], {
      signal: stopping.signal,
      onErr: (text) => {
        origin = /^CLEVER_API_ORIGIN=(.+)$/mu.exec(text)?.[1] ?? origin;
        if (text.startsWith('Waiting')) {
          stopping.abort();
        }
      },
    });
    expect([code, existsSync(report)]).toEqual([130, false]);
    await expect(fetch(origin)).rejects.toThrow(TypeError);
  });

  it("ends the app's command at Ctrl+C, and what that has started", async () => {
    const folder = folderFor();
    const stopping = new AbortController();
    const app = await startSmallApp();
    onTestFinished(async () => void (await app.close()));
    const { code } = await runCommand(
      [
        ...['certify', '--app', app.origin, '--port', '0', '--suite', 'sync', '--only', 'sync.on-demand'],
        ...['--cwd', folder, '--sync-command', STUBBORN, '--verbose'],
      ],
      {
        signal: stopping.signal,
        onErr: (text) => {
          if (text.includes('CLEVER_CLIENT_ID=')) {
            app.use(parseEnv(text) as Record<string, string>);
            const timer = setInterval(() => {
              if (existsSync(join(folder, 'port'))) {
                clearInterval(timer);
                stopping.abort();
              }
            }, 20);
          }
        },
      },
    );
    expect(code).toBe(130);
    await expect(fetch(`http://127.0.0.1:${readFileSync(join(folder, 'port'), 'utf8')}`)).rejects.toThrow(TypeError);
  });

  it.for([
    ['SIGINT', 'SIGTERM'],
    ['SIGTERM', 'SIGINT'],
  ] as const)('leaves nothing running as a process of its own, at %s and %s', async (signals) => {
    const folder = folderFor();
    const app = await startSmallApp();
    onTestFinished(async () => void (await app.close()));
    const child = spawn(
      process.execPath,
      [
        ...['--import', join(root, 'scripts/resolve-sources.ts'), join(root, 'src/cli/main.ts'), 'certify'],
        ...['--app', app.origin, '--port', '0', '--suite', 'sync', '--only', 'sync.on-demand'],
        ...['--cwd', folder, '--sync-command', STUBBORN],
      ],
      { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    let printed = '';
    for await (const chunk of child.stderr.setEncoding('utf8')) {
      printed += chunk as string;
      if (/^CLEVER_AUTH_ORIGIN=.*\n/mu.test(printed)) {
        break;
      }
    }
    app.use(parseEnv(printed) as Record<string, string>);
    await expect.poll(() => existsSync(join(folder, 'port')), { timeout: 20_000 }).toBe(true);
    const ended = once(child, 'exit');
    // Two of the same kind could arrive as one.
    for (const signal of signals) {
      child.kill(signal);
    }
    expect((await ended)[0]).toBe(130);
    await expect(fetch(`http://127.0.0.1:${readFileSync(join(folder, 'port'), 'utf8')}`)).rejects.toThrow(TypeError);
  });
});
