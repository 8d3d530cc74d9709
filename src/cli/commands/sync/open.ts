import { type CleverClient, createCleverClient, type SensitiveField } from '../../../index.js';
import {
  createRosterSync,
  fromPglite,
  fromPostgresJs,
  type KnownDistrict,
  openPglite,
  type RosterSync,
  type SyncEvent,
  type SyncStore,
} from '../../../sync/index.js';
import { omitUndefined } from '../../../util/omit-undefined.js';
import { clientOptions } from '../../session/connect.js';
import { readSettings, VARIABLES } from '../../session/environment.js';
import { EXIT } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';
import type { CommandIo } from '../../terminal/io.js';
import type { DatabaseOptions, SyncOptions } from './options.js';

/** The tables of a sync that a command has opened. */
export interface OpenTables {
  readonly sync: Omit<RosterSync<SensitiveField>, 'changes'>;
  close(): Promise<void>;
}

/** A sync that a command has opened. */
export interface OpenSync extends OpenTables {
  /** The districts that are connected now. */
  districtIds(): Promise<readonly string[]>;
}

/** Opens the database and makes a sync that can read Clever. */
export async function openSync(
  io: CommandIo,
  options: SyncOptions,
  onEvent?: (event: SyncEvent) => void,
): Promise<OpenSync> {
  const settings = await readSettings(io, options.settings);
  const { clientId, clientSecret, districtToken } = settings;
  const common = clientOptions(io, options, settings);
  const app =
    clientId === undefined || clientSecret === undefined
      ? undefined
      : createCleverClient({ clientId, clientSecret, ...common });
  const districts = app === undefined ? [await ownDistrict(common, districtToken)] : undefined;
  const { store, close } = await openDatabase(io, options);
  const { schema, kinds, every } = options;
  const sync = createRosterSync({
    clever: app ?? createCleverClient(common),
    store,
    schema,
    ...omitUndefined({ districts, kinds, every, onEvent }),
    // The sync checks the names, and its error lists those that exist.
    sensitiveFields: (options.sensitive?.includes('all') ? 'all' : (options.sensitive ?? [])) as 'all',
  });
  return {
    sync,
    districtIds: async () => {
      if (options.district !== undefined) {
        return [options.district];
      }
      return districts?.map(({ districtId }) => districtId) ?? (await districtIdsOf(app));
    },
    close,
  };
}

async function districtIdsOf(app: CleverClient<'v3.0' | 'v3.1'> | undefined): Promise<readonly string[]> {
  return ((await app?.oauth.districtTokens()) ?? []).map(({ owner }) => owner.id);
}

/** Opens the database of a sync that reads nothing from Clever. */
export async function openTables(io: CommandIo, options: DatabaseOptions): Promise<OpenTables> {
  const { store, close } = await openDatabase(io, options);
  // No command that uses it reads Clever, so no token is needed.
  return { sync: createRosterSync({ districts: [], store, schema: options.schema }), close };
}

async function ownDistrict(
  common: Parameters<typeof createCleverClient>[0],
  token: string | undefined,
): Promise<KnownDistrict> {
  if (token === undefined) {
    throw new CommandFailure(
      `no credentials. Set ${VARIABLES.clientId} and ${VARIABLES.clientSecret}, or ${VARIABLES.districtToken}, in the ` +
        'environment or in a file for --settings. `clever-sdk sandbox` prints some to try with.',
      EXIT.access,
    );
  }
  const { data } = await createCleverClient(common).district({ token }).districts.list().firstPage();
  const [district] = data;
  if (district === undefined) {
    throw new CommandFailure('the district-app token sees no district.', EXIT.access);
  }
  return { districtId: district.id, token };
}

interface Database {
  readonly store: SyncStore;
  close(): Promise<void>;
}

async function openDatabase(io: CommandIo, { database = io.env['DATABASE_URL'] }: DatabaseOptions): Promise<Database> {
  if (database === undefined || database === '') {
    throw new CommandFailure(
      'no database. Name one with --database: a PostgreSQL URL, or a folder. Or set DATABASE_URL.',
      EXIT.usage,
    );
  }
  if (/^postgres(?:ql)?:/u.test(database)) {
    const { default: postgres } = await import('postgres');
    // Prepared statements do not work through every pooler. Notices repeat what migrations say of tables that exist.
    const sql = postgres(database, { max: 4, prepare: false, onnotice: () => undefined });
    return { store: fromPostgresJs(sql) as SyncStore, close: () => sql.end({ timeout: 5 }) };
  }
  const embedded = await openPglite(database);
  return { store: fromPglite(embedded) as SyncStore, close: () => embedded.close() };
}
