import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox } from 'clever-sdk/sandbox';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCommand } from './support.js';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'record-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'recording');
}

/** The environment of an app of a sandbox, and its network. */
function worldOf(sandbox = createSandbox({ seed: 7, students: 60 })) {
  const { clientId, clientSecret } = sandbox.clientOptions();
  return {
    env: { CLEVER_CLIENT_ID: clientId, CLEVER_CLIENT_SECRET: clientSecret, ...origins },
    fetch: sandbox.fetch,
  };
}
const origins = { CLEVER_API_ORIGIN: 'https://api.clever.com', CLEVER_AUTH_ORIGIN: 'https://clever.com' };

describe('clever-sdk record', () => {
  it('writes a folder that clever-sdk sandbox --recording takes', { timeout: 60_000 }, async () => {
    const out = newFolder();
    const recorded = await runCommand(['record', '--out', out], worldOf());
    expect([recorded.code, recorded.out]).toEqual([0, '']);
    expect(recorded.err).toMatch(/^\d+ sections and \d+ people by \d+ requests in .*recording\. report\.txt says/u);
    expect(readdirSync(out)).toEqual(expect.arrayContaining(['recording.json', 'report.txt', 'tokens-0001.json']));
    const sandbox = await runCommand(['sandbox', '--port', '0', '--recording', out, '--json'], {
      onOut: (_, stop) => stop(),
    });
    const { districts, env } = JSON.parse(sandbox.out) as { districts: object[]; env: Record<string, string> };
    expect([districts.length, Object.hasOwn(env, 'CLEVER_DISTRICT_TOKEN')]).toEqual([1, true]);
  });

  it('answers in JSON with what was recorded', { timeout: 60_000 }, async () => {
    const out = newFolder();
    const {
      code,
      out: text,
      err,
    } = await runCommand(['record', '--out', out, '--requests', '40', '--json'], worldOf());
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(text)).toEqual({ out, requests: 40, sections: expect.any(Number), people: expect.any(Number) });
  });

  it('refuses a folder that is no recording, and sends nothing', async () => {
    const out = newFolder();
    writeFileSync(out, 'a file');
    const { code, err } = await runCommand(['record', '--out', out], {
      ...worldOf(),
      env: { CLEVER_DISTRICT_TOKEN: 'token', ...origins },
      fetch: () => Promise.reject(new Error('sent')),
    });
    expect([code, err]).toEqual([2, expect.stringMatching(/exists and is no folder, so nothing was written/u)]);
  });

  it('needs a folder', async () => {
    expect((await runCommand(['record'], worldOf())).code).toBe(2);
  });
});

it('refuses a recording together with other files, and with numbers of invented people', async () => {
  for (const others of [
    ['--csv', 'x'],
    ['--students', '10'],
  ]) {
    const { code, err } = await runCommand(['sandbox', '--recording', 'y', ...others]);
    expect([code, err]).toEqual([2, expect.stringMatching(/--recording/u)]);
  }
});
