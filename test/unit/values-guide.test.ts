import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { valuesGuide } from '../../scripts/values-guide.ts';

describe('docs/guides/values.md', () => {
  it('matches the output of scripts/write-values-guide.ts', () => {
    expect(readFileSync(new URL('../../docs/guides/values.md', import.meta.url), 'utf8')).toBe(valuesGuide());
  });
});
