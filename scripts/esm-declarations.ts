/**
 * Writes the declarations for ES modules, after those for CommonJS are built: each exports the latter again, so that a
 * class is one type in both formats, and no type is shipped twice. Run by `npm run build`.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
// What two entries share has a hash in its name, and is no entry itself.
const SHARED = /-[\w-]{8}\.d\.cts$/u;

for (const file of globSync('*.d.cts', { cwd: dist }).filter((name) => !SHARED.test(name))) {
  const name = basename(file, '.d.cts');
  const text = readFileSync(join(dist, file), 'utf8');
  // msw is an ES module, whose types a declaration for CommonJS may not name under `module: node16`.
  writeFileSync(join(dist, `${name}.d.ts`), text.includes("'msw'") ? text : `export * from './${name}.cjs';\n`);
}
