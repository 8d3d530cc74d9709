/** Removes what a build writes, so that nothing of an earlier one is shipped: `npm run clean`. */
import { rmSync } from 'node:fs';

rmSync(new URL('../dist/', import.meta.url), { recursive: true, force: true });
