/** Removes the output of earlier builds, so that none of it is published: `npm run clean`. */
import { rmSync } from 'node:fs';

rmSync(new URL('../dist/', import.meta.url), { recursive: true, force: true });
