import { expect, it } from 'vitest';
import { sourcesOf } from './copies.ts';
import { MUTANTS } from './list/index.ts';

it.each(MUTANTS)('still applies to the reference app: $name', (mutant) => {
  expect(sourcesOf(mutant).size).toBeGreaterThan(0);
});

it('has a name for each', () => {
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
});
