/**
 * The first step of a release: builds the package from nothing and packs it into `release/`, with a record of its
 * bytes. Everything after this uses that one file. Run by `npm run release:pack`.
 *
 * Fails when a file is not as it was committed: then what is published would not be what was reviewed.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { packBuild, run } from '../pack.ts';
import { main, npm, ROOT, releaseFolder } from './command.ts';
import { integrityOf, writeRecord } from './record.ts';

await main(() => {
  const { values } = parseArgs({ options: { folder: { type: 'string' } } });
  const folder = releaseFolder(values.folder);
  npm(['run', 'build', '--silent']);
  const changed = run('git', ['status', '--porcelain'], ROOT).trim();
  if (changed !== '') {
    throw new Error(`These files are not as they were committed. Commit or remove them, then pack again:\n${changed}`);
  }

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const tarball = packBuild(folder);
  const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, string>;
  const integrity = integrityOf(tarball);
  writeRecord(folder, {
    ...{ name: String(name), version: String(version) },
    commit: run('git', ['rev-parse', 'HEAD'], ROOT).trim(),
    file: basename(tarball),
    integrity,
    passed: [],
  });
  console.log(`${basename(tarball)} ${integrity}`);
});
