import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { type Loader, transform } from 'esbuild';
import type { Options } from 'tsup';

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number];
type TsupPlugin = NonNullable<Options['plugins']>[number];

const LOADERS: Readonly<Record<string, Loader>> = { '.ts': 'ts', '.js': 'js', '.mjs': 'js', '.cjs': 'js' };

/** A map without text that knows only the first line: esbuild takes it for the map of the file that ends with it. */
const NO_MAP = Buffer.from(
  JSON.stringify({ version: 3, sources: [''], sourcesContent: [''], mappings: 'AAAA' }),
).toString('base64');

/**
 * Takes files without their comments, of which esbuild keeps those inside classes, and without what a source map would
 * say of them. Names and lines stay, so that the code can be read.
 */
export function asCode(files: RegExp): EsbuildPlugin {
  return {
    name: 'files as code',
    setup: (build) => {
      build.onLoad({ filter: files }, async ({ path }) => {
        const { code } = await transform(await readFile(path, 'utf8'), {
          loader: LOADERS[extname(path)] ?? 'js',
          minifyWhitespace: true, // it is written anew by the bundler
          legalComments: 'inline',
          tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
        });
        // The first line is that of the interpreter or an empty one, so that the map names no position of the code.
        const lines = code.startsWith('#!') ? code : `\n${code}`;
        return { contents: `${lines}\n//# sourceMappingURL=data:application/json;base64,${NO_MAP}`, loader: 'js' };
      });
    },
  };
}

/** Leaves some entries to the files that are built of them: an import of `src/index.ts` becomes one of `./index.js`. */
export function importsOf(entries: Readonly<Record<string, string>>): EsbuildPlugin {
  const built = new Map(Object.entries(entries).map(([name, source]) => [resolve(source), `./${name}.js`]));
  return {
    name: 'imports of entries',
    setup: (build) => {
      build.onResolve({ filter: /^\..*\.js$/ }, ({ path, resolveDir }) => {
        const file = built.get(resolve(resolveDir, path.replace(/\.js$/u, '.ts')));
        return file === undefined ? undefined : { path: file, external: true };
      });
    },
  };
}

/** A file of fewer characters is read as it is. */
const SHORTEST_MAPPED = 2_000;

/** Leaves out the map of a file that holds packages or re-exports alone, or little of our own. */
export const mapsOfOwnCode: TsupPlugin = {
  name: 'maps of own code',
  renderChunk: (code, info) => {
    if (info.type === 'chunk' && typeof info.map === 'string') {
      const { sources } = JSON.parse(info.map) as { readonly sources: readonly string[] };
      if (code.length < SHORTEST_MAPPED || !sources.some((source) => source.startsWith('../src/'))) {
        info.map = null;
      }
    }
  },
};
