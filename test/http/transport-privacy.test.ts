import { isCleverError } from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import { bearer, type RequestOptions } from '../../src/transport/index.js';
import { type Answer, double } from '../support/double.js';
import { rejection } from '../support/outcomes.js';
import { printed } from '../support/printed.js';
import { observed } from './transport-support.js';

const headers = {
  'x-trace': 'canary-header',
  'x-request-id': 'canary header with spaces',
  'content-type': 'canary/type',
  'retry-after': 'canary-later',
  'x-ratelimit-limit': 'canary-limit',
  'set-cookie': 'session=canary-cookie',
  location: 'https://canary.example/canary-path',
};
const answer = (status: number, body: string) => () => Promise.resolve(new Response(body, { status, headers }));
const bodies = [
  '{"message":"User canary-1 was not found","data":{"name":"Canary"}}',
  '{"code":91,"error":{"message":"canary-2@example.com","detail":"canary-3"},"data":{"email":"canary-4"}}',
  '{"error":"canary_error-5","error_description":"For token \'canary-6\'"}',
  '<html><body>Cannot GET /v3.1/users/canary-7</body></html>',
  'Bad value "canary-8" for CANARY9',
];
const foreign = (): Error =>
  Object.assign(new TypeError('fetch failed: https://canary-host/v3.1/users/canary-id?canary=1'), {
    request: new Request('https://api.example.com/canary-id', { headers: { authorization: 'Bearer canary-token' } }),
    response: new Response('canary-body', { headers: { 'x-canary': 'canary-header' } }),
    cause: Object.assign(new Error('canary-cause'), { code: 'ECONNRESET', headers: 'canary-header' }),
  });
const neverEnding = () =>
  Promise.resolve(
    new Response(
      new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('{"name":"canary-10')) }),
    ),
  );
const breaking = () =>
  Promise.resolve(new Response(new ReadableStream({ pull: (stream) => stream.error(foreign()) }), { headers }));

const statuses = [400, 401, 403, 404, 405, 408, 409, 413, 429, 500, 501, 503];
const failures: [name: string, answer: Answer, options?: RequestOptions][] = [
  ...statuses.flatMap((status) =>
    bodies.map((body, index): [string, Answer] => [`${status}, body ${index + 1}`, answer(status, body)]),
  ),
  ['redirect', answer(302, 'canary-11')],
  ['HTML with 200', answer(200, '<html>canary-12</html>')],
  ['cut JSON', answer(200, '{"data":{"name":"canary-13')],
  ['JSON with an error in it', answer(200, '{"name": canary }')],
  ['lost connection', foreign()],
  ['lost connection, as ky recognises it', Object.assign(new TypeError('fetch failed'), { cause: foreign() })],
  ['broken body', breaking],
  ['endless body', neverEnding, { timeoutMs: 5 }],
  ['out of time', neverEnding, { totalTimeoutMs: 5 }],
];

describe('what a failure prints', () => {
  it.each(failures)('holds no token, id, body, query or header: %s', async (_, given, options = {}) => {
    const { fetch, seen } = double(given, given);
    const { send, events } = observed({ fetch });
    const error = await rejection(
      send({
        method: 'GET',
        path: '/v3.1/users/canary-id?starting_after=canary-query',
        authorization: bearer('canary-token'),
        options: { retry: { retries: 1, baseDelayMs: 0 }, ...options },
      }),
    );
    expect(isCleverError(error)).toBe(true);
    expect(seen[0]?.headers.get('authorization')).toBe('Bearer canary-token');
    expect(seen[0]?.url.href).toContain('canary-id');
    expect(printed(error)).not.toMatch(/canary/iu);
    expect(printed(events)).not.toMatch(/canary/iu);
    expect(events.length).toBeGreaterThan(0);
  });

  it('holds nothing of ky: no request, no response, no options', async () => {
    const { send } = observed({ ...double(new TypeError('fetch failed')), defaults: { retry: false } });
    const error = (await rejection(send())) as Error;
    expect(printed(error)).not.toMatch(/KyError|NetworkError|Request|Headers|Authorization/u);
    expect(Object.keys(error)).toEqual(['code', 'isRetryable', 'method', 'pathTemplate', 'reason', 'attempts']);
    expect(error.cause).toMatchObject({ name: 'TypeError', message: 'fetch failed' });
  });

  it('contains nothing of a body that was to be sent', async () => {
    const { send, events } = observed(double(answer(400, bodies[0] ?? '')));
    const error = await rejection(send({ method: 'POST', body: { title: 'canary-14' } }));
    expect(printed([error, events])).not.toMatch(/canary/iu);
  });

  it('contains nothing of the transport either', async () => {
    const { transport, send } = observed(double({}));
    await send({ authorization: bearer('canary-token') });
    expect(printed(transport)).not.toMatch(/canary/iu);
  });
});
