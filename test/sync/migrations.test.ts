import { createHash } from 'node:crypto';
import { createCleverClient } from 'clever-sdk';
import { createRosterSync, fromPglite, syncSql } from 'clever-sdk/sync';
import { describe, expect, it, vi } from 'vitest';
import { pgliteDatabase } from '../support/postgres/index.js';

vi.setConfig({ testTimeout: 60_000 });

/** The statements of each step, in their order, without what every text begins with. */
function steps(): string[] {
  return syncSql()
    .split(/^-- \d+\. .*$/mu)
    .slice(1);
}

/** The digests of the steps that were published: a step never changes afterwards, a new one follows it. */
const PUBLISHED = ['3b3f0dacbbec60ba', '40ba9fe7d7dfaaf7', '5444b104b4b09c85'];

describe('the migrations', () => {
  it('are those that were published', () => {
    const digests = steps().map((text) => createHash('sha256').update(text.trim()).digest('hex').slice(0, 16));
    expect(digests.slice(0, PUBLISHED.length)).toEqual(PUBLISHED);
  });

  it('bring tables of every earlier version to the same columns as a new schema', async () => {
    const columns = async (db: Awaited<ReturnType<typeof pgliteDatabase>>): Promise<unknown> =>
      (
        await db.query(`
select table_name, column_name, data_type, is_nullable, column_default
from information_schema.columns where table_schema = 'clever' order by table_name, column_name`)
      ).rows;
    const fresh = await pgliteDatabase();
    await fresh.exec(syncSql());
    for (let version = 1; version < steps().length; version += 1) {
      const db = await pgliteDatabase();
      await db.exec(syncSql().split(new RegExp(`^-- ${version + 1}\\. `, 'mu'))[0] ?? '');
      const sync = createRosterSync({ clever: createCleverClient(), districts: [], store: fromPglite(db) });
      await expect(sync.status()).rejects.toMatchObject({ code: 'sync_schema' });
      expect(await sync.migrate()).toEqual({ from: version, to: steps().length });
      expect(await columns(db)).toEqual(await columns(fresh));
      expect(await sync.status()).toEqual([]);
      await db.close();
    }
    await fresh.close();
  });
});
