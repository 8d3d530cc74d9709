#!/usr/bin/env node
import { EXIT } from './session/exit-codes.js';

/** Below this version, Node lacks what the commands import. The project's tests run on 22.12 and newer. */
const OLDEST = [20, 12] as const;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(`clever-sdk: needs Node 22.12 or newer; this is Node ${process.versions.node}.\n`);
  process.exitCode = EXIT.usage;
} else {
  // Imported after the check, because an older Node cannot load these files.
  const [{ run }, { processIo }] = await Promise.all([import('./run.js'), import('./terminal/process-io.js')]);
  process.exitCode = await run(process.argv.slice(2), processIo(EXIT.interrupted));
}
