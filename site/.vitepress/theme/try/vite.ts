import { fileURLToPath } from 'node:url';
import type { Plugin, UserConfig } from 'vite';

const source = (path: string): string => fileURLToPath(new URL(`../../../../src/${path}`, import.meta.url));

/** What listens at a port and reads files: a page does neither, so it gets empty modules. */
const OF_SERVERS = /^(?:node:|@hono\/node-server$)/u;

const withoutNode = (): Plugin => ({
  name: 'without-node',
  enforce: 'pre',
  resolveId: (id) => (OF_SERVERS.test(id) ? { id: `\0${id}`, syntheticNamedExports: true } : undefined),
  load: (id) => (OF_SERVERS.test(id.slice(1)) ? 'export default {};' : undefined),
});

/** Builds the *Try it* page from the sources of the SDK: what the page runs is what the page's version has. */
export const sdkInPage = {
  resolve: {
    alias: [
      { find: /^clever-sdk$/u, replacement: source('index.ts') },
      { find: /^clever-sdk\/values$/u, replacement: source('values/index.ts') },
      { find: /^clever-sdk\/sandbox$/u, replacement: source('sandbox/index.ts') },
    ],
  },
  plugins: [withoutNode()],
  // One file, so that nothing is loaded after the page has begun.
  worker: {
    format: 'es',
    plugins: () => [withoutNode()],
    rollupOptions: { output: { inlineDynamicImports: true } },
  },
  // The private members of classes stay as they are written.
  build: { target: 'es2022' },
} satisfies UserConfig;
