import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DOCS, VERSION } from '../../src/version.js';

it('copies the version and the homepage of package.json', () => {
  const { version, homepage } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, string>;
  expect({ version: VERSION, homepage: DOCS }).toEqual({ version, homepage });
});

it('has an address that paths can be added to', () => {
  expect(new URL('errors/config', DOCS).href).toBe(`${DOCS}errors/config`);
});
