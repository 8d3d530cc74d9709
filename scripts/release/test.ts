/**
 * The second step of a release: runs the gates on the tarball in `release/`, and records those that it has passed. Run
 * by `npm run release:test`, or with the names of some gates: `npm run release:test -- check:package`.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { main, npm, releaseFolder } from './command.ts';
import { assertUnchanged, GATES, isGate, readRecord, writeRecord } from './record.ts';

await main(() => {
  const { values, positionals } = parseArgs({ options: { folder: { type: 'string' } }, allowPositionals: true });
  const unknown = positionals.filter((word) => !isGate(word));
  if (unknown.length > 0) {
    throw new Error(`No gate is called ${unknown.join(', ')}: there are ${GATES.join(', ')}.`);
  }

  const folder = releaseFolder(values.folder);
  let record = readRecord(folder);
  for (const gate of positionals.length === 0 ? GATES : positionals.filter(isGate)) {
    npm(['run', gate], { env: { CLEVER_SDK_TARBALL: join(folder, record.file) } });
    assertUnchanged(folder, record);
    record = { ...record, passed: [...record.passed.filter((passed) => passed !== gate), gate] };
    writeRecord(folder, record);
  }
  console.log(`${record.file} has passed ${record.passed.join(', ')}.`);
});
