import { describe, expect, it } from 'vitest';
import { factsOf, readSources, type SourceFacts } from './imports.js';
import { BEHIND_THE_ENGINE, loadedWithTheRoot, SEAMS } from './seams.js';

const sources = readSources();

describe('what importing the root entry loads', () => {
  it('is nothing beyond a seam, and no package', () => {
    const { files, packages } = loadedWithTheRoot(sources);
    expect(files.length).toBeGreaterThan(40);
    expect(files.filter((path) => path in SEAMS || BEHIND_THE_ENGINE.includes(path))).toEqual([]);
    expect(packages).toEqual([]);
  });

  it('names files that exist', () => {
    const paths = sources.map(({ path }) => path);
    expect(BEHIND_THE_ENGINE.filter((path) => !paths.includes(path))).toEqual([]);
  });

  it.each(Object.keys(SEAMS))('leaves %s to an import in a function', (path) => {
    const importers = sources.filter(({ imports }) =>
      imports.some(({ target, dynamic }) => dynamic && target === path),
    );
    expect(importers.map((source) => source.path)).not.toEqual([]);
  });

  it.each([
    ['a static import', "import { errorOf } from './failure.js';"],
    ['a re-export', "export { errorOf } from './failure.js';"],
    ['an import for its effect', "import './failure.js';"],
  ])('would be more by %s', (_what, text) => {
    expect(loadedWithTheRoot(withRoot(text)).files).toContain('src/failure.ts');
  });

  it.each([
    ['a dynamic import', "const load = () => import('./failure.js');"],
    ['an import of types', "import type { FinalFailure } from './failure.js';"],
  ])('is no more by %s', (_what, text) => {
    expect(loadedWithTheRoot(withRoot(text)).files).toEqual(['src/index.ts']);
  });
});

function withRoot(text: string): SourceFacts[] {
  return [factsOf('src/index.ts', text), factsOf('src/failure.ts', "import ky from 'ky';")];
}
