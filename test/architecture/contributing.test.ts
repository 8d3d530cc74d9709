import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

it('CONTRIBUTING.md names only files that exist', () => {
  const text = readFileSync(`${root}CONTRIBUTING.md`, 'utf8');
  const paths = [...text.matchAll(/`((?:src|test|scripts|docs)\/[\w./-]*)`/gu)].map(([, path = '']) => path);
  expect(paths.length).toBeGreaterThan(30);
  expect(paths.filter((path) => path !== 'docs/api/' && !existsSync(root + path))).toEqual([]);
});
