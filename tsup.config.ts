import { defineConfig, type Options } from 'tsup';

/** Public entry points: name in `dist/` to source. `package.json` "exports" mirrors this table. */
const entries = {
  index: 'src/index.ts',
  schemas: 'src/schemas/index.ts',
  sandbox: 'src/sandbox/index.ts',
  'sandbox-msw': 'src/sandbox/msw.ts',
};

const shared = {
  target: 'es2022',
  platform: 'neutral',
  sourcemap: true,
  treeshake: true,
  splitting: true,
  clean: false,
} satisfies Options;

/** ky and oauth4webapi are ESM-only, so the CommonJS build carries them; `conditions` picks their ESM files. */
const esmOnly = ['ky', 'oauth4webapi'];
/** What only the sandbox and the command line need travels inside their own chunks. */
const bundledTools = ['hono', '@hono/node-server', 'commander'];

export default defineConfig([
  {
    ...shared,
    entry: { ...entries, cli: 'src/cli/main.ts' },
    format: 'esm',
    noExternal: bundledTools,
    external: ['msw', /^node:/],
  },
  {
    ...shared,
    entry: entries,
    format: 'cjs',
    noExternal: [...esmOnly, ...bundledTools],
    external: ['msw', /^node:/],
    esbuildOptions(options) {
      options.mainFields = ['module', 'main'];
      options.conditions = ['import'];
    },
  },
  // One declaration build per entry: shared declaration chunks would drag zod's types into the root entry.
  ...Object.entries(entries).map(
    ([name, source]): Options => ({ entry: { [name]: source }, format: ['esm', 'cjs'], dts: { only: true } }),
  ),
]);
