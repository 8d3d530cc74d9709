import { defineConfig, type Options } from 'tsup';

/** Public entry points: name in `dist/` to source. `package.json` "exports" mirrors this table. */
const entries = {
  index: 'src/index.ts',
  values: 'src/values/index.ts',
  schemas: 'src/schemas/index.ts',
  sandbox: 'src/sandbox/index.ts',
  'sandbox-msw': 'src/sandbox/msw.ts',
};

/** Dependencies that CommonJS cannot `require`, so that its build carries a copy: docs/decisions/0001. */
const esmOnly = ['ky', 'oauth4webapi'];
/** What only one part needs travels inside that part's own chunk: users install three dependencies, not seven. */
const bundled = [
  ...['jose', 'hono', '@hono/node-server', 'papaparse'],
  ...['commander', '@clack/prompts', 'fast-wrap-ansi', 'open'],
];

const shared = {
  target: 'es2022',
  platform: 'neutral',
  sourcemap: true,
  removeNodeProtocol: false,
  external: ['msw', /^node:/],
  esbuildOptions(options) {
    // Its other file asks for Node's streams, and is three times as large.
    options.alias = { papaparse: 'papaparse/papaparse.min.js' };
  },
} satisfies Options;

const esm: Options = {
  ...shared,
  entry: { ...entries, cli: 'src/cli/main.ts' },
  format: 'esm',
  splitting: true,
  noExternal: bundled,
};

const commonJs: Options = {
  ...shared,
  entry: entries,
  format: 'cjs',
  splitting: false, // tsup splits CommonJS with a second compiler, whose source maps hold the builder's own paths
  noExternal: [...esmOnly, ...bundled],
  esbuildOptions(options) {
    shared.esbuildOptions(options);
    options.mainFields = ['module', 'main'];
    options.conditions = ['import'];
  },
};

/** One build of declarations per entry: chunks shared between them would bring zod's types to the root entry. */
const declarations = Object.entries(entries).map(
  ([name, source]): Options => ({
    entry: { [name]: source },
    format: ['esm', 'cjs'],
    dts: { only: true, compilerOptions: { stripInternal: true } },
    external: ['msw'],
  }),
);

/** `tsup --no-dts` builds what runs and leaves out what only compilers read: seconds instead of a minute. */
export default defineConfig((flags) => [esm, commonJs, ...(flags.dts === false ? [] : declarations)]);
