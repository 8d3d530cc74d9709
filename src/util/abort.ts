/**
 * Waits for work until the signal is aborted. The work is not trusted to end then: it may ignore the
 * signal, or other callers may wait for it, too. What it does afterwards is ignored, so that its failure is
 * never an unhandled rejection.
 *
 * @param work - Started only if the signal is not aborted yet.
 * @throws the `reason` of the signal, unchanged, as soon as it is aborted; otherwise whatever the work throws.
 */
export async function untilAborted<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  if (signal === undefined) {
    return await work();
  }
  throwIfAborted(signal);
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const stop = (): void => reject(signal.reason);
  // Registered before the work adds its own listeners, so that the reason arrives before what the work makes of it.
  signal.addEventListener('abort', stop, { once: true });
  try {
    work().then(resolve, reject);
    return await promise;
  } finally {
    // Node's fetch keeps signals for one or two major garbage collections. With this listener they would
    // keep the results, too.
    signal.removeEventListener('abort', stop);
  }
}

/** `signal.throwIfAborted()`, also for signals of polyfills that have no such method. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) {
    throw signal.reason;
  }
}
