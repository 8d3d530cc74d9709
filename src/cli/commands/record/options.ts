import type { ConnectionOptions } from '../../session/options.js';

/** Options of `clever-sdk record`. */
export interface RecordCommandOptions extends ConnectionOptions {
  readonly out: string;
  readonly requests?: number;
  readonly groupSize?: number;
  readonly sensitive?: readonly string[];
  readonly quiet?: boolean;
}
