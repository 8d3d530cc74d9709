import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package of which a bundle holds code. */
export interface BundledPackage {
  readonly name: string;
  /** The folder that it was bundled from, relative to the project's root. */
  readonly folder: string;
}

/** What esbuild writes above the code of each file that it bundles. */
const FROM_PACKAGE = /^\s*\/\/ (?<folder>node_modules\/(?:.*\/node_modules\/)?(?<name>(?:@[^/\s]+\/)?[^/\s]+))\//gmu;

/**
 * The packages whose code the bundles of a folder hold. Read from the bundles, which name each file that left code in
 * them: a list kept by hand would forget what a dependency of a dependency brings.
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
