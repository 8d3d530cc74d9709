import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package of which code stands in a bundle. */
export interface BundledPackage {
  readonly name: string;
  /** The folder that it was bundled from, relative to the bundle's own. */
  readonly folder: string;
}

/**
 * The packages whose code stands in the bundles of a folder. Read from the source maps, which name each file that left
 * code behind: a list kept by hand would forget what a dependency of a dependency brings.
 */
export function bundledPackages(dist: string): BundledPackage[] {
  const found = new Map<string, string>();
  for (const file of globSync('*.map', { cwd: dist })) {
    for (const source of sourceMapAt(join(dist, file)).sources) {
      const match = /^(?<folder>.*node_modules\/(?<name>(?:@[^/]+\/)?[^/]+))\//u.exec(source)?.groups;
      if (match?.['name'] !== undefined && match['folder'] !== undefined) {
        found.set(match['name'], match['folder']);
      }
    }
  }
  return [...found].map(([name, folder]) => ({ name, folder })).sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** A source map, as far as we read it. */
export interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent?: readonly (string | null)[];
}

/** Reads a source map file. */
export function sourceMapAt(path: string): SourceMap {
  return JSON.parse(readFileSync(path, 'utf8')) as SourceMap;
}
