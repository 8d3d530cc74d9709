/** Writes `src/checks/checks.ts` from the schemas. */
import { writeFileSync } from 'node:fs';
import { generateChecks } from './generate-checks.ts';

writeFileSync(new URL('../src/checks/checks.ts', import.meta.url), generateChecks());
