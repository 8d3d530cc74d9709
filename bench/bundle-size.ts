/**
 * What a function or a Worker loads of the SDK: small programs, bundled by esbuild with all that they need, minified
 * and compressed by gzip. After a build:
 *
 *     npm run build:js && npm exec -- node bench/bundle-size.ts
 *
 * The first number is what the program loads at its start, the second everything that it may load later: a bundler
 * without code splitting ships the second. `test/dist/sizes.test.ts` measures the same on the packed package.
 */
import { join } from 'node:path';
import { bundledProgram } from '../scripts/bundled-program.ts';
import { PROGRAMS } from './programs.ts';

const root = join(import.meta.dirname, '..');
const at = (entry: string): string => join(root, 'dist', `${entry}.js`);
const alias = { 'clever-sdk/values': at('values'), 'clever-sdk/schemas': at('schemas'), 'clever-sdk': at('index') };

for (const [name, program] of Object.entries(PROGRAMS)) {
  const { first, all } = await bundledProgram(program, root, { alias });
  console.log(`${name.padEnd(16)} ${kB(first).padStart(6)} kB first ${kB(all).padStart(6)} kB in all`);
}

function kB(bytes: number): string {
  return (bytes / 1_000).toFixed(1);
}
