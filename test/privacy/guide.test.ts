import { readFileSync } from 'node:fs';
import { SENSITIVE_FIELDS, SENSITIVITY } from 'clever-sdk/values';
import { describe, expect, it } from 'vitest';
import { withTables } from '../../scripts/privacy-table.js';

const registry = { tables: SENSITIVITY, sensitiveFields: SENSITIVE_FIELDS };
const guide = readFileSync(new URL('../../docs/guides/privacy.md', import.meta.url), 'utf8');

describe('the privacy guide', () => {
  it('has the current registry; otherwise run scripts/write-privacy-guide.ts', () => {
    expect(withTables(guide, registry)).toBe(guide);
  });

  it('names every classified field of every kind', () => {
    for (const path of Object.values(SENSITIVITY).flatMap((fields) => Object.keys(fields))) {
      expect(guide).toContain(`\`${path}\``);
    }
  });

  it('keeps its prose when the tables are written', () => {
    expect(() => withTables('no markers', registry)).toThrow('has no markers');
    expect(withTables(guide, { ...registry, sensitiveFields: [] })).toContain('## The registry');
  });
});
