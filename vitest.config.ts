import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { Recorder } from './scripts/compatibility/recorder.ts';
import { SecondTries } from './test/support/second-tries.ts';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^clever-sdk$/, replacement: source('./src/index.ts') },
      { find: /^clever-sdk\/values$/, replacement: source('./src/values/index.ts') },
      { find: /^clever-sdk\/schemas$/, replacement: source('./src/schemas/index.ts') },
      { find: /^clever-sdk\/sandbox$/, replacement: source('./src/sandbox/index.ts') },
      { find: /^clever-sdk\/certify$/, replacement: source('./src/certify/index.ts') },
      { find: /^clever-sdk\/sync$/, replacement: source('./src/sync/index.ts') },
      { find: /^clever-sdk\/recording$/, replacement: source('./src/recording/index.ts') },
      { find: /^clever-sdk\/sync\/pg-boss$/, replacement: source('./src/sync/pg-boss/index.ts') },
      { find: /^clever-sdk\/oneroster$/, replacement: source('./src/oneroster/index.ts') },
      { find: /^clever-sdk\/sandbox\/msw$/, replacement: source('./src/sandbox/msw.ts') },
      {
        find: /^clever-sdk\/(better-auth|authjs|passport|fastify|hono|nuxt)$/,
        replacement: source('./src/frameworks/$1/index.ts'),
      },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // npm run test:dist and test:frameworks, on the packed package; npm run test:browser; test:site, on the built site
    exclude: ['test/dist/**', 'test/frameworks/**', 'test/browser/**', 'test/site/*.test.ts'],
    globalSetup: ['test/support/postgres/global-setup.ts'],
    setupFiles: ['test/support/property-seed.ts'],
    // Tests wait for servers and databases most of the time, so no core is kept free.
    maxWorkers: availableParallelism(),
    // Limits are for tests that hang, and not a measure: a machine may be slow.
    // A machine that is shared may stall for seconds. The second try is printed, and .ci/run lists it.
    retry: process.env['CI'] === undefined ? 0 : 1,
    reporters: ['default', new Recorder(), new SecondTries()],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
  },
});
