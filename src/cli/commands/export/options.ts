import type { DatabaseOptions } from '../../session/database-options.js';

/** Options of `clever-sdk export oneroster`. */
export interface ExportCommandOptions extends DatabaseOptions {
  readonly version: '1.1' | '1.2';
  readonly out: string;
  readonly demographics?: boolean;
  readonly sensitive?: readonly string[];
  readonly metadata?: readonly string[];
  readonly principals?: boolean;
  readonly since?: string;
  readonly quiet?: boolean;
}
