import { type AppClientOptions, createCleverClient } from 'clever-sdk';
import { createSandbox, type SandboxOptions } from 'clever-sdk/sandbox';
import { test } from 'vitest';

/** A sandbox of one connected district with 60 students: the default of every test. */
export const SMALL = { districts: [{ seed: 5, students: 60 }] } as const satisfies SandboxOptions;

/**
 * A test with its own sandbox and clients of it. Each is made when the test names it, and closed after the test.
 *
 * A file that needs another sandbox or client says so at its top:
 *
 * ```ts
 * it.override('sandboxOptions', { students: 300 }); // for all tests of the file, or of the `describe` around it
 * const itWithoutRetries = it.extend('clientOptions', { retry: false }); // for the tests that use this name
 * ```
 *
 * Tests with parameters are `it.for(rows)`, which passes the row first and the fixtures second.
 */
export const it = test
  .extend('sandboxOptions', SMALL as SandboxOptions)
  .extend('clientOptions', {} as Omit<Partial<AppClientOptions>, 'apiVersion'>)
  .extend('sandbox', ({ sandboxOptions }, { onCleanup }) => {
    const sandbox = createSandbox(sandboxOptions);
    onCleanup(() => sandbox.close());
    return sandbox;
  })
  /** The same sandbox as `sandbox`, on a free port of the loopback interface. */
  .extend('listening', ({ sandbox }) => sandbox.listen())
  /** The app's client; it uses a listening sandbox when the test names `listening` before it. */
  .extend('clever', ({ sandbox, clientOptions }) =>
    createCleverClient({ ...sandbox.clientOptions(), ...clientOptions }),
  )
  /** The client of the first district. */
  .extend('district', ({ sandbox, clever }) => clever.district({ token: sandbox.districts[0].token }));
