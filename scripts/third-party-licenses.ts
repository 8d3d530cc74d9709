/**
 * Writes `dist/THIRD-PARTY-LICENSES.txt`: the licence of every package whose code the built files carry. Run by
 * `npm run build`; fails when a package has no licence text, because then it must not be shipped.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledPackages } from './bundled-packages.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');
const packages = bundledPackages(dist);
if (packages.length === 0) {
  throw new Error('No bundled package found in dist/: was it minified?');
}

const sections = packages.map(({ name, folder }) => {
  const directory = join(root, folder);
  const { version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as {
    version: string;
    license?: string;
  };
  const file = readdirSync(directory).find((entry) => /^licen[cs]e(?:\.(?:md|txt))?$/iu.test(entry));
  if (license === undefined || file === undefined) {
    throw new Error(`${name}@${version} comes without a licence text`);
  }
  return `${name} ${version} (${license})\n\n${readFileSync(join(directory, file), 'utf8').trim()}\n`;
});

const rule = `\n${'-'.repeat(80)}\n\n`;
const preface = 'Some files of this package carry code of the packages below, under their licences.\n';
writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), [preface, ...sections].join(rule));
