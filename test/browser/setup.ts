import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The endpoint of the browser that all tests share; `undefined` without a browser. */
    browserEndpoint: string | undefined;
  }
}

/** Disables everything but the pages of the tests: no updates, no sign-in services, no network predictions. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts one Chromium for all tests: the one that `CHROMIUM_PATH` names, or Debian's. Without it the tests
 * are skipped.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const executablePath = process.env['CHROMIUM_PATH'] || '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    if (process.env['REQUIRE_BROWSER']) {
      throw new Error(
        `There is no ${executablePath}, and REQUIRE_BROWSER is set. Install Chromium or set CHROMIUM_PATH.`,
      );
    }
    project.vitest.logger.warn(
      `Browser tests are skipped: there is no ${executablePath}. Install Chromium or set CHROMIUM_PATH.`,
    );
    project.provide('browserEndpoint', undefined);
    return undefined;
  }
  const server = await chromium.launchServer({ executablePath, args: FLAGS });
  project.provide('browserEndpoint', server.wsEndpoint());
  return () => server.close();
}
