import { CleverConfigError } from '../../errors/config.js';
import type { SyncEngine } from './engine.js';

/**
 * Checks the option `engine` of a call.
 *
 * @param call - Its name, for the message: `sync.start()`.
 * @throws {@link CleverConfigError} for a value without the calls of an engine.
 */
export function checkEngine(call: string, engine: unknown): void {
  const { request, work, every } = (engine ?? {}) as Partial<SyncEngine>;
  if (engine !== undefined && [request, work, every].some((part) => typeof part !== 'function')) {
    throw new CleverConfigError(
      `${call}: \`engine\` must be an engine, such as inProcessEngine() or pgBossEngine(boss).`,
    );
  }
}
