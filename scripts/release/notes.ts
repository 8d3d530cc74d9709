/** Prints the section of CHANGELOG.md for the version in package.json, as the text of the release on GitHub. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changelogSection } from './changelog-section.ts';
import { main, ROOT } from './command.ts';

await main(() => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  console.log(changelogSection(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'), version));
});
