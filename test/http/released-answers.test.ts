import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createCleverClient } from 'clever-sdk';
import { describe, expect, it } from 'vitest';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('a page that was read', () => {
  // Node's own fetch keeps signals until the garbage collector has run twice.
  it('is released, even by a fetch that keeps the signals of its requests', async () => {
    const signals: unknown[] = [];
    const records: WeakRef<object>[] = [];
    let served = 0;
    const fetch = async (_url: string, init: RequestInit): Promise<Response> => {
      signals.push(init.signal);
      served += 1;
      const next = { rel: 'next', uri: `/v3.1/schools?limit=1&starting_after=${served}` };
      const data = served > 5 ? [] : [{ data: { id: String(served), name: 'Oak', district: 'd1' } }];
      return Response.json({ data, links: served < 5 ? [next] : [] });
    };
    const { schools } = createCleverClient({ fetch }).district({ token: 'token' });
    const readAll = async (): Promise<void> => {
      for await (const record of schools.list({ pageSize: 1 })) {
        records.push(new WeakRef(record));
      }
    };
    await readAll();
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    // The fifth page is full, so one more request shows that it is the last.
    expect([signals.length, records.length]).toEqual([6, 5]);
    expect(records.filter((record) => record.deref() !== undefined)).toHaveLength(0);
  });
});
