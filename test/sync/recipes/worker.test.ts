import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as later } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { describeOnPostgres, type OwnDatabase, ownDatabase } from '../../support/postgres/index.js';
import { atRequest, type RecipeWorld, recipeWorld } from './world.js';

/*
 * The example of a worker as a real process, against a sandbox and a PostgreSQL.
 */

await describeOnPostgres('the worker as a process', (postgres) => {
  let own: OwnDatabase;
  let pool: pg.Pool;
  beforeAll(async () => {
    own = await ownDatabase(postgres);
    pool = new pg.Pool({ connectionString: own.url });
    pool.on('error', () => undefined);
  });
  afterAll(async () => {
    await pool.end();
    await own[Symbol.asyncDispose]();
  });

  interface Started {
    readonly child: ChildProcess;
    readonly origin: string;
    /** The exit code and what it wrote. */
    readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
  }

  async function start({ sandbox }: RecipeWorld): Promise<Started> {
    const port = await freePort();
    const { clientId, clientSecret, apiOrigin, authOrigin } = sandbox.clientOptions();
    const child = spawn(
      process.execPath,
      [
        ...['./scripts/resolve-sources.ts', './test/sync/recipes/resolve-entries.ts'].flatMap((one) => [
          '--import',
          one,
        ]),
        'examples/sync/worker.ts',
      ],
      {
        env: {
          PATH: process.env['PATH'],
          DATABASE_URL: own.url,
          HEALTH_PORT: String(port),
          CLEVER_CLIENT_ID: clientId,
          CLEVER_CLIENT_SECRET: clientSecret,
          CLEVER_API_ORIGIN: apiOrigin,
          CLEVER_AUTH_ORIGIN: authOrigin,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (part: Buffer) => {
        output += part.toString();
      });
    }
    const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
    return { child, origin: `http://127.0.0.1:${port}`, ended };
  }

  it('brings every district in step, answers health checks, and ends with 0 on SIGTERM', async () => {
    const world = await recipeWorld(pool);
    const { child, origin, ended } = await start(world);
    await until(async () => (await runsDone(world)) === world.sandbox.districts.length);
    const health = await fetch(`${origin}/healthz`);
    expect([health.status, await health.json()]).toEqual([
      200,
      {
        isHealthy: true,
        running: expect.any(Number),
        state: 'working',
        lastLookAt: expect.any(String),
        databaseMs: expect.any(Number),
      },
    ]);
    expect((await fetch(`${origin}/livez`)).status).toBe(200);
    expect((await fetch(`${origin}/`)).status).toBe(404);
    child.kill('SIGTERM');
    const { code, output } = await ended;
    expect(code).toBe(0);
    expect(output.split('\n').filter((line) => line.includes('"run_ended"'))).toHaveLength(2);
    expect(output).not.toMatch(/name|@|Bearer|error/iu);
    await world.expectAllInStep();
  }, 60_000);

  it('ends cleanly in the middle of a run, with its leases given back, and the next one goes on there', async () => {
    const world = await recipeWorld(pool);
    const first = await start(world);
    atRequest(world.sandbox, 12, () => first.child.kill('SIGTERM'));
    expect(await first.ended).toMatchObject({ code: 0 });
    expect(await runsDone(world)).toBeLessThan(2);
    expect(await world.ask('select id from clever.sync_districts where lease_owner is not null')).toEqual([]);

    const second = await start(world);
    await until(async () => (await runsDone(world)) === 2);
    second.child.kill('SIGTERM');
    expect(await second.ended).toMatchObject({ code: 0 });
    await world.expectAllInStep();
  }, 60_000);
});

/** How many runs have reached their end. */
async function runsDone({ ask }: RecipeWorld): Promise<number> {
  const [row] = await ask("select count(*)::int as number from clever.runs where state = 'done'");
  return Number(row?.['number']);
}

/** Looks until something is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    await later(50);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
