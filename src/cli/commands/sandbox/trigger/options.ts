import type { CommonOptions } from '../../../session/options.js';

/** Options of every trigger. */
export interface TriggerOptions extends CommonOptions {
  readonly url?: string;
  readonly port?: number;
  readonly district?: string;
}
