/**
 * Writes package.json's version and homepage into `src/version.ts`, after changesets has raised the version:
 * `npm run version-packages`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
  homepage: string;
};
const file = new URL('../src/version.ts', import.meta.url);

let text = readFileSync(file, 'utf8');
for (const [name, value] of Object.entries({ VERSION: manifest.version, DOCS: manifest.homepage })) {
  const constant = new RegExp(`(?<=const ${name}: string = ')[^']*`, 'u');
  if (!constant.test(text)) {
    throw new Error(`src/version.ts has no ${name} to replace`);
  }
  text = text.replace(constant, () => value);
}
writeFileSync(file, text);
