/**
 * Prints `true` when the version in package.json is to be published: the registry does not have it yet, and no
 * changeset waits. With one, this commit is later than the one that prepared the version, and would be published under
 * its name.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { main, ROOT } from './command.ts';
import { isNotFound } from './npm-answers.ts';
import { waitingChangesets } from './waiting.ts';

await main(() => {
  const { values } = parseArgs({ options: { project: { type: 'string', default: ROOT } } });
  const { name, version } = JSON.parse(readFileSync(join(values.project, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  console.log(String(waitingChangesets(values.project).length === 0 && isUnpublished(name, version)));
});

function isUnpublished(name: string, version: string): boolean {
  const { status, stdout } = spawnSync('npm', ['view', `${name}@${version}`, 'version', '--json'], {
    encoding: 'utf8',
  });
  if (status === 0) {
    return stdout.trim() === '' || JSON.parse(stdout) !== version; // of a package without this version npm prints nothing
  }
  if (!isNotFound(stdout)) {
    // Not an answer: taken for "unpublished", it would start a release that cannot end.
    throw new Error(`npm could not say whether ${name}@${version} exists.`);
  }
  return true;
}
