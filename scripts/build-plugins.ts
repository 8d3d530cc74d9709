import { readFile } from 'node:fs/promises';
import { transform } from 'esbuild';
import type { Options } from 'tsup';

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number];
type TsupPlugin = NonNullable<Options['plugins']>[number];

/** A map without text that knows only the first, empty line: esbuild takes it for the map of the file that ends with it. */
const NO_MAP = Buffer.from(
  JSON.stringify({ version: 3, sources: [''], sourcesContent: [''], mappings: 'AAAA' }),
).toString('base64');

/**
 * Takes the code of bundled packages alone: their comments, texts and positions would make up a third of what users
 * install. Names stay, so that their code can be read in a stack trace.
 */
export const packagesAsCode: EsbuildPlugin = {
  name: 'packages as code',
  setup: (build) => {
    build.onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), {
        minifyWhitespace: true,
        legalComments: 'inline',
      });
      return { contents: `\n${code}\n//# sourceMappingURL=data:application/json;base64,${NO_MAP}`, loader: 'js' };
    });
  },
};

/** What a map is for: our own code that an application runs. The command line is a program that no one steps through. */
const OWN_SOURCE = /^\.\.\/src\/(?!cli\/)/u;

/** Leaves out the map of a file that holds packages, re-exports or the command line alone. */
export const mapsOfOwnCode: TsupPlugin = {
  name: 'maps of own code',
  renderChunk: (_code, info) => {
    if (info.type === 'chunk' && typeof info.map === 'string') {
      const { sources } = JSON.parse(info.map) as { readonly sources: readonly string[] };
      if (!sources.some((source) => OWN_SOURCE.test(source))) {
        info.map = null;
      }
    }
  },
};
