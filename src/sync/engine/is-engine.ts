import type { SyncEngine } from './engine.js';

/** Whether a value has the calls of an engine. */
export function isEngine(value: unknown): value is SyncEngine {
  const { request, work, every } = (value ?? {}) as Partial<SyncEngine>;
  return [request, work, every].every((call) => typeof call === 'function');
}
