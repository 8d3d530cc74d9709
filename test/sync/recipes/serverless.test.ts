import { CleverConfigError } from 'clever-sdk';
import { CleverSyncError, type TickReport } from 'clever-sdk/sync';
import { describe, expect, it, vi } from 'vitest';
import { scheduledSync } from '../../../examples/sync/serverless.js';
import { testDatabase } from '../support/database.js';
import { makeWorld } from '../support/world.js';
import { DISTRICTS } from './world.js';

const SECRET = 'a-secret-of-the-cron-0123456789';
const call = (authorization?: string): Request =>
  new Request('https://app.example.com/cron/clever', authorization === undefined ? {} : { headers: { authorization } });

describe('the function on a schedule', () => {
  it('does what is due, and says so in numbers', async () => {
    const database = await testDatabase();
    try {
      const world = makeWorld(database, { districts: DISTRICTS });
      const handler = scheduledSync(world.sync(), SECRET);
      const first = await handler(call(`Bearer ${SECRET}`));
      expect([first.status, first.headers.get('cache-control'), await first.json()]).toEqual([
        200,
        'no-store',
        { ended: 2, held: 0, unfinished: 0, failed: 0, due: 0, durationMs: expect.any(Number) },
      ]);
      for (const { id } of world.sandbox.districts) {
        await world.expectInStep({ districtId: id });
      }
      expect(await (await handler(call(`Bearer ${SECRET}`))).json()).toMatchObject({ ended: 0, due: 0 });
    } finally {
      await database.close();
    }
  }, 120_000);

  it.each([undefined, '', SECRET, `Bearer ${SECRET}x`, `Bearer ${SECRET.slice(0, -1)}`, `bearer ${SECRET}`])(
    'does nothing for %j',
    async (authorization) => {
      const tick = vi.fn<() => Promise<TickReport>>();
      const response = await scheduledSync({ tick }, SECRET)(call(authorization));
      expect([response.status, await response.json()]).toEqual([401, { error: 'unauthorized' }]);
      expect(tick).not.toHaveBeenCalled();
    },
  );

  it('answers 503 with the code alone when the database is away', async () => {
    const tick = (): Promise<TickReport> => Promise.reject(new CleverSyncError('sync_held'));
    const response = await scheduledSync({ tick }, SECRET)(call(`Bearer ${SECRET}`));
    expect([response.status, await response.json()]).toEqual([503, { error: 'sync_held' }]);
  });

  it.each([undefined, '', 'short'])('refuses to be made with the secret %j', (secret) => {
    expect(() => scheduledSync({ tick: vi.fn() }, secret)).toThrow(CleverConfigError);
  });
});
