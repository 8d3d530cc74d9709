/**
 * Checks the API of the latest build: that `docs/api-report/` has it, and that what differs from the last release has
 * a changeset of its kind. `npm run check:api`, after `npm run build`. With `--unmentioned`, lists the exports that no
 * guide and no example mentions, and checks nothing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { builtReports } from './api-report/built.ts';
import { compareReports, neededKind } from './api-report/compare.ts';
import { entriesOf } from './api-report/entries.ts';
import { compareWithLastRelease, linesOf, REPORTS } from './api-report/rule.ts';
import { unmentioned } from './api-report/unmentioned.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({ options: { unmentioned: { type: 'boolean', default: false } } });
const committed = textsIn(join(root, REPORTS));

if (options.unmentioned) {
  console.log(unmentioned(root, committed.values()).join('\n'));
} else if (isWhatWasBuilt()) {
  const { holds, lines } = compareWithLastRelease(root, committed);
  console.log(lines.join('\n'));
  process.exitCode = holds ? 0 : 1;
} else {
  process.exitCode = 1;
}

/** Compares the committed reports with those of the build, and prints what differs. */
function isWhatWasBuilt(): boolean {
  const built = builtReports(entriesOf(join(root, 'package.json')), root);
  const names = new Set([...built.keys(), ...committed.keys()]);
  if ([...names].every((name) => built.get(name) === committed.get(name))) {
    console.log(`${built.size} reports in ${REPORTS} are those of the build.`);
    return true;
  }
  printDifference(built);
  const findings = compareReports(committed.values(), built.values());
  console.error(['', ...linesOf(findings)].join('\n'));
  const kind = neededKind(findings);
  const changeset = kind === undefined ? 'it is the same in another form' : `add a changeset of kind ${kind}`;
  console.error(`The API changed: run \`npm run api-report\`, and ${changeset}.`);
  return false;
}

function printDifference(built: ReadonlyMap<string, string>): void {
  const folder = mkdtempSync(join(tmpdir(), 'clever-sdk-api-'));
  try {
    for (const [side, reports] of Object.entries({ committed, built })) {
      mkdirSync(join(folder, side));
      for (const [name, text] of reports) {
        writeFileSync(join(folder, side, name), text);
      }
    }
    const args = ['diff', '--no-index', '--no-color', '--no-ext-diff', 'committed', 'built'];
    spawnSync('git', args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function textsIn(folder: string): ReadonlyMap<string, string> {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
