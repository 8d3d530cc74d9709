/**
 * Writes the declarations for ES modules, after those for CommonJS were built. Each re-exports the CommonJS
 * declaration, so that a class is the same type in both formats and no type is published twice. For the same reason,
 * what the sync's declarations take from sources of another entry becomes an import of that entry.
 * Run by `npm run build`.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
// Files that two entries share have a hash in their names, and are not entries themselves.
const SHARED = /-[\w-]{8}\.d\.cts$/u;

for (const name of [
  'sync',
  'sync-pg-boss',
  'oneroster',
  'better-auth',
  'authjs',
  'passport',
  'fastify',
  'hono',
  'nuxt',
  'recording',
]) {
  const file = join(dist, `${name}.d.cts`);
  const text = readFileSync(file, 'utf8')
    .replace(/^(import .* from )'\.\.\/engine\/engine\.ts';$/gmu, "$1'./sync.cjs';")
    .replace(/^(import .* from )'\.\.\/.*\.ts';$/gmu, "$1'./index.cjs';");
  writeFileSync(file, text);
}

for (const file of globSync('*.d.cts', { cwd: dist }).filter((name) => !SHARED.test(name))) {
  const name = basename(file, '.d.cts');
  const text = readFileSync(join(dist, file), 'utf8');
  // msw is an ES module: under `module: node16`, a CommonJS declaration must not import its types. And what an ES
  // module imports as the default of a CommonJS one is the whole of its exports.
  const isCopied = text.includes("'msw'") || / as default\b/u.test(text);
  writeFileSync(join(dist, `${name}.d.ts`), isCopied ? text : `export * from './${name}.cjs';\n`);
}
