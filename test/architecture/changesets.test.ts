import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../.changeset/', import.meta.url));
const form = /^---\n'clever-sdk': (?:patch|minor|major)\n---\n\n[A-Z`]/u;

it('every changeset says what it raises, in the form that changesets reads', () => {
  const files = globSync('*.md', { cwd: folder }).filter((file) => file !== 'README.md');
  expect(files.filter((file) => !form.test(readFileSync(`${folder}${file}`, 'utf8')))).toEqual([]);
});

it.each([
  ["## 'clever-sdk': minor\n\nText.", false],
  ["---\n'clever-sdk': huge\n---\n\nText.", false],
  ["---\n'clever-sdk': minor\n---\n", false],
  ["---\n'clever-sdk': minor\n---\n\nText.", true],
])('%j is read: %s', (text, isRead) => {
  expect(form.test(text)).toBe(isRead);
});
