import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { Recorder } from '../../scripts/compatibility/recorder.ts';
import { SecondTries } from '../support/second-tries.ts';

/** The login in the frameworks that people have, on the packed package: `npm run build && npm run test:frameworks`. */
export default defineConfig({
  // What Nuxt itself gives to its modules.
  resolve: { alias: { '#imports': fileURLToPath(new URL('nuxt-imports.ts', import.meta.url)) } },
  test: {
    server: { deps: { inline: [/nuxt-auth-utils/u] } },
    root: import.meta.dirname,
    include: ['*.test.ts'],
    reporters: ['default', new Recorder(), new SecondTries()],
    globalSetup: ['./setup.ts', '../browser/setup.ts'],
    // A machine that is shared may stall for seconds. The second try is printed, and .ci/run lists it.
    retry: process.env['CI'] === undefined ? 0 : 1,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
