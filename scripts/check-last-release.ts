/**
 * Compiles and runs the public tests of the last release against the sources: `npm run check:last-release`. Exits with
 * 1 when one breaks that no major changeset names.
 */
import { fileURLToPath } from 'node:url';
import { checkLastRelease } from './last-release/check.ts';

const { holds, lines } = checkLastRelease(fileURLToPath(new URL('..', import.meta.url)));
console.log(lines.join('\n'));
process.exitCode = holds ? 0 : 1;
