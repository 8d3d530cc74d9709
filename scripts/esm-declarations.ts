/**
 * Writes the declarations for ES modules, after those for CommonJS were built. Each re-exports the CommonJS
 * declaration, so that a class is the same type in both formats and no type is published twice. For the same reason,
 * what the sync's declaration takes from sources of the root entry becomes an import of the root entry.
 * Run by `npm run build`.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
// Files that two entries share have a hash in their names, and are not entries themselves.
const SHARED = /-[\w-]{8}\.d\.cts$/u;

const sync = join(dist, 'sync.d.cts');
writeFileSync(sync, readFileSync(sync, 'utf8').replace(/^(import .* from )'\.\.\/.*\.ts';$/gmu, "$1'./index.cjs';"));

for (const file of globSync('*.d.cts', { cwd: dist }).filter((name) => !SHARED.test(name))) {
  const name = basename(file, '.d.cts');
  const text = readFileSync(join(dist, file), 'utf8');
  // msw is an ES module: under `module: node16`, a CommonJS declaration must not import its types.
  writeFileSync(join(dist, `${name}.d.ts`), text.includes("'msw'") ? text : `export * from './${name}.cjs';\n`);
}
