/** Makes the tables of `docs/guides/scale.md` from what `npm run bench:fleet` has measured. */
import { readFileSync, writeFileSync } from 'node:fs';
import { scaleGuide } from './scale/guide.ts';
import { readMeasured } from './scale/measured.ts';

const file = new URL('../docs/guides/scale.md', import.meta.url);
writeFileSync(file, scaleGuide(readFileSync(file, 'utf8'), readMeasured()));
