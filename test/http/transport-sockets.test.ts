import { CleverConnectionError, CleverTimeoutError } from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import { rejection } from '../support/outcomes.js';
import { deadOrigin, json, observed, startServer } from './transport-support.js';

/** Retries at once, so that these tests need no clock. */
const atOnce = { retry: { baseDelayMs: 0 } };

describe('over real sockets', () => {
  it('a body that is cut off is requested again', async () => {
    const { origin } = await startServer((_, outgoing, count) => {
      if (count === 1) {
        outgoing.writeHead(200, { 'content-length': '1000' }).write('{"data":[', () => outgoing.destroy());
      } else {
        json(outgoing, { data: [] });
      }
    });
    const { send, retries } = observed({ origin, defaults: atOnce });
    expect(await send()).toMatchObject({ json: { data: [] }, attempts: 2 });
    expect(retries()).toMatchObject([{ attempt: 1, reason: 'body', status: undefined }]);
  });

  it('a connection that is reset in the middle of the body becomes a connection error', async () => {
    const { origin, requests } = await startServer((incoming, outgoing) => {
      outgoing.writeHead(200, { 'transfer-encoding': 'chunked' });
      outgoing.write('{"data":[{"id":"canary-1"}', () => incoming.socket.resetAndDestroy());
    });
    const error = await rejection(observed({ origin, defaults: atOnce }).send());
    expect(error).toBeInstanceOf(CleverConnectionError);
    expect(error).toMatchObject({ code: 'connection', reason: 'body', attempts: 3, isRetryable: true });
    expect(requests).toHaveLength(3);
  });

  it('a connection that is reset before the headers is tried again', async () => {
    const { origin } = await startServer((incoming, outgoing, count) =>
      count < 3 ? incoming.socket.resetAndDestroy() : json(outgoing, {}),
    );
    const { send, retries } = observed({ origin, defaults: atOnce });
    expect(await send()).toMatchObject({ attempts: 3 });
    expect(retries().map(({ reason }) => reason)).toEqual(['network', 'network']);
  });

  it('a server that does not exist is reported with the system code', async () => {
    const origin = await deadOrigin();
    const error = await rejection(observed({ origin, defaults: { retry: false } }).send());
    expect(error).toMatchObject({ code: 'connection', reason: 'network', attempts: 1 });
    expect((error as Error).cause).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('a server that never answers reaches the time limit, and its connection is closed', async () => {
    const { origin, disconnected } = await startServer(() => undefined);
    const error = await rejection(observed({ origin }).send({ options: { timeoutMs: 50, retry: false } }));
    expect(error).toBeInstanceOf(CleverTimeoutError);
    expect(error).toMatchObject({ limit: 'attempt', timeoutMs: 50, attempts: 1 });
    await disconnected;
  });

  it('a body that never ends reaches the time limit of the attempt, and of the call', async () => {
    const { origin } = await startServer((_, outgoing) => outgoing.writeHead(200).write('{"data":['));
    const { send } = observed({ origin });
    const attempt = await rejection(send({ options: { timeoutMs: 50, retry: false } }));
    expect(attempt).toMatchObject({ code: 'timeout', limit: 'attempt' });
    const total = await rejection(send({ options: { totalTimeoutMs: 50 } }));
    expect(total).toMatchObject({ code: 'timeout', limit: 'total', timeoutMs: 50 });
  });

  it('twenty concurrent calls share one signal without a warning', async () => {
    const { origin, requests } = await startServer((_, outgoing) => json(outgoing, {}));
    const warnings: Error[] = [];
    const listen = (warning: Error) => warnings.push(warning);
    process.on('warning', listen);
    const { send } = observed({ origin, defaults: { signal: new AbortController().signal } });
    await Promise.all(Array.from({ length: 20 }, () => send()));
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', listen);
    expect([requests.length, warnings]).toEqual([20, []]);
  });
});
