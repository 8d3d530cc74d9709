/**
 * Runs every TypeScript snippet that a reader may copy, on the built package and against a sandbox. Those that are not
 * run say why.
 *
 * `npm run test:snippets -- docs/guides/sync.md` runs those of files whose path contains that; `--write` writes what
 * they print into the pages, where output is shown; with `--all`, a snippet for which something is not installed fails.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { execute, type Result } from './snippets/execute.ts';
import { findSnippets } from './snippets/find.ts';
import { updatedOutput } from './snippets/output.ts';
import { reportOf } from './snippets/report.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/u, '');
const { values, positionals } = parseArgs({
  options: { write: { type: 'boolean', default: false }, all: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const snippets = findSnippets(root, positionals);
const results = await execute(snippets, { root, parallel: availableParallelism(), timeLimitMs: 300_000 });
if (values.write) {
  writeOutputs(results);
}
console.log(reportOf(results));
const isFailure = ({ kind }: Result): boolean => kind === 'failed' || (kind === 'skipped' && values.all);
process.exitCode = snippets.length > 0 && !results.some(isFailure) ? 0 : 1;

/** From the end of each file to its beginning, so that the places stay right. */
function writeOutputs(all: readonly Result[]): void {
  for (const result of all.toReversed()) {
    const { file, output } = result.snippet;
    if (output !== undefined && 'printed' in result && result.printed !== undefined && result.printed !== '') {
      const text = readFileSync(`${root}/${file}`, 'utf8');
      const updated = `${updatedOutput(output.text, result.printed)}\n`;
      writeFileSync(`${root}/${file}`, text.slice(0, output.start) + updated + text.slice(output.end));
    }
  }
}
