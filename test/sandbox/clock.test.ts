import {
  CleverAuthenticationError,
  CleverCursorExpiredError,
  CleverRateLimitError,
  createCleverClient,
} from 'clever-sdk';
import { SandboxError } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { it, SMALL } from '../support/fixtures.js';
import { queryOf } from './browser.js';
import { ask, authorize, callbackOf, exchange, small } from './support.js';
import { authorizePath, signedIn, someone, TWO_DISTRICTS } from './visitors.js';

const NOW = Date.UTC(2020, 8, 15, 12);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const clock = () => NOW;

it.override('sandboxOptions', { ...SMALL, clock });
const itWithOneRequest = it.extend('sandboxOptions', { ...SMALL, clock, rateLimit: { limit: 1 } });
const itWithOidc = it.extend('sandboxOptions', { ...SMALL, clock, oidc: true });
const itWithTwoDistricts = it.extend('sandboxOptions', { ...TWO_DISTRICTS, clock });

describe('advance()', () => {
  it('moves now(), and reset() moves it back', ({ sandbox }) => {
    sandbox.advance(MINUTE_MS);
    sandbox.advance(1);
    const { now } = sandbox;
    expect(now()).toBe(NOW + MINUTE_MS + 1);
    sandbox.reset();
    expect([now(), sandbox.now()]).toEqual([NOW, NOW]);
    expect(() => sandbox.advance(-1)).toThrow(SandboxError);
  });

  it('lets codes expire after a minute', async ({ sandbox }) => {
    const user = sandbox.people({ role: 'teacher' })[0]?.id ?? '';
    const code = async (): Promise<string> =>
      callbackOf(await authorize(sandbox, { sandbox_user: user })).get('code') ?? '';
    const [first, second] = [await code(), await code()];
    sandbox.advance(MINUTE_MS - 1);
    expect((await exchange(sandbox, first)).status).toBe(200);
    sandbox.advance(1);
    expect((await exchange(sandbox, second)).status).toBe(400);
  });

  it('lets user tokens expire', async () => {
    const sandbox = small({ clock, userTokenLifetimeMs: HOUR_MS });
    const token = sandbox.userToken({ user: sandbox.people({ role: 'teacher' })[0]?.id ?? '' });
    sandbox.advance(HOUR_MS - 1);
    expect((await ask(sandbox, '/me', token)).status).toBe(200);
    sandbox.advance(1);
    const { oauth } = createCleverClient({ ...sandbox.clientOptions() });
    await expect(oauth.me(token)).rejects.toThrow(CleverAuthenticationError);
  });

  itWithOneRequest('refills budgets', async ({ sandbox }) => {
    await ask(sandbox, '/v3.1/terms');
    sandbox.advance(MINUTE_MS - 1);
    expect((await ask(sandbox, '/v3.1/terms')).status).toBe(429);
    sandbox.advance(1);
    expect((await ask(sandbox, '/v3.1/terms')).status).toBe(200);
  });

  itWithTwoDistricts('ends sessions after two hours', async ({ sandbox }) => {
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher'));
    sandbox.advance(2 * HOUR_MS - 1);
    expect(queryOf(await browser.open(authorizePath(sandbox)))['code']).toBeDefined();
    sandbox.advance(1);
    expect((await browser.open(authorizePath(sandbox))).heading).toBe('Log in to My app');
  });
});

describe('a client of clientOptions()', () => {
  it('knows when an event has become too old', async ({ sandbox }) => {
    const [{ courses, token }] = sandbox.districts;
    const { events } = createCleverClient({ ...sandbox.clientOptions() }).district({ token });
    courses.create({ name: 'First' });
    const cursor = await events.latestCursor();
    courses.create({ name: 'Second' });
    const types = async (): Promise<string[]> =>
      (await events.list({ after: cursor }).toArray({ maxItems: 9 })).map(({ type }) => type);
    sandbox.advance(29 * DAY_MS - HOUR_MS);
    expect(await types()).toEqual(['courses.created']);
    sandbox.advance(DAY_MS + HOUR_MS + 1_000);
    await expect(types()).rejects.toThrow(CleverCursorExpiredError);
    expect((await ask(sandbox, '/v3.1/events')).body.data).toEqual([]);
  });

  it('knows it in another process, too, where only the answers say what time it is', async ({ listening, sandbox }) => {
    const [{ courses, token }] = sandbox.districts;
    const startedAtMs = sandbox.now();
    const openElsewhere = () =>
      createCleverClient({ ...listening.clientOptions(), now: () => startedAtMs }).district({ token });
    courses.create({ name: 'First' });
    const cursor = await openElsewhere().events.latestCursor();
    for (let change = 0; change < 10; change += 1) {
      courses.create({ name: `Change ${change}` });
    }
    sandbox.advance(31 * DAY_MS);
    courses.create({ name: 'Later' });
    await expect(openElsewhere().events.list({ after: cursor }).toArray({ maxItems: 99 })).rejects.toThrow(
      CleverCursorExpiredError,
    );
  });

  it('has a position to begin at before the first event, and meets every event after it', async ({ sandbox }) => {
    const [{ courses, token }] = sandbox.districts;
    const { events } = createCleverClient({ ...sandbox.clientOptions() }).district({ token });
    expect((await ask(sandbox, '/v3.1/events')).body.data).toEqual([]);
    const cursor = await events.latestCursor();
    const { id } = courses.create({ name: 'First' });
    const read = await events.list({ after: cursor }).toArray({ maxItems: 9 });
    expect(read.map(({ data }) => data.object.id)).toEqual([id]);
    sandbox.advance(31 * DAY_MS);
    await expect(events.list({ after: await events.latestCursor() }).toArray({ maxItems: 9 })).resolves.toEqual([]);
  });

  itWithOidc('accepts an id_token for an hour, whatever the year', async ({ sandbox }) => {
    const { oauth } = createCleverClient({ ...sandbox.clientOptions() });
    const user = sandbox.people({ role: 'teacher' })[0]?.id ?? '';
    const answer = await authorize(sandbox, { sandbox_user: user, state: 's' });
    const callback = answer.headers.get('location') ?? '';
    const { id_token: given } = await oauth.exchangeCallback(callback, { expectedState: 's' });
    const idToken = given ?? '';
    expect((await oauth.verifyIdToken(idToken)).sub).toBe(user);
    sandbox.advance(2 * HOUR_MS);
    await expect(oauth.verifyIdToken(idToken)).rejects.toMatchObject({ reason: 'expired' });
  });

  itWithOneRequest('knows how long a rate limit lasts', async ({ sandbox }) => {
    const clever = createCleverClient({ ...sandbox.clientOptions(), retry: { maxRetryAfterMs: 1 } });
    const { terms } = clever.district({ token: sandbox.districts[0].token });
    await terms.count();
    sandbox.advance(20_000);
    const error = await terms.count().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CleverRateLimitError);
    expect((error as CleverRateLimitError).retryAfterMs).toBe(40_000);
  });

  itWithOneRequest('has its budget back when the window has ended, and after a reset', async ({ sandbox }) => {
    const { terms } = createCleverClient({ ...sandbox.clientOptions(), retry: false }).district({
      token: sandbox.districts[0].token,
    });
    const isRefused = (): Promise<boolean> =>
      terms.count().then(
        () => false,
        (error: unknown) => error instanceof CleverRateLimitError,
      );
    expect([await isRefused(), await isRefused()]).toEqual([false, true]);
    sandbox.advance(60_000);
    expect([await isRefused(), await isRefused()]).toEqual([false, true]);
    sandbox.reset();
    expect([await isRefused(), await isRefused()]).toEqual([false, true]);
  });
});
