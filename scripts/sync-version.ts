/**
 * Writes package.json's version into `src/version.ts`, after changesets has raised it:
 * `npm run version-packages`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
const file = new URL('../src/version.ts', import.meta.url);
const before = readFileSync(file, 'utf8');
const after = before.replace(/(?<=VERSION = ')[^']*/u, manifest.version);
if (!after.includes(`'${manifest.version}'`)) {
  throw new Error('src/version.ts has no VERSION to replace');
}
writeFileSync(file, after);
