import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type LocalRegistry, startLocalRegistry } from '../../scripts/release/local-registry.js';

const script = fileURLToPath(new URL('../../scripts/release/is-unpublished.ts', import.meta.url));
const NAME = 'made-for-a-test';
let project: string;
let registry: LocalRegistry;

beforeEach(async () => {
  project = mkdtempSync(join(tmpdir(), 'clever-sdk-unpublished-'));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: NAME, version: '1.2.3' }));
  mkdirSync(join(project, '.changeset'));
  writeFileSync(join(project, '.changeset/README.md'), '# Changesets\n');
  registry = await startLocalRegistry();
});

afterEach(async () => {
  await registry.close();
  rmSync(project, { recursive: true, force: true });
});

async function isUnpublished(): Promise<{ code: unknown; out: string; err: string }> {
  const child = spawn(process.execPath, [script, '--project', project], {
    env: {
      ...process.env,
      ...{ npm_config_registry: registry.url, npm_config_cache: join(project, 'cache'), npm_config_fetch_retries: '0' },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, out, err };
}

async function publish(version: string): Promise<void> {
  await fetch(registry.url + NAME, {
    method: 'PUT',
    body: JSON.stringify({
      ...{ name: NAME, _attachments: {}, 'dist-tags': { latest: version } },
      versions: { [version]: { name: NAME, version, dist: {} } },
    }),
  });
}

const addChangeset = (name: string): void =>
  writeFileSync(join(project, `.changeset/${name}.md`), '---\n---\n\nNew.\n');
const inPreviews = (mode: string, ...changesets: string[]): void =>
  writeFileSync(join(project, '.changeset/pre.json'), JSON.stringify({ mode, tag: 'next', changesets }));

it('a package that the registry does not know is to be published', async () => {
  expect(await isUnpublished()).toEqual({ code: 0, out: 'true\n', err: '' });
});

it('a version that the registry does not have is to be published', async () => {
  await publish('1.2.2');
  expect(await isUnpublished()).toEqual({ code: 0, out: 'true\n', err: '' });
});

it('a version that the registry has is not', async () => {
  await publish('1.2.3');
  expect(await isUnpublished()).toEqual({ code: 0, out: 'false\n', err: '' });
});

it('an answer that says neither is an error', async () => {
  await registry.close();
  expect(await isUnpublished()).toEqual({
    code: 1,
    out: '',
    err: `✗ npm could not say whether ${NAME}@1.2.3 exists.\n`,
  });
});

it('a commit with a changeset is not published as the version before it', async () => {
  addChangeset('quick-foxes-jump');
  expect(await isUnpublished()).toEqual({ code: 0, out: 'false\n', err: '' });
});

it('a preview is published with the changesets that it used, and not with a later one', async () => {
  addChangeset('quick-foxes-jump');
  inPreviews('pre', 'quick-foxes-jump');
  expect((await isUnpublished()).out).toBe('true\n');
  addChangeset('later-foxes-rest');
  expect((await isUnpublished()).out).toBe('false\n');
});

it('what previews have used waits for the release after them', async () => {
  addChangeset('quick-foxes-jump');
  inPreviews('exit', 'quick-foxes-jump');
  expect((await isUnpublished()).out).toBe('false\n');
});
