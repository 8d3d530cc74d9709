import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';

/* What the integrations return and take has to fit what each version of a framework declares. */
it('compile as TypeScript with the types of the frameworks', () => {
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', import.meta.dirname], { encoding: 'utf8' });
  expect([stdout, status]).toEqual(['', 0]);
});
