/** Writes `docs/guides/certification.md` from its text and the catalogue of requirements. */
import { writeFileSync } from 'node:fs';
import { certificationGuide } from './certification-guide.ts';

writeFileSync(new URL('../docs/guides/certification.md', import.meta.url), certificationGuide());
