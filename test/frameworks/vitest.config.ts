import { defineConfig } from 'vitest/config';

/** The login in the frameworks that people have, on the packed package: `npm run build && npm run test:frameworks`. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['./setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
