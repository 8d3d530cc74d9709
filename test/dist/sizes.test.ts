import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { PROGRAMS } from '../../bench/programs.ts';
import { bundledProgram } from '../../scripts/bundled-program.ts';

const consumer = inject('consumer');
const manifest = JSON.parse(readFileSync(join(consumer, 'node_modules', 'clever-sdk', 'package.json'), 'utf8')) as {
  readonly exports: object;
  readonly peerDependencies: object;
};
/** What an app brings itself is in no size. */
const external = Object.keys(manifest.peerDependencies).flatMap((name) => [name, `${name}/*`]);

const entries = Object.keys(manifest.exports)
  .filter((path) => path !== './package.json')
  .map((path) => path.replace('.', 'clever-sdk'));

/** Programs of one purpose, and whole entries: a namespace that is printed loses nothing to the bundler. */
const cases = [
  ...Object.entries(PROGRAMS),
  ...entries.map((entry): [string, string] => [entry, `import * as entry from '${entry}';\nconsole.log(entry);`]),
];

describe('the size', () => {
  it('is measured of every entry', () => {
    expect(entries.length).toBeGreaterThan(10);
  });

  it.for(cases)(
    'of %s, bundled with all that it needs, is what it loads at the start and later',
    async (one, { task }) => {
      const [name, program] = one;
      task.meta.subject = { part: 'sizes', name };
      task.meta.proves = [];
      const { first, all } = await bundledProgram(program, consumer, { external });
      task.meta.measured = { first, all };
      expect(first).toBeGreaterThan(0);
      expect(all).toBeGreaterThanOrEqual(first);
    },
  );
});
