import { defineConfig } from 'vitest/config';
import { SecondTries } from '../support/second-tries.ts';

/** The tests of the built site: `npm run test:site`. They build it when it has not been built. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['./setup.ts', '../browser/setup.ts'],
    // A machine that is shared may stall for seconds. The second try is printed, and .ci/run lists it.
    retry: process.env['CI'] === undefined ? 0 : 1,
    reporters: ['default', new SecondTries()],
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
