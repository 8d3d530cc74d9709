import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type CleverClientOptions, createCleverClient, type FetchFunction } from 'clever-sdk';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rejection } from '../support/outcomes.js';
import { CANARY, CLIENT_ID, callbackUrl, REDIRECT_URI } from './oauth-token-endpoint.js';

const MiB = 2 ** 20;
const CHUNK = MiB / 4;

/** A `fetch` that answers with an endless body of blanks, and counts how much of it was read. */
function endless(init: ResponseInit = {}) {
  const read = { bytes: 0, isCancelled: false };
  const fetch: FetchFunction = async () => {
    read.bytes = 0;
    const chunk = new Uint8Array(CHUNK).fill(0x20);
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        read.bytes += CHUNK;
        controller.enqueue(chunk);
      },
      cancel: () => {
        read.isCancelled = true;
      },
    });
    return new Response(body, init);
  };
  return { read, fetch };
}

function app(options: CleverClientOptions) {
  const credentials = { clientId: CLIENT_ID, clientSecret: CANARY.secret, redirectUri: REDIRECT_URI };
  return createCleverClient({ ...credentials, retry: false, ...options });
}
type App = ReturnType<typeof app>;

/** Every kind of call, and the longest answer that it reads by default. */
const CALLS: readonly [string, number, (client: App, maxResponseBytes?: number) => Promise<unknown>][] = [
  ['a page', 128, (client, max) => client.district({ token: 't' }).users.list(options(max)).firstPage()],
  ['a record', 16, (client, max) => client.district({ token: 't' }).users.get('u', options(max))],
  ['the district tokens', 16, (client, max) => client.oauth.districtTokens(options(max))],
  ['a count', 1, (client, max) => client.district({ token: 't' }).users.count(options(max))],
  ['me()', 1, (client, max) => client.oauth.me('t', options(max))],
  ['tokenInfo()', 1, (client, max) => client.oauth.tokenInfo('t', options(max))],
  ['userinfo()', 1, (client, max) => client.user({ token: 't' }).userinfo(options(max))],
  ['a token', 1, (client, max) => exchange(client, options(max))],
];

function options(maxResponseBytes: number | undefined) {
  return maxResponseBytes === undefined ? {} : { maxResponseBytes };
}

function exchange(client: App, options: { maxResponseBytes?: number } = {}) {
  return client.oauth.exchangeCallback(callbackUrl(), { expectedState: CANARY.state, ...options });
}

describe.each(CALLS)('the answer to %s', (_, megabytes, call) => {
  it(`is read up to ${megabytes} MiB, and ends in a typed error that names the option`, async () => {
    const { fetch, read } = endless();
    const error = await rejection(call(app({ fetch })));
    expect(error).toMatchObject({ code: 'connection', reason: 'too_large', attempts: 1, isRetryable: false });
    expect((error as Error).message).toContain(`${megabytes * MiB} bytes (\`maxResponseBytes\`)`);
    expect(read.bytes).toBeLessThanOrEqual(megabytes * MiB + 2 * CHUNK);
    expect(read.isCancelled).toBe(true);
  });

  it('is read as far as the client says, and the call overrides that', async () => {
    const { fetch, read } = endless();
    const client = app({ fetch, maxResponseBytes: 2 * MiB });
    expect(await rejection(call(client))).toMatchObject({ reason: 'too_large' });
    expect(read.bytes).toBeLessThanOrEqual(2 * MiB + 2 * CHUNK);
    expect(await rejection(call(client, 1_000))).toMatchObject({ reason: 'too_large' });
    expect(read.bytes).toBeLessThanOrEqual(2 * CHUNK);
  });

  it.each([400, 401, 404, 429, 500])(
    'is read for 64 KiB when its status is %i, which decides the error',
    async (status) => {
      const { fetch, read } = endless({ status });
      const error = await rejection(call(app({ fetch, maxResponseBytes: 10 })));
      expect(error).toMatchObject({ status });
      expect(read.bytes).toBeLessThanOrEqual(2 * CHUNK);
      expect(read.isCancelled).toBe(true);
    },
  );
});

describe('the limit', () => {
  it('is exact', async () => {
    const body = JSON.stringify({ data: { id: 'u' } });
    const fetch: FetchFunction = async () => new Response(body);
    const { users } = createCleverClient({ fetch }).district({ token: 't' });
    expect(await users.get('u', { maxResponseBytes: body.length, validation: 'off' })).toEqual({ id: 'u' });
    expect(await rejection(users.get('u', { maxResponseBytes: body.length - 1 }))).toMatchObject({
      reason: 'too_large',
    });
  });

  it('holds for doubles that have only `text()`', async () => {
    const fetch = (async () => ({
      status: 200,
      headers: new Headers(),
      text: async () => '{"data":{"id":"u"}}',
    })) as never;
    const { users } = createCleverClient({ fetch }).district({ token: 't' });
    expect(await rejection(users.get('u', { maxResponseBytes: 5 }))).toMatchObject({ reason: 'too_large' });
  });

  it('counts what comes out of a compressed body, and disconnects', async () => {
    const bomb = gzipSync(Buffer.alloc(256 * MiB, 0x20));
    const server = createServer((_, response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    const apiOrigin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const users = createCleverClient({ apiOrigin }).district({ token: 't' }).users;
    expect(bomb.length).toBeLessThan(MiB);
    expect(await rejection(users.get('u'))).toMatchObject({ reason: 'too_large', attempts: 1 });
  });

  it('leaves a cursor, from which a listing goes on with a higher one', async () => {
    const page = (ids: string[], next?: string) => ({
      data: ids.map((id) => ({ data: { id, filler: 'x'.repeat(id === 'c' ? 5_000 : 5) } })),
      links: next === undefined ? [] : [{ rel: 'next', uri: next }],
    });
    const fetch: FetchFunction = async (url) =>
      Response.json(
        url.includes('starting_after=b') ? page(['c']) : page(['a', 'b'], '/v3.1/users?limit=2&starting_after=b'),
      );
    const { users } = createCleverClient({ fetch, validation: 'off' }).district({ token: 't' });
    const params = { pageSize: 2, maxResponseBytes: 1_000 };
    const read: string[] = [];
    const reading = async (): Promise<void> => {
      for await (const user of users.list(params)) {
        read.push(user.id);
      }
    };
    const error = (await rejection(reading())) as { cursor: string };
    expect(error).toMatchObject({ code: 'connection', reason: 'too_large' });
    const rest = users.list({ ...params, maxResponseBytes: 10_000, from: error.cursor });
    for await (const user of rest) {
      read.push(user.id);
    }
    expect(read).toEqual(['a', 'b', 'c']);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, '10', null])('is not %o', async (value) => {
    const wrong = { maxResponseBytes: value as number };
    expect(() => createCleverClient(wrong)).toThrow(/`maxResponseBytes` must be/u);
    const { fetch } = endless();
    const { users } = createCleverClient({ fetch }).district({ token: 't' });
    expect(await rejection(users.get('u', wrong))).toMatchObject({ code: 'config' });
  });
});
