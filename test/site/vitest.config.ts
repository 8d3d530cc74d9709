import { defineConfig } from 'vitest/config';

/** The tests of the built site: `npm run test:site`. They build it when it has not been built. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['./setup.ts', '../browser/setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
