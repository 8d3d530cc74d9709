/**
 * Writes `SUPPORTED.md`. With `CLEVER_REFERENCE_DIR`, the folder with the official specifications, it
 * repeats the comparison with them; without it, that part stays the same.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { parse } from 'yaml';
import { coverageOf, type Spec, type Version } from './supported/coverage.ts';
import { specifiedPart, specifiedPartOf, supportedDocument } from './supported/document.ts';

// Node runs TypeScript directly, but the sources import each other under their compiled names.
registerHooks({
  resolve: (specifier, context, next) =>
    next(
      context.parentURL?.includes('/src/') === true ? specifier.replace(/^(\..*)\.js$/u, '$1.ts') : specifier,
      context,
    ),
});

const { makeApp } = await import('../src/sandbox/server/app.ts');
const { createSandbox } = await import('../src/sandbox/sandbox.ts');
const file = new URL('../SUPPORTED.md', import.meta.url);
const reference = process.env['CLEVER_REFERENCE_DIR'];
const specified = reference === undefined ? specifiedPartOf(readFileSync(file, 'utf8')) : await compare(reference);
writeFileSync(file, supportedDocument(makeApp(createSandbox()).routes, specified));
console.log(
  reference === undefined
    ? 'SUPPORTED.md written, except the part on the specifications: set CLEVER_REFERENCE_DIR to repeat that comparison.'
    : 'SUPPORTED.md written.',
);

async function compare(folder: string): Promise<string> {
  const coverage = (version: Version) => {
    const spec = parse(readFileSync(join(folder, 'openapi', `${version}-client.yml`), 'utf8')) as Spec;
    return coverageOf(createSandbox({ districts: [{ seed: 4, students: 60 }] }), version, spec);
  };
  return specifiedPart({ 'v3.0': await coverage('v3.0'), 'v3.1': await coverage('v3.1') });
}
