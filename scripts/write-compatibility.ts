/**
 * Writes `docs/compatibility.md` and the badges of the README from what the suites have recorded: run them before it.
 * With `--check` it writes nothing, and fails when the page differs from what the suites have recorded; with `--all`
 * also when a part was not run as a whole, unless that needs files that are not in the project.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { withBadges } from './compatibility/badges.ts';
import { compared } from './compatibility/compare.ts';
import { compatibilityPage } from './compatibility/page.ts';
import { NEEDS_MORE, type Proven } from './compatibility/parts.ts';
import { readResults } from './compatibility/recorder.ts';

const at = (path: string): URL => new URL(`../${path}`, import.meta.url);
const read = (path: string): string => readFileSync(at(path), 'utf8');

const { values: options } = parseArgs({
  options: { check: { type: 'boolean', default: false }, all: { type: 'boolean', default: false } },
});
const PROVEN = 'scripts/compatibility/proven.json';
const { engines } = JSON.parse(read('package.json')) as { readonly engines: { readonly node: string } };
const oldestNode = engines.node.replace('>=', '');
const committed = JSON.parse(read(PROVEN)) as Proven;
const { proven, differences, otherVersions, failures, notCompared } = compared(committed, readResults());
const missing = options.all ? notCompared.filter(({ part }) => !NEEDS_MORE.has(part)) : [];

for (const { part, reason } of notCompared) {
  console.log(`Not compared: ${part}: ${reason}.`);
}
const problems = [
  ...failures,
  ...missing.map(({ part }) => `${part} has to be compared`),
  ...(options.check ? check() : write()),
];
for (const problem of problems) {
  console.error(problem);
}
if (problems.length > 0) {
  process.exitCode = 1;
}

function write(): string[] {
  writeFileSync(at(PROVEN), `${JSON.stringify(proven, null, 2)}\n`);
  for (const [path, text] of Object.entries(documentsOf(proven))) {
    writeFileSync(at(path), text);
    console.log(`${path} written.`);
  }
  return [];
}

function check(): string[] {
  for (const version of otherVersions) {
    console.log(`Another version: ${version}. \`npm run compatibility\` writes it.`);
  }
  const stale = Object.entries(documentsOf(committed)).filter(([path, text]) => read(path) !== text);
  const found = [...differences, ...stale.map(([path]) => `${path} is not what ${PROVEN} says`)];
  return found.length === 0
    ? []
    : [...found, 'The page on compatibility is out of date: run `npm run compatibility`, and commit what it writes.'];
}

function documentsOf(known: Proven): Readonly<Record<string, string>> {
  return {
    'docs/compatibility.md': compatibilityPage(known, oldestNode),
    'README.md': withBadges(read('README.md'), known, oldestNode),
  };
}
