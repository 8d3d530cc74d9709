import { CleverConfigError } from '../errors/config.js';

/**
 * Checks a signal by its shape, because one of another realm (a test environment's, a polyfill's) does as well;
 * `undefined` passes.
 *
 * @throws {@link CleverConfigError} for anything but a signal.
 */
export function checkSignal(value: unknown): void {
  const signal = value as Partial<AbortSignal> | null | undefined;
  const isSignal =
    typeof signal === 'object' && typeof signal?.aborted === 'boolean' && typeof signal.addEventListener === 'function';
  if (signal !== undefined && !isSignal) {
    throw new CleverConfigError('`signal` must be an AbortSignal.');
  }
}
