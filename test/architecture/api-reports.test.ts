import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { entriesOf, reportFile } from '../../scripts/api-report/entries.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

it('each entry point has a report of its API, and nothing else has one', () => {
  const entries = entriesOf(`${root}package.json`);
  expect(entries.length).toBeGreaterThan(10);
  expect(readdirSync(`${root}docs/api-report`).sort()).toEqual(entries.map(reportFile).sort());
});
