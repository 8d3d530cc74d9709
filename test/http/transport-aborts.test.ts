import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { double } from '../support/double.js';
import { loadWhatReads } from '../support/load-what-reads.js';
import { rejection } from '../support/outcomes.js';
import { json, observed, startServer } from './transport-support.js';

beforeAll(loadWhatReads);

/** Any value can be a reason; this one cannot come from the SDK. */
const reason = { why: 'the teacher left the page' };

/** Lets everything that is already under way finish. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A controller whose signal counts its listeners. */
function countedController() {
  const controller = new AbortController();
  const { signal } = controller;
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners += 1;
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners -= 1;
    remove(...args);
  };
  return { controller, signal, listeners: () => listeners };
}

describe('an abort by the caller rethrows the reason untouched', () => {
  it('before the start: no token is fetched and nothing is sent', async () => {
    const { fetch, seen } = double();
    const { send, events } = observed({ fetch });
    const authorization = vi.fn(() => 'Bearer token');
    expect(await rejection(send({ authorization, options: { signal: AbortSignal.abort(reason) } }))).toBe(reason);
    expect([seen.length, events.length, authorization.mock.calls.length]).toEqual([0, 0, 0]);
  });

  it.each([null, 0, '', false])('even when it is %o', async (odd) => {
    expect(await rejection(observed().send({ options: { signal: AbortSignal.abort(odd) } }))).toBe(odd);
  });

  it('while the token is fetched: nothing is sent, not even later', async () => {
    const { controller, signal, listeners } = countedController();
    const { fetch, seen } = double();
    const { send } = observed({ fetch });
    let release: (token: string) => void = () => undefined;
    const authorization = () => {
      queueMicrotask(() => controller.abort(reason));
      return new Promise<string>((resolve) => {
        release = resolve;
      });
    };
    expect(await rejection(send({ authorization, options: { signal } }))).toBe(reason);
    release('Bearer late');
    await settled();
    expect([seen.length, listeners()]).toEqual([0, 0]);
  });

  it('before the response: the connection is closed', async () => {
    const { controller, signal, listeners } = countedController();
    const { origin, requests, disconnected } = await startServer(() => controller.abort(reason));
    expect(await rejection(observed({ origin }).send({ options: { signal } }))).toBe(reason);
    await disconnected;
    expect([requests.length, listeners()]).toEqual([1, 0]);
  });

  it('in the middle of the body: the connection is closed', async () => {
    const { controller, signal, listeners } = countedController();
    const { origin, requests, disconnected } = await startServer((_, outgoing) => outgoing.write('{"data":['));
    const { send, events } = observed({
      origin,
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        setImmediate(() => controller.abort(reason));
        return response;
      },
    });
    expect(await rejection(send({ options: { signal } }))).toBe(reason);
    await disconnected;
    expect(events.map(({ kind }) => kind)).toEqual(['request']);
    expect([requests.length, listeners()]).toEqual([1, 0]);
  });

  it('although the custom fetch ignores its signal and fails later', async () => {
    const { controller, signal } = countedController();
    let fail: (error: Error) => void = () => undefined;
    const { send } = observed({
      fetch: () => {
        queueMicrotask(() => controller.abort(reason));
        return new Promise((_, reject) => {
          fail = reject;
        });
      },
    });
    expect(await rejection(send({ options: { signal } }))).toBe(reason);
    // Vitest fails the run for an unhandled rejection.
    fail(new Error('too late'));
  });

  it('although the custom fetch ignores its signal and answers later: the body is discarded, and nothing is reported', async () => {
    const cancelled = vi.fn();
    for (const late of [new Response(new ReadableStream({ cancel: cancelled })), new Response(null, { status: 204 })]) {
      const { controller, signal } = countedController();
      let answer: (response: Response) => void = () => undefined;
      const { send, events } = observed({
        fetch: () => {
          queueMicrotask(() => controller.abort(reason));
          return new Promise((resolve) => {
            answer = resolve;
          });
        },
      });
      expect(await rejection(send({ options: { signal } }))).toBe(reason);
      answer(late);
      await settled();
      expect(events.map(({ kind }) => kind)).toEqual(['request']);
    }
    expect(cancelled).toHaveBeenCalledOnce();
  });

  it('when the signal of the client aborts as well', async () => {
    const { controller, signal, listeners } = countedController();
    const { origin } = await startServer(() => controller.abort(reason));
    const { send } = observed({ origin, defaults: { signal } });
    expect(await rejection(send({ options: { signal: new AbortController().signal } }))).toBe(reason);
    expect(listeners()).toBe(0);
  });

  it('but an abort after the response changes nothing, and no listener is left', async () => {
    const { controller, signal, listeners } = countedController();
    const { origin } = await startServer((_, outgoing) => json(outgoing, { ok: true }));
    const response = await observed({ origin }).send({ options: { signal } });
    expect(listeners()).toBe(0);
    controller.abort(reason);
    expect(response.json).toEqual({ ok: true });
  });
});

describe('during the wait between attempts', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('an abort rethrows the reason and clears every timer', async () => {
    const { controller, signal, listeners } = countedController();
    const { fetch, seen } = double(new Response('', { status: 503, headers: { 'retry-after': '30' } }));
    const { send, retries } = observed({ fetch });
    const call = rejection(send({ options: { signal } }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(retries()).toMatchObject([{ delayMs: 30_000 }]);
    controller.abort(reason);
    expect(await call).toBe(reason);
    expect([seen.length, listeners(), vi.getTimerCount()]).toEqual([1, 0, 0]);
  });
});
