import { CleverError, type ClientEvent, createCleverClient, type DistrictClient, hasCode } from 'clever-sdk';
import { createSandbox, type Fault, type ListeningSandbox } from 'clever-sdk/sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

/** What can go wrong, each with the error that a user gets and the advice in it. Over real sockets. */
let sandbox: ListeningSandbox;
/** How far the sandbox's clock is ahead, in milliseconds. */
let aheadMs = 0;

beforeAll(async () => {
  sandbox = await createSandbox({ students: 120, clock: () => Date.now() + aheadMs }).listen({ port: 0 });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.faults.clear();
  aheadMs = 0;
});

/** A client that retries once, without a wait. */
function open(overrides: object = {}) {
  const events: ClientEvent[] = [];
  const retry = { retries: 1, baseDelayMs: 1 };
  const onEvent = (event: ClientEvent): void => void events.push(event);
  const clever = createCleverClient({ ...sandbox.clientOptions(), retry, onEvent, ...overrides });
  return { clever, events, district: clever.district({ token: sandbox.districts[0].token }) };
}

async function failure(work: Promise<unknown>): Promise<CleverError> {
  const error: unknown = await work.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CleverError);
  return error as CleverError;
}

async function callbackFor(clever: ReturnType<typeof open>['clever']) {
  const [person] = sandbox.people({ role: 'student', connection: 'district' });
  const { url, state } = clever.oauth.authorizationUrl({ extraParams: { sandbox_user: person?.id ?? '' } });
  const response = await fetch(url, { redirect: 'manual' });
  return { callbackUrl: response.headers.get('location') ?? '', state };
}

describe('a login', () => {
  it('with wrong credentials', async () => {
    const { clever } = open({ clientSecret: 'not-the-secret' });
    const { callbackUrl, state } = await callbackFor(clever);
    const exchange = await failure(clever.oauth.exchangeCallback(callbackUrl, { expectedState: state }));
    expect(exchange).toMatchObject({ code: 'oauth_token', status: 401 });
    expect(exchange.message).toMatch(/clientSecret/);
    expect(await failure(clever.oauth.districtTokens())).toMatchObject({ code: 'authentication', status: 401 });
  });

  it('with a code that is over a minute old', async () => {
    const { clever } = open();
    const { callbackUrl, state } = await callbackFor(clever);
    aheadMs = 61_000;
    const error = await failure(clever.oauth.exchangeCallback(callbackUrl, { expectedState: state }));
    expect(error).toMatchObject({ code: 'oauth_token', status: 400, error: 'invalid_grant', isRetryable: false });
    expect(error.message).toMatch(/one minute/);
  });

  it('with a code that was used before', async () => {
    const { clever } = open();
    const { callbackUrl, state } = await callbackFor(clever);
    await clever.oauth.exchangeCallback(callbackUrl, { expectedState: state });
    const error = await failure(clever.oauth.exchangeCallback(callbackUrl, { expectedState: state }));
    expect(error).toMatchObject({ code: 'oauth_token', error: 'invalid_grant' });
  });

  it('with the wrong state, or none, does not spend the code', async () => {
    const { clever } = open();
    const { callbackUrl, state } = await callbackFor(clever);
    const wrong = await failure(clever.oauth.exchangeCallback(callbackUrl, { expectedState: 'another' }));
    expect(wrong).toMatchObject({ code: 'oauth_callback', reason: 'state_mismatch' });
    const without = new URL(callbackUrl);
    without.searchParams.delete('state');
    const missing = await failure(clever.oauth.exchangeCallback(without, { expectedState: state }));
    expect(missing).toMatchObject({ code: 'oauth_callback', reason: 'state_missing' });
    await expect(clever.oauth.exchangeCallback(callbackUrl, { expectedState: state })).resolves.toBeDefined();
  });
});

describe('a read', () => {
  it('with a token of the wrong kind', async () => {
    const [person] = sandbox.people({ role: 'teacher', connection: 'district' });
    const token = sandbox.userToken({ user: person?.id ?? '' });
    const error = await failure(open().clever.district({ token }).users.list().firstPage());
    expect(error).toMatchObject({ code: 'not_found', status: 404 });
    expect(error.message).toMatch(/kind of token/);
  });

  it('with an unknown token', async () => {
    const error = await failure(open().clever.district({ token: 'unknown' }).users.list().firstPage());
    expect(error).toMatchObject({ code: 'authentication', status: 401 });
    expect(error.message).toMatch(/districtTokens\(\)/);
  });

  it('of an unknown id', async () => {
    const error = await failure(open().district.users.get('0123456789abcdef01234567'));
    expect(error).toMatchObject({ code: 'not_found', pathTemplate: '/v3.1/users/{id}' });
    expect(error.message).not.toContain('0123456789abcdef01234567');
  });

  it.each([0, 10_001])('with a page size of %i', (pageSize) => {
    const { district } = open();
    expect(() => district.users.list({ pageSize })).toThrow(/`pageSize` must be a whole number from 1 to 10000/);
  });
});

/** Faults that pass: the caller gets the same as from an undisturbed run. */
const passing: [string, Fault, string][] = [
  ['a truncated body', { truncateBody: true }, 'body'],
  ['a reset before the headers', { resetConnection: true }, 'network'],
  ['a reset in the middle of a page', { resetConnection: 'body' }, 'body'],
  ['an HTML page with status 200', { html: true }, 'not_json'],
  ['a 503', { status: 503 }, 'status'],
  ['a 429 that asks for no wait', { status: 429, retryAfterMs: 0 }, 'status'],
];

describe.each(passing)('%s', (_, fault, reason) => {
  const matching = { path: '/v3.1/users', skip: 1, ...fault };
  const read = (district: DistrictClient) => district.users.list({ pageSize: 40 }).toArray({ maxItems: 1_000 });

  it('that passes loses nothing', async () => {
    const undisturbed = await read(open().district);
    sandbox.faults.add({ ...matching, times: 1 });
    const { district, events } = open({ retry: { retries: 2, baseDelayMs: 1 } });
    expect(await read(district)).toEqual(undisturbed);
    expect(events.filter(({ kind }) => kind === 'retry')).toMatchObject([{ reason }]);
  });

  it('that persists ends in a typed error with a cursor that loses nothing', async () => {
    const undisturbed = await read(open().district);
    sandbox.faults.add({ ...matching, times: Number.POSITIVE_INFINITY });
    const { district } = open({ retry: false });
    const got: string[] = [];
    const error = await failure(
      (async () => {
        for await (const { id } of district.users.list({ pageSize: 40 })) {
          got.push(id);
        }
      })(),
    );
    expect(got).toHaveLength(40);
    sandbox.faults.clear();
    for await (const { id } of district.users.list({ pageSize: 40, from: error.cursor ?? '' })) {
      got.push(id);
    }
    expect(got).toEqual(undisturbed.map(({ id }) => id));
  });
});

describe('a server', () => {
  it('that never answers', async () => {
    sandbox.faults.add({ path: '/v3.1/schools', hang: true, times: 2 });
    const error = await failure(open({ timeoutMs: 40 }).district.schools.list().firstPage());
    expect(error).toMatchObject({ code: 'timeout', limit: 'attempt', timeoutMs: 40, attempts: 2 });
  });

  it('that asks for an hour is not waited for', async () => {
    sandbox.faults.add({ path: '/v3.1/schools', status: 429, retryAfterMs: 3_600_000 });
    const error = await failure(open().district.schools.list().firstPage());
    expect(error).toMatchObject({ code: 'rate_limit', attempts: 1 });
    expect(hasCode(error, 'rate_limit') && error.retryAfterMs).toBeGreaterThan(3_500_000);
    expect(hasCode(error, 'rate_limit') && error.resetAt).toBeInstanceOf(Date);
  });

  it.each([
    ['another origin', 'https://evil.example/v3.1/users', 'foreign_link'],
    ['itself', 'self', 'repeated_link'],
  ])('whose `next` link leads to %s', async (_, nextLink, reason) => {
    sandbox.faults.add({ path: '/v3.1/users', nextLink });
    const { district } = open();
    const error = await failure(district.users.list().toArray({ maxItems: 10_000 }));
    expect(error).toMatchObject({ code: 'pagination', reason });
  });
});
