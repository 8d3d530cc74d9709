import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { extname, resolve } from 'node:path';
import { type Loader, transform } from 'esbuild';
import type { Options } from 'tsup';

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number];
type TsupPlugin = NonNullable<Options['plugins']>[number];

const LOADERS: Readonly<Record<string, Loader>> = { '.ts': 'ts', '.js': 'js', '.mjs': 'js', '.cjs': 'js' };

/**
 * An almost empty source map, which covers only the first line. esbuild uses it as the map of the file that
 * ends with it.
 */
const NO_MAP = Buffer.from(
  JSON.stringify({ version: 3, sources: [''], sourcesContent: [''], mappings: 'AAAA' }),
).toString('base64');

/**
 * Loads files without comments and without positions for the source map. esbuild would keep the comments
 * inside classes. Names and lines stay, so that the code can be read.
 */
export function asCode(files: RegExp): EsbuildPlugin {
  return {
    name: 'files as code',
    setup: (build) => {
      build.onLoad({ filter: files }, async ({ path }) => {
        const { code } = await transform(await readFile(path, 'utf8'), {
          loader: LOADERS[extname(path)] ?? 'js',
          minifyWhitespace: true, // the bundler formats it again
          legalComments: 'inline',
          tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
        });
        // The first line is the shebang or empty, so the map contains no position of the code.
        const lines = code.startsWith('#!') ? code : `\n${code}`;
        return { contents: `${lines}\n//# sourceMappingURL=data:application/json;base64,${NO_MAP}`, loader: 'js' };
      });
    },
  };
}

/**
 * Keeps imports of some files as imports of a built entry: `src/index.ts` becomes `./index.js`.
 *
 * @param files - Source to the entry that exports what is imported from it.
 */
export function importsOf(files: Readonly<Record<string, string>>): EsbuildPlugin {
  const built = new Map(Object.entries(files).map(([source, entry]) => [resolve(source), entry]));
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

/** Names Node's modules by `node:`, which some packages leave out: other runtimes know them by that alone. */
export const namedNodeModules: EsbuildPlugin = {
  name: 'named modules of Node',
  setup: (build) => {
    build.onResolve({ filter: /^[a-z_]+$/ }, ({ path }) =>
      isBuiltin(path) ? { path: `node:${path}`, external: true } : undefined,
    );
  },
};

/** Smaller files, in characters, are published without a map. */
const SHORTEST_MAPPED = 2_000;

/** Drops the map of a file that contains only packages or re-exports, or little of our own code. */
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
