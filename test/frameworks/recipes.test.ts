import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { describeLogin } from './login-spec.js';
import { frameworkOf, programOf, type Recipe } from './recipe.js';
import { versionOf } from './stage.js';

/* The recipes of `examples/frameworks`, each in a process of its own, as an app runs. */

const NODE = process.execPath;
const VITE = join(fileURLToPath(import.meta.resolve('vite/package.json')), '../bin/vite.js');
/** The newest date that the workerd here knows. */
const COMPATIBILITY_DATE = '2026-11-01';
/** The packages have one binary per platform: here those for the platform on which changes are checked. */
const HAS_RUNTIMES = process.platform === 'linux' && process.arch === 'x64';

const RECIPES: readonly Recipe[] = [
  ...['express-4', 'express'].map((name) => ({
    name: 'Recipe for Express',
    version: versionOf(name),
    folder: 'express',
    packages: { express: name },
    command: () => [NODE, 'app.ts'],
  })),
  ...['react-router-7', 'react-router'].map((name) => ({
    name: 'Recipe for React Router',
    version: versionOf(name),
    folder: 'react-router',
    packages: { 'react-router': name },
    command: () => [NODE, 'server.ts'],
  })),
  ...['sveltekit-2', '@sveltejs/kit'].map((name) => ({
    name: 'Recipe for SvelteKit',
    version: versionOf(name),
    folder: 'sveltekit',
    // Its build imports the package `cookie` from the app's folder, in the version that SvelteKit depends on.
    packages: { '@sveltejs/kit': name, cookie: `${name}/node_modules/cookie` },
    build: [NODE, VITE, 'build'],
    command: (port: number) => [NODE, VITE, 'preview', '--host', '127.0.0.1', '--port', String(port), '--strictPort'],
  })),
  {
    name: 'Recipe for Next.js',
    version: versionOf('next'),
    folder: 'next',
    build: [NODE, programOf('next/dist/bin/next'), 'build'],
    command: (port) => [NODE, programOf('next/dist/bin/next'), 'start', '-H', '127.0.0.1', '-p', String(port)],
  },
  ...(HAS_RUNTIMES ? runtimes() : []),
];

for (const recipe of RECIPES) {
  describeLogin(frameworkOf(recipe));
}

function runtimes(): Recipe[] {
  return [
    {
      name: 'Recipe for Bun',
      version: versionOf('@oven/bun-linux-x64'),
      folder: 'web',
      command: () => [programOf('@oven/bun-linux-x64/bin/bun'), 'bun.ts'],
    },
    {
      name: 'Recipe for Deno',
      version: versionOf('@deno/linux-x64-glibc'),
      folder: 'web',
      command: () => [programOf('@deno/linux-x64-glibc/deno'), 'run', '--allow-all', '--cached-only', 'deno.ts'],
    },
    {
      name: 'Recipe for Workers',
      version: `workerd ${versionOf('@cloudflare/workerd-linux-64')}`,
      folder: 'web',
      command: (port, folder, environment) => {
        buildWorker(folder, port, environment);
        return [programOf('@cloudflare/workerd-linux-64/bin/workerd'), 'serve', 'worker.capnp'];
      },
    },
  ];
}

/** What `wrangler dev` does: one file, its variables as bindings, and the network of this machine. */
function buildWorker(folder: string, port: number, environment: NodeJS.ProcessEnv): void {
  buildSync({
    absWorkingDir: folder,
    entryPoints: ['worker.ts'],
    outfile: 'worker.mjs',
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*'],
  });
  const bindings = Object.entries(environment)
    .filter(([name]) => name.startsWith('CLEVER_') || name === 'COOKIE_SECRET')
    .map(([name, value]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(value)})`);
  const configuration = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["public", "private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [(name = "worker.mjs", esModule = embed "worker.mjs")],
  compatibilityDate = "${COMPATIBILITY_DATE}",
  bindings = [${bindings.join(', ')}],
);
`;
  writeFileSync(join(folder, 'worker.capnp'), configuration);
}
