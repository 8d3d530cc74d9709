import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { createCleverClient, toNodeHandler, type WebHandler } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';
import { createRosterSync, fromPglite, type RosterSync, statusPage } from 'clever-sdk/sync';

/** A status page at a path of an app's, over a database with many districts, of which the real one is held. */
export interface StatusStage {
  readonly sync: RosterSync;
  /** Where the page is mounted. */
  readonly url: string;
  readonly districtId: string;
  /** The number of the held run. */
  readonly held: number;
  /** Takes everything back that was approved or asked for. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** A name that is as long as they come, and one that tries to be something else. */
const NAMES = [
  'Consolidated Unified School District of the Greater Northern Lakes and Rivers Metropolitan Area',
  'Verylongnamewithoutanyspacethatawindowcouldbreakitatbecauseitisoneword',
  '<b>Bold</b> & "Sons" \u202e drawkcab',
];

/** Sets it, with a district of 60 students that no longer shares a school. */
export async function setStatusStage(): Promise<StatusStage> {
  const db = await PGlite.create();
  const sandbox = createSandbox({ districts: [{ seed: 5, students: 60 }] });
  const [{ id: districtId, token, changes }] = sandbox.districts;
  const clever = createCleverClient({ ...sandbox.clientOptions() });
  const sync = createRosterSync({ clever, store: fromPglite(db) });
  await sync.migrate();
  await sync.run(districtId);
  const [school] = (await clever.district({ token }).schools.list().firstPage()).data;
  changes.unshareSchool({ school: school?.id ?? '' });
  const { run: held } = await sync.run(districtId);
  await db.query(
    `insert into clever.sync_districts
      (id, name, connection, records, failures, last_error_code, last_run_at, next_sync_at, asked_at)
    select lpad(n::text, 24, '0'), coalesce(($1::text[])[n], 'School District ' || n),
      (array['connected', 'paused', 'disconnected', 'unknown'])[1 + n % 4], n * 12345,
      case when n % 5 = 0 then n else 0 end, case when n % 5 = 0 then 'sync_database' end,
      now() - n * interval '1 hour', now() + n * interval '1 minute', case when n = 1 then now() end
    from generate_series(1, 130) as n`,
    [NAMES],
  );
  const page = statusPage(sync, { authorize: () => ({ by: 'ops@example.com' }) });
  const app = await serve((request) =>
    new URL(request.url).pathname === '/admin/clever' ? page(request) : new Response('Not here', { status: 404 }),
  );
  return {
    sync,
    url: `${app.origin}/admin/clever`,
    districtId,
    held,
    reset: async () => {
      await db.exec(`
        update clever.runs set approved_at = null, approved_by = null, approved_hash = null;
        update clever.sync_districts set asked_at = null where id = '${districtId}'`);
    },
    close: async () => {
      await app.close();
      await db.close();
    },
  };
}

/** Serves a handler on a free port of loopback. */
export async function serve(handler: WebHandler): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const handle = toNodeHandler(handler);
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.writeHead(599).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
