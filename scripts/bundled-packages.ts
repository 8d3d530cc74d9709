import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package whose code is in a bundle. */
export interface BundledPackage {
  readonly name: string;
  /** The folder that it was bundled from, relative to the project's root. */
  readonly folder: string;
}

/** The comment that esbuild writes above the code of each bundled file. */
const FROM_PACKAGE = /^\s*\/\/ (?<folder>node_modules\/(?:.*\/node_modules\/)?(?<name>(?:@[^/\s]+\/)?[^/\s]+))\//gmu;

/**
 * Returns the packages whose code is in the bundles of a folder. Reads the bundles, which name each file
 * that they contain: a hand-written list would miss dependencies of dependencies.
 */
export function bundledPackages(dist: string): BundledPackage[] {
  const found = new Map<string, string>();
  for (const file of globSync('*.{js,cjs}', { cwd: dist })) {
    for (const { groups } of readFileSync(join(dist, file), 'utf8').matchAll(FROM_PACKAGE)) {
      if (groups?.['name'] !== undefined && groups['folder'] !== undefined) {
        found.set(groups['name'], groups['folder']);
      }
    }
  }
  return [...found].map(([name, folder]) => ({ name, folder })).sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
