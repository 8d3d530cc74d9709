import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { run } from '../../scripts/pack.ts';

const execute = promisify(execFile);
const GUIDE = join(import.meta.dirname, '..', '..', 'docs', 'guides', 'testing.md');
const RUNNERS = ['vitest@5.1.1', 'jest@30.5.2', '@playwright/test@1.65.1', 'msw@3.0.5'];
const CHROMIUM = process.env['CHROMIUM_PATH'] || '/usr/bin/chromium';
const PLAYWRIGHT_CONFIG = `export default {
  testDir: 'e2e',
  use: { launchOptions: { executablePath: ${JSON.stringify(CHROMIUM)}, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'] } },
};
`;

/** The files of the guide: every block of code under a comment that names a file. */
async function filesOfGuide(): Promise<Map<string, string>> {
  const text = await readFile(GUIDE, 'utf8');
  const blocks = text.matchAll(/^<!-- file: (?<name>\S+) -->\n```\w+\n(?<code>[\s\S]*?)^```/gmu);
  return new Map([...blocks].map(({ groups = {} }) => [groups['name'] ?? '', groups['code'] ?? '']));
}

describe('the guide to testing', () => {
  let folder: string;
  let files: Map<string, string>;

  /** Runs one of the runners as its users do, with the project's own Node first on the path. */
  async function result(runner: string, ...args: string[]): Promise<string> {
    const program = join(folder, 'node_modules', '.bin', runner);
    const env = { ...process.env, CI: 'true', NODE_OPTIONS: '', VITEST: '', NODE_ENV: 'test' };
    const { stdout, stderr } = await execute(program, args, { cwd: folder, env }).catch(
      (error: { stdout: string; stderr: string }) => error,
    );
    return stdout + stderr;
  }

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'clever-sdk-guide-')));
    files = await filesOfGuide();
    await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true }));
    await writeFile(join(folder, 'playwright.config.mjs'), PLAYWRIGHT_CONFIG);
    for (const [name, code] of files) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), code);
    }
    const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
    run('npm', [...install, inject('tarball'), ...RUNNERS], folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has code for each of the runners', () => {
    const endings = [...files.keys()].map((name) => name.replace(/^.*?\//u, '').replace(/^\w+/u, ''));
    expect(endings.sort()).toEqual(['.mjs', '.spec.mjs', '.test.cjs', '.test.mjs', '.test.mjs']);
  });

  it('passes in vitest', async () => {
    expect(await result('vitest', 'run', '--dir', 'test', '--no-color')).toMatch(/Tests +5 passed \(5\)/u);
  });

  it('passes in Jest', async () => {
    expect(await result('jest', 'jest')).toMatch(/Tests: +1 passed, 1 total/u);
  });

  const noBrowser = existsSync(CHROMIUM) ? '' : ` (skipped: there is no ${CHROMIUM}; install Chromium)`;
  it.skipIf(noBrowser !== '' && process.env['REQUIRE_BROWSER'] === undefined)(
    `passes in Playwright${noBrowser}`,
    async () => {
      expect(await result('playwright', 'test')).toMatch(/1 passed/u);
    },
  );
});
