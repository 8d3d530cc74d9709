#!/usr/bin/env node
import { EXIT } from './session/exit-codes.js';
import { isOlder, NEEDED_NODE, OLDEST_NODE } from './session/node-version.js';

if (isOlder(process.versions.node, OLDEST_NODE)) {
  process.stderr.write(`clever-sdk: needs Node ${NEEDED_NODE} or newer; this is Node ${process.versions.node}.\n`);
  process.exitCode = EXIT.usage;
} else {
  // Imported after the check, because an older Node cannot load these files.
  const [{ run }, { processIo }] = await Promise.all([import('./run.js'), import('./terminal/process-io.js')]);
  process.exitCode = await run(process.argv.slice(2), processIo(EXIT.interrupted));
}
