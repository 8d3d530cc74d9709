import type { SensitiveField } from '../index.js';
import type { SyncSource } from './clever/source.js';
import type { SyncEvent } from './events.js';
import type { ResolvedOptions } from './options.js';
import type { SyncStore } from './store/store.js';

/** What all parts of a sync share. */
export interface SyncContext {
  readonly store: SyncStore;
  /** The name of the schema, quoted. */
  readonly schema: string;
  readonly options: ResolvedOptions;
  readonly source: SyncSource;
  readonly sensitiveFields: readonly SensitiveField[];
  /** Reports what happens. Never throws. */
  readonly emit: (event: SyncEvent) => void;
}
