import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Entry, reportFile } from './entries.ts';
import { formatted } from './format.ts';
import { reportsOf } from './report.ts';

/**
 * Makes the reports of what is in `dist/`, by the names of their files. Throws when ES modules and CommonJS do not
 * have the same API.
 */
export function builtReports(entries: readonly Entry[], root: string): ReadonlyMap<string, string> {
  const read = (path: string): string | undefined =>
    existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;
  const esm = reportsOf(entries, read, 'import');
  const commonJs = reportsOf(entries, read, 'require');
  return new Map(
    entries.map((entry) => {
      const report = esm.get(entry.name) ?? '';
      if (report !== commonJs.get(entry.name)) {
        throw new Error(`${entry.specifier} has another API for CommonJS than for ES modules.`);
      }
      return [reportFile(entry), formatted(report, root)];
    }),
  );
}
