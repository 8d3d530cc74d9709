import type { UserRole } from '../../../index.js';
import type { ConnectionOptions } from '../../session/options.js';

/** What can be pulled, in the order of `--help`. */
export const RESOURCES = [
  'users',
  'sections',
  'schools',
  'courses',
  'terms',
  'resources',
  'districts',
  'events',
] as const;

/** A name of {@link RESOURCES}. */
export type PullableResource = (typeof RESOURCES)[number];

/** Options of `clever-sdk pull`. */
export interface PullOptions extends ConnectionOptions {
  readonly role?: UserRole;
  readonly format?: 'ndjson' | 'csv';
  readonly excel?: boolean;
  readonly formulas?: 'guard' | 'keep';
  readonly out?: string;
  readonly resume?: boolean;
  readonly checkpoint?: string;
  readonly from?: string;
  readonly after?: string;
  readonly pageSize?: number;
  readonly sensitive?: readonly string[];
  readonly quiet?: boolean;
}
