/**
 * Writes what each entry point of the package offers its users into `docs/api-report/`, from the built declarations:
 * `npm run api-report`, after `npm run build`.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtReports } from './api-report/built.ts';
import { entriesOf } from './api-report/entries.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'docs', 'api-report');
const reports = builtReports(entriesOf(join(root, 'package.json')), root);

mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder).filter((file) => !reports.has(file))) {
  rmSync(join(folder, name));
}
for (const [name, text] of reports) {
  writeFileSync(join(folder, name), text);
}
console.log(`${reports.size} reports are in docs/api-report/.`);
