import { withResolvers } from './with-resolvers.js';

/**
 * Waits for work until the signal is aborted. The work may continue after that, because it may ignore the
 * signal or other callers may also wait for it. Its later result is ignored, so its failure is never an
 * unhandled rejection.
 *
 * @param work - Starts only if the signal is not already aborted.
 * @throws the signal's `reason`, unchanged, as soon as the signal is aborted; otherwise the error of the work.
 */
export async function untilAborted<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  if (signal === undefined) {
    return await work();
  }
  throwIfAborted(signal);
  const { promise, resolve, reject } = withResolvers<T>();
  const stop = (): void => reject(signal.reason);
  // Registered before the work adds its own listeners, so that the reason is thrown before the error that
  // the work derives from it.
  signal.addEventListener('abort', stop, { once: true });
  try {
    work().then(resolve, reject);
    return await promise;
  } finally {
    // Node's fetch keeps signals for one or two major garbage collections. With this listener they would
    // also keep the results.
    signal.removeEventListener('abort', stop);
  }
}

/** Does the same as `signal.throwIfAborted()`, but also works with polyfills that lack the method. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) {
    throw signal.reason;
  }
}
