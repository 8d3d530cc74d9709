/**
 * Writes `dist/THIRD-PARTY-LICENSES.txt`: the licence of every package whose code is in the built files.
 * Run by `npm run build`. Fails when a package has no licence text, because it must not be published then.
 *
 * A package that names the Unlicense may come without its text, which is the same for all: `licences/` has it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledPackages } from './bundled-packages.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');
const packages = bundledPackages(dist);
if (packages.length === 0) {
  throw new Error('No bundled package was found in dist/. Was it minified?');
}

const sections = packages.map(({ name, folder }) => {
  const directory = join(root, folder);
  const { version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as {
    version: string;
    license?: string;
  };
  const file = readdirSync(directory).find((entry) => /^licen[cs]e(?:\.(?:md|txt))?$/iu.test(entry));
  const common = license === 'Unlicense' ? join(root, 'scripts/licences/Unlicense.txt') : undefined;
  const text = file === undefined ? common : join(directory, file);
  if (license === undefined || text === undefined) {
    throw new Error(`${name}@${version} has no licence text`);
  }
  return `${name} ${version} (${license})\n\n${readFileSync(text, 'utf8').trim()}\n`;
});

const rule = `\n${'-'.repeat(80)}\n\n`;
const preface = 'Some files of this package contain code of the packages below, under their licences.\n';
writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), [preface, ...sections].join(rule));
