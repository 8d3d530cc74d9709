import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { portsOf, stepsOf } from './start/page.js';
import { Reader } from './start/reader.js';

const PAGES = join(import.meta.dirname, '..', '..', 'docs', 'start');
/** The Nodes with which a reader may come: the oldest that the package supports, and the newest. */
const NODES = ['lowest', '26'];
/** For three installations and a dozen commands. */
const TIMEOUT_MS = 600_000;

const pages = (await readdir(PAGES)).filter((name) => name.endsWith('.md'));

it('finds the pages', () => {
  expect(pages.sort()).toEqual(['library.md', 'secure-sync.md', 'single-sign-on.md']);
});

describe.each(NODES)('a reader with the %s Node', (version) => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) {
      await close();
    }
  });

  it.each(pages)('gets what docs/start/%s promises', { timeout: TIMEOUT_MS }, async (page) => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'clever-sdk-start-')));
    closing.push(() => rm(folder, { recursive: true, force: true }));
    const node = join(inject('toolchain'), 'node_modules', `node-${version}`, 'bin');
    const steps = stepsOf(await readFile(join(PAGES, page), 'utf8'));
    const reader = new Reader({ folder, node, tarball: inject('tarball'), ports: portsOf(steps) });
    closing.push(() => reader.close());

    expect(steps.filter((step) => step.do.startsWith('compare')).length).toBeGreaterThan(2);
    for (const step of steps) {
      await reader.follow(step);
    }
  });
});

describe('a reader', () => {
  const wrong = {
    'another output': '```sh\necho one\n```\n\nIt prints:\n\n```text\ntwo\n```\n',
    'an output with more lines': '```sh\necho one\n```\n\nIt prints:\n\n```text\none\n…\n```\n',
    'a command that fails': '```sh\nexit 3\n```\n',
    'a block without a word about it': 'Look:\n\n```js\n1 + 1;\n```\n',
  };

  it.each(Object.entries(wrong))('complains about %s', async (_what, page) => {
    const reader = new Reader({ folder: tmpdir(), node: '', tarball: '', ports: [] });
    const followed = async (): Promise<void> => {
      for (const step of stepsOf(page)) {
        await reader.follow(step);
      }
    };
    await expect(followed()).rejects.toThrow(/prints:\none|ended with 3|does not know/u);
    await reader.close();
  });

  it('takes … for what varies', async () => {
    const reader = new Reader({ folder: tmpdir(), node: '', tarball: '', ports: [] });
    for (const step of stepsOf('```sh\necho one 123 two\n```\n\nIt prints:\n\n```text\none … two\n```\n')) {
      await reader.follow(step);
    }
    await reader.close();
  });
});
