/*
 * A worker of its own process: `node --import ./scripts/resolve-sources.ts worker.ts`, with what it needs in
 * `WORKER`. It runs one district once, and says how that ended.
 */
import pg from 'pg';
import { createCleverClient } from '../../../src/index.js';
import { createRosterSync, fromPg, fromPglite, openPglite, type SyncStore } from '../../../src/sync/index.js';

interface Task {
  readonly database: string;
  readonly clever: object;
  readonly districtId: string;
  readonly full: boolean;
}

const { database, clever, districtId, full } = JSON.parse(process.env['WORKER'] ?? '') as Task;
const isUrl = database.startsWith('postgres');
const store: SyncStore = isUrl
  ? fromPg(new pg.Pool({ connectionString: database }))
  : fromPglite(await openPglite(database));
const sync = createRosterSync({
  clever: createCleverClient({ ...(clever as Parameters<typeof createCleverClient>[0]), retry: false }),
  store,
  pageSize: 2,
  history: 'values',
});
try {
  await sync.migrate();
  const { outcome } = await sync.run(districtId, { full });
  process.stdout.write(outcome);
} catch (error) {
  process.stdout.write(String((error as { code?: unknown }).code));
}
process.exit();
