import { defineConfig } from 'vitest/config';
import { Recorder } from '../../scripts/compatibility/recorder.ts';
import { SecondTries } from '../support/second-tries.ts';

/** The tests of the packed package: `npm run build && npm run test:dist`. They install packages from the registry. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: './setup.ts',
    // A machine that is shared may stall for seconds. The second try is printed, and .ci/run lists it.
    retry: process.env['CI'] === undefined ? 0 : 1,
    reporters: ['default', new Recorder(), new SecondTries()],
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
