import { existsSync, readFileSync } from 'node:fs';
import { createSandbox } from 'clever-sdk/sandbox';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { coverageOf, type Spec, type Version } from '../../scripts/supported/coverage.js';
import { specifiedPart, specifiedPartOf, sumOf, supportedDocument } from '../../scripts/supported/document.js';
import { BEHAVIOURS } from '../../scripts/supported/facts.js';
import { makeApp } from '../../src/sandbox/server/app.js';
import '../support/evidence.js';
import { referenceDir, referencePath, skipReason } from '../support/reference.js';

const root = new URL('../../', import.meta.url);
const written = readFileSync(new URL('SUPPORTED.md', root), 'utf8');

function coverage(version: Version) {
  const spec = parse(readFileSync(referencePath('openapi', `${version}-client.yml`), 'utf8')) as Spec;
  return coverageOf(createSandbox({ districts: [{ seed: 4, students: 60 }] }), version, spec);
}

describe('SUPPORTED.md', () => {
  it('lists the current routes and behaviours; otherwise run `npm run supported`', () => {
    expect(supportedDocument(makeApp(createSandbox()).routes, specifiedPartOf(written))).toBe(written);
  });

  it.skipIf(referenceDir === undefined)(
    `describes the specifications correctly${referenceDir === undefined ? ` (${skipReason})` : '; otherwise run `npm run supported`'}`,
    async () => {
      const part = specifiedPart({ 'v3.0': await coverage('v3.0'), 'v3.1': await coverage('v3.1') });
      expect(specifiedPartOf(written)).toBe(part);
    },
  );

  it.skipIf(referenceDir === undefined).for(['v3.0', 'v3.1'] as const)(
    'counts every operation of %s as supported',
    async (version, { task }) => {
      task.meta.subject = { part: 'api', name: version };
      task.meta.proves = [];
      const found = await coverage(version);
      const parameters = found.flatMap((one) => one.parameters);
      task.meta.measured = { operations: sumOf(found), parameters: sumOf(parameters) };
      expect(found.filter(({ isSupported }) => !isSupported)).toEqual([]);
    },
  );

  it.each(BEHAVIOURS)('names a test that exists: $what', ({ test: [file, title] }) => {
    const path = new URL(file, root);
    expect(existsSync(path) && readFileSync(path, 'utf8')).toContain(title);
  });

  it('requires evidence for every route', () => {
    expect(() => supportedDocument([{ method: 'GET', path: '/v3.1/surprises' }], '')).toThrow('GET /surprises');
  });

  it('keeps the part that was compared with the specifications', () => {
    expect(() => specifiedPartOf('no markers')).toThrow('has no markers around the comparison');
    expect(specifiedPartOf(supportedDocument([], 'compared'))).toBe('compared');
  });
});

describe('a comparison with a specification', () => {
  it('finds operations without an answer, and parameters without an effect', async () => {
    const spec: Spec = {
      paths: {
        '/users': {
          get: {
            parameters: [
              { name: 'limit', in: 'query' },
              { name: 'where', in: 'query' },
            ],
          },
        },
        '/surprises/{id}': { get: {} },
      },
    };
    const found = await coverageOf(createSandbox({ districts: [{ seed: 4, students: 60 }] }), 'v3.0', spec);
    expect(found).toEqual([
      {
        operation: 'GET /users',
        isSupported: true,
        parameters: [
          { name: 'limit', isSupported: true },
          { name: 'where', isSupported: false },
        ],
      },
      { operation: 'GET /surprises/{id}', isSupported: false, parameters: [] },
    ]);
    expect(specifiedPart({ 'v3.0': found, 'v3.1': [] })).toContain('`where` (**not supported**)');
  });
});
