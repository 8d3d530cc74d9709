import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createCleverClient } from 'clever-sdk';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

/** A Clever in another thread, which records when requests arrive while the thread of the client is busy. */
const SERVER = `
  const { createServer } = require('node:http');
  const { parentPort } = require('node:worker_threads');
  const arrivals = [];
  const server = createServer((request, response) => {
    arrivals.push(performance.timeOrigin + performance.now());
    const id = String(arrivals.length);
    const links = arrivals.length >= 3 ? [] : [{ rel: 'next', uri: '/v3.1/users?limit=1&starting_after=' + id }];
    response.setHeader('content-type', 'application/json');
    const data = arrivals.length > 3 ? [] : [{ data: { id, text: 'x'.repeat(2_000) } }];
    response.end(JSON.stringify({ data, links }));
  });
  parentPort.on('message', () => parentPort.postMessage(arrivals));
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** Far longer than a request takes to arrive on the same machine, however busy that is. */
const PARSING_MS = 400;

let server: Worker;
let origin: string;
beforeAll(async () => {
  server = new Worker(SERVER, { eval: true });
  const [port] = await once(server, 'message');
  origin = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  vi.restoreAllMocks();
  await server.terminate();
});

it('the request for the next page is sent before parsing this page keeps the thread busy', async () => {
  const parse = JSON.parse;
  const parsedAt: number[] = [];
  vi.spyOn(JSON, 'parse').mockImplementation((text: string) => {
    if (text.length > 2_000) {
      const end = performance.now() + PARSING_MS;
      while (performance.now() < end) {
        // Busy, as with a page of ten thousand records.
      }
      parsedAt.push(performance.timeOrigin + performance.now());
    }
    return parse(text);
  });
  const { users } = createCleverClient({ apiOrigin: origin, validation: 'off' }).district({ token: 'token' });
  // Reading ahead begins with the second page.
  const read = await users.list({ pageSize: 1, prefetch: 1 }).toArray({ maxItems: 3 });
  expect(read.map(({ id }) => id)).toEqual(['1', '2', '3']);
  server.postMessage('arrivals');
  const [arrivals] = (await once(server, 'message')) as [number[]];
  const arrivalOfThird = arrivals[2] ?? Number.NaN;
  const endOfParsingSecond = parsedAt[1] ?? Number.NaN;
  expect(arrivalOfThird).toBeLessThan(endOfParsingSecond - PARSING_MS / 2);
});
