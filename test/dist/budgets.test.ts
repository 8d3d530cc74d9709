import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { bundledProgram } from '../../scripts/bundled-program.ts';
import { describesRow, proves } from '../support/evidence.js';
import budgets from './budgets.json' with { type: 'json' };
import { NODE_VERSIONS } from './setup.js';

const consumer = inject('consumer');

/*
 * What may be loaded and how big it may be: budgets.json. Raise a number there only with a reason, and
 * lower it when there is room. Times are not included, because they depend on the machine; see
 * bench/cold-start.ts.
 */

const LAZY = proves('loads when needed');

describe.each(Object.keys(NODE_VERSIONS))('on Node %s', (major) => {
  const node = (...program: string[]): string =>
    execFileSync(join(inject('toolchain'), 'node_modules', `node-${major}`, 'bin', 'node'), program, {
      cwd: consumer,
      encoding: 'utf8',
    });
  const loaded = (...program: string[]): unknown => JSON.parse(node(...program));
  describesRow(() => ({ part: 'runtimes', name: 'Node', version: node('--version').trim().slice(1) }));

  it('importing the client loads no package, a request loads ky, and an invalid record loads zod', LAZY, () => {
    const imported = budgets.packagesThatImportingLoads['clever-sdk'];
    expect(loaded('loaded.mjs')).toEqual({ imported, good: ['clever-sdk', 'ky'], odd: ['clever-sdk', 'zod'] });
  });

  it.each(Object.entries(budgets.packagesThatImportingLoads))('importing %s loads %j', LAZY, (entry, packages) => {
    expect(loaded('imported.mjs', entry)).toEqual(packages);
    expect(loaded('imported.cjs', entry)).toEqual(packages);
  });

  it('requiring it does not load zod either', LAZY, () => {
    expect(loaded('loaded.cjs')).toEqual({ imported: ['clever-sdk'], good: [], odd: ['zod'] });
  });
});

it('a roster pull, bundled with all that it needs, stays within its size', async () => {
  const { first, all, inFirst } = await bundledProgram("import './roster.mjs';", consumer);
  expect(inFirst.filter((path) => path.includes('node_modules/zod/'))).toEqual([]);
  expect(inFirst.filter((path) => path.includes('/jose-'))).toEqual([]);
  const { gzippedBytes: limits } = budgets;
  const found = { 'first chunk of a roster pull': first, 'all of a roster pull': all };
  for (const [name, limit] of Object.entries(limits)) {
    expect([name, found[name as keyof typeof found]]).toEqual([name, expect.toSatisfy((size) => size <= limit)]);
    // A budget with too much room limits nothing.
    expect([name, found[name as keyof typeof found]]).toEqual([name, expect.toSatisfy((size) => size > 0.9 * limit)]);
  }
});
