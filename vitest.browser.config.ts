import { defineConfig } from 'vitest/config';
import { Recorder } from './scripts/compatibility/recorder.ts';
import { SecondTries } from './test/support/second-tries.ts';
import base from './vitest.config.ts';

/** The tests in a real browser: `npm run test:browser`. They want Chromium: see test/browser/setup.ts. */
export default defineConfig({
  ...base,
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: './test/browser/setup.ts',
    // On a busy machine the driver sometimes loses a page that changes processes ("Not attached to an active page").
    retry: 1,
    reporters: ['default', new Recorder(), new SecondTries()],
    testTimeout: 15_000,
    hookTimeout: 15_000,
  },
});
