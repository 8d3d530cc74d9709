import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };

it('the engine is tested with the lowest pg-boss that its peer range allows', () => {
  const { version } = createRequire(import.meta.url)('pg-boss-lowest/package.json') as { readonly version: string };
  expect(manifest.peerDependencies['pg-boss']).toBe(`^${version}`);
});
