import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MUTANTS } from './list.js';

it.each(MUTANTS)('still applies to the sources: $name', ({ file, from, to }) => {
  const source = readFileSync(new URL(`../../../src/sync/${file}`, import.meta.url), 'utf8');
  expect(source.split(from)).toHaveLength(2);
  expect(to).not.toBe(from);
});
