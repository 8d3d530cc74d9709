/** What a bundler makes of a program: how the sizes of the package are measured, in one place. */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** Minified and compressed by gzip, in bytes. */
export interface BundledProgram {
  /** The entry and the modules that it imports statically: what is loaded at the start. */
  readonly first: number;
  /** With everything that may be loaded later. A bundler without code splitting ships this. */
  readonly all: number;
  /** The source files in what is loaded at the start. */
  readonly inFirst: readonly string[];
}

/**
 * Bundles a program with all that it needs.
 *
 * @param contents - The program, an ES module.
 * @param folder - Where its imports are resolved.
 * @param options - `external`: packages that are not bundled. `alias`: files in the place of packages.
 */
export async function bundledProgram(
  contents: string,
  folder: string,
  options: { readonly external?: readonly string[]; readonly alias?: Readonly<Record<string, string>> } = {},
): Promise<BundledProgram> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: folder, sourcefile: 'program.js' },
    alias: { ...options.alias },
    external: ['node:*', ...(options.external ?? [])],
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    outdir: join(folder, 'bundle'),
    absWorkingDir: folder,
    metafile: true,
    write: false,
    logLevel: 'error',
  });
  const sizes = new Map(outputFiles.map(({ path, contents: file }) => [path, gzipSync(file, { level: 9 }).length]));
  const first = new Set(['bundle/stdin.js']);
  for (const file of first) {
    for (const { path, kind } of metafile.outputs[file]?.imports ?? []) {
      if (kind === 'import-statement') {
        first.add(path);
      }
    }
  }
  const total = (files: Iterable<string>): number =>
    [...files].reduce((sum, file) => sum + (sizes.get(join(folder, file)) ?? Number.NaN), 0);
  return {
    first: total([...first].filter((file) => file in metafile.outputs)),
    all: total(Object.keys(metafile.outputs)),
    inFirst: [...first].flatMap((file) => Object.keys(metafile.outputs[file]?.inputs ?? {})),
  };
}
