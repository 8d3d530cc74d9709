import { defineConfig } from 'vitest/config';

/** The tests of the packed package: `npm run build && npm run test:dist`. They install packages from the registry. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: './setup.ts',
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
