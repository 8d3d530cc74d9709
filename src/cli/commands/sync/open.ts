import { createCleverClient, type SensitiveField } from '../../../index.js';
import { createRosterSync, type HeldRun, type RosterSync, type SyncEvent } from '../../../sync/index.js';
import { omitUndefined } from '../../../util/omit-undefined.js';
import { appOf, clientOptions, connectedDistricts, districtTokenOf, onlyOf } from '../../session/connect.js';
import { openDatabase } from '../../session/database.js';
import type { DatabaseOptions } from '../../session/database-options.js';
import { readSettings } from '../../session/environment.js';
import { EXIT } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';
import { sensitiveChoice } from '../../session/sensitive.js';
import type { CommandIo } from '../../terminal/io.js';
import type { SyncOptions } from './options.js';
import { type SyncProgress, syncProgress } from './progress.js';

/** The calls of a sync that commands use. */
export type CommandSync = Omit<RosterSync<SensitiveField>, 'changes' | 'mirror'>;

/** A sync that a command has opened. */
export interface OpenSync {
  readonly sync: CommandSync;
  readonly progress: SyncProgress;
  /** The districts to run: the chosen one, or all that are connected now. */
  districtIds(): Promise<readonly string[]>;
  /** The same for a command that takes one alone: fails when there are several, and says which. */
  onlyDistrictId(): Promise<string>;
}

/** What reads Clever, and whom. */
type Source = Pick<OpenSync, 'districtIds' | 'onlyDistrictId'> &
  Pick<Parameters<typeof createRosterSync>[0], 'clever' | 'districts'>;

/** What a command that goes on by itself, until it is stopped, does with what its sync reports. */
export interface Observer {
  onEvent(event: SyncEvent): void;
  onHeld(held: HeldRun): void;
}

/** How a sync is used. */
export interface UseOptions {
  /**
   * For work that ends its runs in order when the command is to end: requests to Clever are then aborted by the runs
   * themselves.
   */
  readonly observer?: Observer;
  /** How many districts run at once. Default 1. */
  readonly concurrency?: number;
}

/** Opens a sync that reads Clever, makes its tables where they are missing, and closes it after the work. */
export async function withSync(
  io: CommandIo,
  options: SyncOptions,
  work: (opened: OpenSync) => Promise<void>,
  { observer, concurrency = 1 }: UseOptions = {},
): Promise<void> {
  const sensitiveFields = sensitiveChoice(options.sensitive);
  const progress = syncProgress(io, options);
  const reader = observer === undefined ? io : { ...io, signal: new AbortController().signal };
  const { districtIds, onlyDistrictId, ...source } = await openSource(reader, options, progress);
  const { store, close } = await openDatabase(io, options, {
    mayCreate: true,
    // One for each run, and some for the leases and the looks.
    connections: concurrency + 3,
  });
  try {
    const { schema, kinds, every, history } = options;
    const onEvent = (event: SyncEvent): void => {
      progress.observe(event);
      observer?.onEvent(event);
    };
    const onHeld = observer === undefined ? undefined : (held: HeldRun): void => observer.onHeld(held);
    const sync = createRosterSync({
      ...source,
      store,
      schema,
      ...omitUndefined({ kinds, every, history, onEvent, onHeld }),
      sensitiveFields: sensitiveFields as 'all',
    });
    await sync.migrate();
    await work({ sync, progress, districtIds, onlyDistrictId });
  } finally {
    progress.stop();
    await close();
  }
}

/** Opens the tables of a sync for a command that reads nothing from Clever, and closes them after the work. */
export async function withTables(
  io: CommandIo,
  options: DatabaseOptions,
  work: (sync: CommandSync) => Promise<void>,
): Promise<void> {
  const { store, close } = await openDatabase(io, options, { mayCreate: false });
  try {
    await work(createRosterSync({ districts: [], store, schema: options.schema }));
  } finally {
    await close();
  }
}

async function openSource(io: CommandIo, options: SyncOptions, progress: SyncProgress): Promise<Source> {
  const settings = await readSettings(io, options.settings);
  const common = clientOptions(io, options, settings, (event) => progress.observeClient(event));
  const app = appOf(options, settings);
  if (app !== undefined) {
    const clever = createCleverClient({ ...app, ...common });
    const { district } = options;
    const districtIds = async (): Promise<readonly string[]> =>
      district === undefined ? connectedDistricts(clever) : [district];
    return { clever, districtIds, onlyDistrictId: async () => onlyOf(await districtIds(), clever) };
  }
  const token = await districtTokenOf(io, settings);
  const clever = createCleverClient(common);
  const { data } = await clever.district({ token }).districts.list().firstPage();
  const [district] = data;
  if (district === undefined) {
    throw new CommandFailure('the district-app token sees no district.', EXIT.access);
  }
  const districtId = district.id;
  return {
    clever,
    districts: [{ districtId, token }],
    districtIds: async () => [districtId],
    onlyDistrictId: async () => districtId,
  };
}
