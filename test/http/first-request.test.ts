import type { createCleverClient } from 'clever-sdk';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { rejection } from '../support/outcomes.js';

/*
 * The first request of a process loads the code that sends and reads. Each test makes a first request.
 */
beforeEach(() => {
  vi.resetModules();
});

async function firstClient(fetch: (url: string, init: RequestInit) => Promise<Response>) {
  const fresh: { createCleverClient: typeof createCleverClient } = await import('clever-sdk');
  return fresh.createCleverClient({ fetch, clientId: 'id', clientSecret: 'secret' });
}

const answering = async (): Promise<Response> => Response.json({ data: [], links: [] });

describe('the first request of a process', () => {
  it.each(['get', 'list', 'by district id', 'oauth'] as const)(
    '%s rejects with the reason of a signal that is aborted while it loads',
    async (way) => {
      const fetch = vi.fn(answering);
      const client = await firstClient(fetch);
      const controller = new AbortController();
      const { signal } = controller;
      const district = client.district({ token: 'token' });
      const call = {
        get: () => district.users.get('u1', { signal }),
        list: () => district.users.list({ signal }).firstPage(),
        'by district id': () => client.district({ districtId: 'd1' }).users.list({ signal }).firstPage(),
        oauth: () => client.oauth.tokenInfo('token', { signal }),
      }[way]();
      const reason = new Error('changed my mind');
      controller.abort(reason);
      expect(await rejection(call)).toBe(reason);
      expect(fetch).not.toHaveBeenCalled();
    },
  );

  it('sends the values as they were at the call, even when they change while it loads', async () => {
    const bodies: unknown[] = [];
    const client = await firstClient(async (_url, { body }) => {
      bodies.push(JSON.parse(String(body)));
      return Response.json({ data: { id: 'a1' } });
    });
    const assignment = { title: 'Before', description: 'd', due_date: '2027-01-01T00:00:00Z' };
    const call = client.district({ token: 'token' }).assignments.create('s1', assignment);
    assignment.title = 'After';
    await call.catch(() => undefined);
    expect(bodies).toEqual([expect.objectContaining({ title: 'Before' })]);
  });

  it('names the calling line in its error', async () => {
    const client = await firstClient(async () => new Response(null, { status: 404 }));
    const error = await rejection(callFromHere(client));
    expect((error as Error).stack).toContain('callFromHere');
  });

  it('causes no unhandled rejection when its reader has stopped', async () => {
    const unheard = vi.fn();
    process.on('unhandledRejection', unheard);
    const client = await firstClient(async () => new Response(null, { status: 500 }));
    const iterator = client.district({ token: 'token' }).users.list({ retry: false })[Symbol.asyncIterator]();
    const first = iterator.next();
    await iterator.return(undefined);
    expect(await first).toEqual({ done: true, value: undefined });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', unheard);
    expect(unheard).not.toHaveBeenCalled();
  });
});

async function callFromHere(client: Awaited<ReturnType<typeof firstClient>>): Promise<unknown> {
  return await client.district({ token: 'token' }).users.get('u1');
}
