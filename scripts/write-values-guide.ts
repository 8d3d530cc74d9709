/** Writes `docs/guides/values.md` from the tables of the built package. */
import { writeFileSync } from 'node:fs';
import { valuesGuide } from './values-guide.ts';

writeFileSync(new URL('../docs/guides/values.md', import.meta.url), valuesGuide());
