import { readFileSync } from 'node:fs';

/** An entry point of the package. */
export interface Entry {
  /** As an app imports it: `clever-sdk/sync`. */
  readonly specifier: string;
  /** The name of its files in `dist/`, and of its report: `sync`. */
  readonly name: string;
  /** Its declarations for ES modules and for CommonJS, as paths in the package. */
  readonly declarations: { readonly import: string; readonly require: string };
}

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<
    Record<string, string | Readonly<Record<'import' | 'require', { readonly types: string }>>>
  >;
}

/** Reads the entry points of a package from the `exports` of its package.json. */
export function entriesOf(manifestFile: string): readonly Entry[] {
  const { name: packageName, exports } = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest;
  return Object.entries(exports).flatMap(([path, conditions]) =>
    typeof conditions === 'string'
      ? [] // package.json itself
      : [
          {
            specifier: packageName + path.slice(1),
            name: stemOf(conditions.import.types),
            declarations: { import: conditions.import.types, require: conditions.require.types },
          },
        ],
  );
}

/** The name of a file of declarations without its folder and ending: `./dist/sync.d.cts` is `sync`. */
export function stemOf(path: string): string {
  return path.replace(/^.*\//u, '').replace(/\.d\.[cm]?ts$/u, '');
}

/** The name of the file that has the report of an entry, in `docs/api-report/`. */
export function reportFile({ name }: Pick<Entry, 'name'>): string {
  return `${name}.d.ts.txt`;
}
