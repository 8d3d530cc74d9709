import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, inject, it } from 'vitest';
import budgets from './budgets.json' with { type: 'json' };
import { NODE_VERSIONS } from './setup.js';

const consumer = inject('consumer');

/*
 * What may be loaded and how big it may be: budgets.json. Raise a number there only with a reason, and
 * lower it when there is room. Times are not included, because they depend on the machine; see
 * bench/cold-start.ts.
 */

describe.each(Object.keys(NODE_VERSIONS))('on Node %s', (major) => {
  const loaded = (...program: string[]): unknown =>
    JSON.parse(
      execFileSync(join(inject('toolchain'), 'node_modules', `node-${major}`, 'bin', 'node'), program, {
        cwd: consumer,
        encoding: 'utf8',
      }),
    );

  it('importing the client loads no package, a request loads ky, and an invalid record loads zod', () => {
    const imported = budgets.packagesThatImportingLoads['clever-sdk'];
    expect(loaded('loaded.mjs')).toEqual({ imported, good: ['clever-sdk', 'ky'], odd: ['clever-sdk', 'zod'] });
  });

  it.each(Object.entries(budgets.packagesThatImportingLoads))('importing %s loads %j', (entry, packages) => {
    expect(loaded('imported.mjs', entry)).toEqual(packages);
    expect(loaded('imported.cjs', entry)).toEqual(packages);
  });

  it('requiring it does not load zod either', () => {
    expect(loaded('loaded.cjs')).toEqual({ imported: ['clever-sdk'], good: [], odd: ['zod'] });
  });
});

it('a roster pull, bundled with all that it needs, stays within its size', async () => {
  const { outputFiles, metafile } = await build({
    absWorkingDir: consumer,
    entryPoints: ['roster.mjs'],
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    outdir: 'bundle',
    metafile: true,
    write: false,
    logLevel: 'error',
  });
  const sizes = new Map(outputFiles.map(({ path, contents }) => [path, gzipSync(contents, { level: 9 }).length]));
  const sizeOf = (file: string): number => sizes.get(join(consumer, file)) ?? Number.NaN;

  /** The entry and the modules that it imports statically. */
  const first = new Set<string>(['bundle/roster.js']);
  for (const file of first) {
    for (const { path, kind } of metafile.outputs[file]?.imports ?? []) {
      if (kind === 'import-statement') {
        first.add(path);
      }
    }
  }
  const total = (files: Iterable<string>): number => [...files].reduce((sum, file) => sum + sizeOf(file), 0);
  const inFirst = [...first].flatMap((file) => Object.keys(metafile.outputs[file]?.inputs ?? {}));

  expect(inFirst.filter((path) => path.includes('node_modules/zod/'))).toEqual([]);
  expect(inFirst.filter((path) => path.includes('/jose-'))).toEqual([]);
  const { gzippedBytes: limits } = budgets;
  const found = {
    'first chunk of a roster pull': total(first),
    'all of a roster pull': total(Object.keys(metafile.outputs)),
  };
  for (const [name, limit] of Object.entries(limits)) {
    expect([name, found[name as keyof typeof found]]).toEqual([name, expect.toSatisfy((size) => size <= limit)]);
    // A budget with too much room limits nothing.
    expect([name, found[name as keyof typeof found]]).toEqual([name, expect.toSatisfy((size) => size > 0.9 * limit)]);
  }
});
