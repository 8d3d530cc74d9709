import { resolve } from 'node:path';
import { defineConfig, type Options } from 'tsup';
import { asCode, importsOf, mapsOfOwnCode, namedNodeModules } from './scripts/build-plugins.ts';

/** Public entry points: name in `dist/` to source. `package.json` "exports" mirrors this table. */
const ownEntries = {
  index: 'src/index.ts',
  values: 'src/values/index.ts',
  schemas: 'src/schemas/index.ts',
  sandbox: 'src/sandbox/index.ts',
  'sandbox-msw': 'src/sandbox/msw.ts',
  sync: 'src/sync/index.ts',
  'sync-pg-boss': 'src/sync/pg-boss/index.ts',
  oneroster: 'src/oneroster/index.ts',
};
const frameworks = {
  authjs: 'src/frameworks/authjs/index.ts',
  'better-auth': 'src/frameworks/better-auth/index.ts',
  passport: 'src/frameworks/passport/index.ts',
  fastify: 'src/frameworks/fastify/index.ts',
  hono: 'src/frameworks/hono/index.ts',
  nuxt: 'src/frameworks/nuxt/index.ts',
};
const certify = { certify: 'src/certify/index.ts' };
/** Parts that use the client as an app does, like the frameworks. */
const users = { recording: 'src/recording/index.ts' };
const entries = { ...ownEntries, ...frameworks, ...certify, ...users };

/** Dependencies that CommonJS cannot `require`, so that its build carries a copy: docs/decisions/0001. */
const esmOnly = ['ky', 'oauth4webapi'];
/** What only one part needs travels inside that part's own chunk: users install three dependencies, not seven. */
const bundled = [
  'jose',
  'hono',
  '@hono/node-server',
  'papaparse',
  'commander',
  '@clack/prompts',
  'fast-wrap-ansi',
  'open',
  'postgres',
  '@zip.js/zip.js',
  'tough-cookie',
  'cheerio',
];

// Filters of esbuild are regular expressions of Go, which know no flag `u`.
const PACKAGES = /[\\/]node_modules[\\/].*\.[cm]?js$/;
const ALL = /\.(?:ts|[cm]?js)$/;

const shared = {
  target: 'es2022',
  platform: 'neutral',
  removeNodeProtocol: false,
  external: ['msw', '@electric-sql/pglite', 'playwright-core', /^node:/],
  esbuildOptions(options) {
    options.alias = {
      // Its other file asks for Node's streams, and is three times as large.
      papaparse: 'papaparse/papaparse.min.js',
      boolbase: resolve('scripts/boolbase.ts'),
    };
  },
} satisfies Options;

const esm: Options = {
  ...shared,
  entry: ownEntries,
  format: 'esm',
  splitting: true,
  sourcemap: true,
  esbuildPlugins: [asCode(PACKAGES)],
  plugins: [mapsOfOwnCode],
  noExternal: bundled,
};

/** The command line imports the entries as they are in `dist/`, like any other user of theirs. */
const commandLine: Options = {
  ...esm,
  entry: { cli: 'src/cli/main.ts' },
  sourcemap: false,
  esbuildPlugins: [
    importsOf(Object.fromEntries(Object.entries(entries).map(([name, source]) => [source, `./${name}.js`]))),
    namedNodeModules,
    asCode(ALL),
  ],
};

const { sync, 'sync-pg-boss': syncPgBoss, oneroster, ...otherEntries } = ownEntries;

const commonJs: Options = {
  ...shared,
  entry: otherEntries,
  format: 'cjs',
  splitting: false, // tsup splits CommonJS with a second compiler, which would double the number of files
  sourcemap: false, // they would weigh more than twice the code, which is readable as it is
  esbuildPlugins: [asCode(ALL)],
  noExternal: [...esmOnly, ...bundled],
  esbuildOptions(options) {
    shared.esbuildOptions(options);
    options.mainFields = ['module', 'main'];
    options.conditions = ['import'];
  },
};

/** Files of which the root entry exports all that the sync and the frameworks take from them. */
const ROOT_FILES = ['src/index.ts', 'src/errors/base.ts', 'src/errors/config.ts'];
const fromRoot = (root: string) => Object.fromEntries(ROOT_FILES.map((file) => [file, root]));
const FROM_ROOT = fromRoot('./index.cjs');

/**
 * The frameworks use the root entry as it is in `dist/`: built together with it, they would cut its first chunk into more
 * files, which every app loads.
 */
const frameworkBuilds: Options[] = [
  { ...esm, entry: { ...frameworks, ...users }, esbuildPlugins: [importsOf(fromRoot('./index.js')), asCode(PACKAGES)] },
  { ...commonJs, entry: { ...frameworks, ...users }, esbuildPlugins: [importsOf(FROM_ROOT), asCode(ALL)] },
];

/**
 * The sync uses the client of the root entry: a second copy would weigh as much again, and its errors would be no
 * `instanceof` those that the app imports. For the same reason, its engine on pg-boss uses the sync, and OneRoster the
 * root entry.
 */
const commonJsSync: Options[] = [
  { ...commonJs, entry: { sync, oneroster }, esbuildPlugins: [importsOf(FROM_ROOT), asCode(ALL)] },
  {
    ...commonJs,
    entry: { 'sync-pg-boss': syncPgBoss },
    esbuildPlugins: [importsOf({ ...FROM_ROOT, 'src/errors/sync.ts': './sync.cjs' }), asCode(ALL)],
  },
];

/**
 * The certification uses the sandbox as it is in `dist/`, in both formats: it would be published twice otherwise, and the
 * chunks of all entries would change with it.
 */
const certifyBuilds: Options[] = [
  {
    ...esm,
    entry: certify,
    sourcemap: false, // nothing of it runs in an app
    esbuildPlugins: [importsOf({ 'src/sandbox/index.ts': './sandbox.js' }), asCode(PACKAGES)],
  },
  {
    ...commonJs,
    entry: certify,
    esbuildPlugins: [importsOf({ 'src/sandbox/index.ts': './sandbox.cjs' }), asCode(ALL)],
  },
];

/** Of which sources a declaration imports the types from another entry: scripts/esm-declarations.ts writes from which. */
const TYPES_OF_OTHERS: Readonly<Record<string, readonly string[]>> = {
  sync: ROOT_FILES,
  'sync-pg-boss': ['src/sync/engine/engine.ts'],
  oneroster: ROOT_FILES,
  ...Object.fromEntries(Object.keys({ ...frameworks, ...users }).map((name) => [name, ROOT_FILES])),
};

/**
 * Declarations are built apart, but for the sandbox's two entries: chunks shared between all of them would bring zod's
 * types to the root entry. The types are in the files for CommonJS, and those for ES modules are written after them:
 * scripts/esm-declarations.ts.
 */
const declarations = [
  ...Map.groupBy(Object.entries(entries), ([name]) => (name.startsWith('sandbox') ? 'sandbox' : name)),
].map(
  ([name, group]): Options => ({
    entry: Object.fromEntries(group),
    format: 'cjs',
    dts: { only: true, compilerOptions: { stripInternal: true } },
    external: ['msw', ...(TYPES_OF_OTHERS[name] ?? []).map((file) => resolve(file))],
  }),
);

const javaScript = [esm, commandLine, commonJs, ...commonJsSync, ...frameworkBuilds, ...certifyBuilds];

/** `tsup --no-dts` builds what runs and leaves out what only compilers read: seconds instead of a minute. */
export default defineConfig((flags) => (flags.dts === false ? javaScript : [...javaScript, ...declarations]));
