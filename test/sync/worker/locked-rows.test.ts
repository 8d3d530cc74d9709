import { createCleverClient } from 'clever-sdk';
import { createSandbox, type SandboxDistrict } from 'clever-sdk/sandbox';
import { createRosterSync, fromPg, type QuietHours } from 'clever-sdk/sync';
import { Pool } from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { describeOnPostgres, ownDatabase } from '../../support/postgres/index.js';

/*
 * A transaction may keep the row of a district locked for as long as a hook takes. No other district waits for it.
 */

const TEN_SECONDS = 10_000;

await describeOnPostgres('a look for due districts', (postgres) => {
  it('waits for no row that a transaction has locked, and comes back to it', { timeout: 60_000 }, async () => {
    const own = await ownDatabase(postgres);
    const pool = new Pool({ connectionString: own.url, statement_timeout: TEN_SECONDS });
    const other = await pool.connect();
    onTestFinished(async () => {
      other.release(true);
      await pool.end();
      await own[Symbol.asyncDispose]();
    });
    const sandbox = createSandbox({
      districts: [
        { seed: 1, students: 3 },
        { seed: 2, students: 3 },
      ],
    });
    const [back, free] = sandbox.districts as unknown as [SandboxDistrict, SandboxDistrict];
    const quiet: QuietHours = { from: '00:00', to: '23:59', timeZone: 'UTC' };
    const sync = createRosterSync({
      clever: createCleverClient(sandbox.clientOptions()),
      store: fromPg(pool),
      quietHours: ({ districtId }) => {
        if (districtId === 'broken') {
          throw new Error('no time zone is known');
        }
        return districtId === free.id ? undefined : quiet;
      },
    });
    await sync.migrate();
    await pool.query(
      `insert into clever.sync_districts (id, missing_looks) values ($1, 1), ('gone', 0), ('broken', 0), ('quiet', 0)`,
      [back.id],
    );
    await other.query('begin');
    await other.query('select from clever.sync_districts for update');
    const state = async () =>
      (await pool.query('select id, missing_looks, failures from clever.sync_districts order by failures, id')).rows;
    const before = await state();
    expect(await sync.tick({ budgetMs: 30_000 })).toMatchObject({ ended: 1, failed: 0 });
    expect(await state()).toEqual([...before, { id: free.id, missing_looks: 0, failures: 0 }].sort(byId));
    await other.query('rollback');
    await pool.query(`update clever.sync_tasks set at = null`);
    expect(await sync.tick({ budgetMs: 30_000 })).toMatchObject({ ended: 0, failed: 0, due: 0 });
    expect(await state()).toMatchObject(
      [
        { id: back.id, missing_looks: 0, failures: 0 },
        { id: free.id, missing_looks: 0, failures: 0 },
        { id: 'gone', missing_looks: 1, failures: 0 },
        { id: 'quiet', missing_looks: 1, failures: 0 },
      ]
        .sort(byId)
        .concat({ id: 'broken', missing_looks: 1, failures: 1 }),
    );
  });
});

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : 1;
}
