import { createCleverClient } from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import { type Answer, double, ids, listOf } from '../support/double.js';

const next = (after: string): string => `/v3.1/users?limit=2&starting_after=${after}`;
const threePages = [listOf(ids('a', 'b'), next('b')), listOf(ids('c', 'd'), next('d')), listOf(ids('e'))];

function iterator(...script: Answer[]) {
  const { fetch, seen } = double(...script);
  const client = createCleverClient({ fetch, validation: 'off', retry: false, pageSize: 2 });
  const listing = client.district({ token: 'token' }).users.list();
  return { items: listing[Symbol.asyncIterator](), seen };
}

const end = { done: true, value: undefined };

describe('the iterator of a listing', () => {
  it('answers concurrent calls in their order', async () => {
    const { items } = iterator(...threePages);
    const results = await Promise.all(Array.from({ length: 7 }, () => items.next()));
    expect(results.map(({ value }) => value?.id)).toEqual(['a', 'b', 'c', 'd', 'e', undefined, undefined]);
    expect(results.map(({ done }) => done)).toEqual([false, false, false, false, false, true, true]);
  });

  it('keeps that order when some calls wait for a page and another call arrives', async () => {
    const { items } = iterator(...threePages);
    const order: string[] = [];
    const take = (name: string) => items.next().then(({ value }) => order.push(`${name} ${value?.id}`));
    await Promise.all([take('1').then(() => take('4')), take('2'), take('3')]);
    expect(order).toEqual(['1 a', '2 b', '3 c', '4 d']);
  });

  it('is its own iterator, so that a loop can continue where another call stopped', async () => {
    const { items } = iterator(...threePages);
    await items.next();
    const rest: string[] = [];
    for await (const { id } of items) {
      rest.push(id);
    }
    expect(rest).toEqual(['b', 'c', 'd', 'e']);
    expect(await items.next()).toEqual(end);
  });

  it('sends nothing when it is closed before it has started', async () => {
    const { items, seen } = iterator(...threePages);
    expect(await items.return(undefined)).toEqual(end);
    expect(await items.next()).toEqual(end);
    expect(seen).toHaveLength(0);
  });

  it('ends the call that waits for a page when it is closed, and aborts the request', async () => {
    let signal: AbortSignal | null | undefined;
    const { items } = iterator((_, init) => {
      signal = init.signal;
      return new Promise<Response>((_resolve, reject) => {
        init.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
      });
    });
    const waiting = items.next();
    await new Promise((resolve) => setImmediate(resolve));
    expect(await items.return(undefined)).toEqual(end);
    expect(await waiting).toEqual(end);
    expect(signal?.aborted).toBe(true);
  });

  it('throws what is thrown into it, and ends', async () => {
    const { items } = iterator(...threePages);
    await items.next();
    const reason = new Error('enough');
    await expect(items.throw(reason)).rejects.toBe(reason);
    expect(await items.next()).toEqual(end);
  });

  it('ends after an error', async () => {
    const { items } = iterator(threePages[0] as object, new Response('', { status: 500 }));
    await items.next();
    await items.next();
    await expect(items.next()).rejects.toMatchObject({ code: 'server', cursor: next('b') });
    expect(await items.next()).toEqual(end);
  });

  it('is closed by `await using`', async () => {
    const { items } = iterator(...threePages);
    {
      await using open = items;
      await open.next();
    }
    expect(await items.next()).toEqual(end);
  });
});
