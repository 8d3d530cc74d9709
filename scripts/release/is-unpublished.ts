/** Prints `true` when the registry does not have the version in package.json yet, and `false` when it does. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main, ROOT } from './command.ts';

await main(() => {
  const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, string>;
  const { status, stdout } = spawnSync('npm', ['view', `${name}@${version}`, 'version', '--json'], {
    encoding: 'utf8',
  });
  const answer = stdout.trim() === '' ? undefined : (JSON.parse(stdout) as unknown);
  if (status === 0) {
    console.log(String(answer !== version)); // of a package without this version npm prints nothing
  } else if (stdout.includes('E404')) {
    console.log('true');
  } else {
    // Not an answer: taken for "unpublished", it would start a release that cannot end.
    throw new Error(`npm could not say whether ${name}@${version} exists.`);
  }
});
