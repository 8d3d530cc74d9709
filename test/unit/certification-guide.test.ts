import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { certificationGuide } from '../../scripts/certification-guide.ts';
import { CATALOGUE } from '../../src/certify/catalogue/index.js';

const guide = readFileSync(new URL('../../docs/guides/certification.md', import.meta.url), 'utf8');

describe('docs/guides/certification.md', () => {
  it('matches the output of scripts/write-certification-guide.ts: npm run docs:guides', () => {
    expect(guide).toBe(certificationGuide());
  });

  it('has a row for each requirement', () => {
    for (const { id, title, by } of CATALOGUE) {
      expect(guide).toContain(by === 'probe' ? `\n| \`${id}\`<br>${title} |` : `\n| ${title} |`);
    }
  });
});
