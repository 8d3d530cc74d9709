import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CertifyOptions, certify, type ProbeResult } from 'clever-sdk/certify';
import { expect, it, onTestFinished } from 'vitest';

/** A script that asks the sandbox for its districts, as a sync begins, and then does something. */
const script = (then: string): string => `
const { CLEVER_CLIENT_ID: id, CLEVER_CLIENT_SECRET: secret, CLEVER_AUTH_ORIGIN: origin } = process.env;
const answer = await fetch(origin + '/oauth/tokens?owner_type=district', {
  headers: { authorization: 'Basic ' + Buffer.from(id + ':' + secret).toString('base64') },
});
const { data } = await answer.json();
${then}
`;

/** Tries an app whose sync is a script, by the probe of a sync on demand. */
async function tryScript(then: string, options: Partial<CertifyOptions> = {}): Promise<ProbeResult> {
  const folder = mkdtempSync(join(tmpdir(), 'certify-commands-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'sync.mjs'), script(then));
  const { probes } = await certify({
    app: 'http://localhost:9',
    port: 0,
    suites: ['sync'],
    only: ['sync.on-demand'],
    cwd: folder,
    syncCommand: `"${process.execPath}" sync.mjs`,
    ...options,
  });
  const [probe] = probes;
  if (probe === undefined) {
    throw new TypeError('no result');
  }
  return probe;
}

/** Whether a process runs. One that has ended may still be listed, as a zombie, until its new parent asks for it. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^State:\s*Z/mu.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

it('passes a command that ends with 0, and fails another', async () => {
  expect(await tryScript('process.exitCode = data.length === 1 ? 0 : 1')).toMatchObject({
    verdict: 'pass',
    evidence: ["The app's sync command ended with 0."],
  });
  expect(await tryScript('console.error("TypeError: no such table"); process.exitCode = 3')).toMatchObject({
    verdict: 'fail',
    evidence: ["The app's sync command ended with 3. Its standard error says: TypeError: no such table"],
  });
});

it('ends a command that hangs, with what it has started', { timeout: 30_000 }, async () => {
  const pids = join(mkdtempSync(join(tmpdir(), 'certify-pids-')), 'pids');
  const result = await tryScript(
    `
    const { spawn } = await import('node:child_process');
    const { appendFileSync } = await import('node:fs');
    process.on('SIGTERM', () => undefined);
    const other = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => 0); setInterval(() => 0, 1000)']);
    appendFileSync(${JSON.stringify(pids)}, process.pid + ' ' + other.pid + ' ');
    setInterval(() => undefined, 1_000);`,
    { commandMs: 2_000 },
  );
  expect(result).toMatchObject({ verdict: 'fail', evidence: ["The app's sync command did not end in 2 s."] });
  const started = readFileSync(pids, 'utf8').trim().split(' ').map(Number);
  expect(started.length).toBeGreaterThanOrEqual(2);
  await expect.poll(() => started.filter(isRunning)).toEqual([]);
});

it('ends what a command has left running', async () => {
  const pids = join(mkdtempSync(join(tmpdir(), 'certify-pids-')), 'pids');
  const { verdict } = await tryScript(`
    const { spawn } = await import('node:child_process');
    const { appendFileSync } = await import('node:fs');
    const other = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'inherit' });
    other.unref();
    appendFileSync(${JSON.stringify(pids)}, other.pid + ' ');`);
  expect(verdict).toBe('pass');
  const started = readFileSync(pids, 'utf8').trim().split(' ').map(Number);
  await expect.poll(() => started.filter(isRunning)).toEqual([]);
});

it('shows no secret that a command prints', async () => {
  process.env['CERTIFY_TEST_PASSWORD'] = 'correct horse battery';
  onTestFinished(() => {
    delete process.env['CERTIFY_TEST_PASSWORD'];
  });
  const events: unknown[] = [];
  const result = await tryScript(
    `
    console.log(secret, data[0].access_token);
    console.error('Error: ' + [secret, data[0].access_token, process.env.CERTIFY_TEST_PASSWORD, 'ada@school.example', 'postgres://app:hunter22@db/x'].join(' '));
    process.exitCode = 1`,
    { clientSecret: 'a client secret of this test', onEvent: (event) => events.push(event) },
  );
  expect(result.evidence).toEqual([
    "The app's sync command ended with 1. Its standard error says: Error: [client secret] [district token] [CERTIFY_TEST_PASSWORD] [e-mail] postgres://[credentials]@db/x",
  ]);
  const printed = JSON.stringify([result, events.filter((event) => (event as { kind: string }).kind !== 'listening')]);
  for (const secret of ['a client secret of this test', 'correct horse', 'ada@', 'hunter22']) {
    expect(printed).not.toContain(secret);
  }
  expect(printed).not.toMatch(/[0-9a-f]{40}/u);
});

it('shows commands what time it is at Clever', async () => {
  const { verdict } = await tryScript(
    'process.exitCode = Math.abs(Date.parse(process.env.CLEVER_NOW) - Date.now()) < 60_000 ? 0 : 1',
  );
  expect(verdict).toBe('pass');
});

it.for<[string, () => Promise<never>]>([
  ['throws', () => Promise.reject(new RangeError('ada@school.example'))],
  [
    'throws at once',
    () => {
      throw new RangeError('ada@school.example');
    },
  ],
])('names the error of a function that %s, and no more of it', async ([, rosterCommand]) => {
  const result = await tryScript('', { rosterCommand });
  expect(result).toMatchObject({ verdict: 'fail', evidence: ["The app's roster failed with RangeError."] });
});
