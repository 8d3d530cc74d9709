#!/usr/bin/env node
import { run } from './run.js';
import { EXIT } from './session/exit-codes.js';
import { processIo } from './terminal/process-io.js';

process.exitCode = await run(process.argv.slice(2), processIo(EXIT.interrupted));
