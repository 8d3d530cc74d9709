import { cleverAccounts, clever as cleverProvider } from 'clever-sdk/better-auth';
import { describe, expect, vi } from 'vitest';
import { it } from '../support/fixtures.js';

/* What needs no better-auth; the logins are in test/frameworks, where it is. */

const SESSION = { userId: 'user', token: 'token' };

type Hooks = ReturnType<ReturnType<typeof cleverAccounts>['init']>['options']['databaseHooks']['session']['create'];

function hooksOf(...given: Parameters<typeof cleverAccounts>): Hooks {
  return cleverAccounts(...given).init().options.databaseHooks.session.create;
}

/** What better-auth hands to a hook at a callback from Clever, for a user with these accounts. */
function contextOf(accounts: readonly object[]): NonNullable<Parameters<Hooks['before']>[1]> {
  const internalAdapter = { findAccounts: async () => accounts, updateAccount: vi.fn(async () => undefined) };
  return { params: { id: 'clever' }, context: { internalAdapter } } as unknown as ReturnType<typeof contextOf>;
}

describe("cleverAccounts(), for a tenant's district", () => {
  it('refuses two logins at the same time, and one of which it knows nothing', async ({ listening, clever }) => {
    const [student] = listening.people({ role: 'student' });
    const id = student?.id ?? '';
    const provider = cleverProvider({ client: clever });
    const { before } = cleverAccounts(provider, {
      districtId: ({ headers }) => headers?.get('x-district') ?? undefined,
    }).init().options.databaseHooks.session.create;
    const updateAccount = vi.fn(() => Promise.resolve());
    const begin = (accountId: string, district: string, params: object = { id: 'clever' }) =>
      before({ userId: 'user', token: 'token' }, {
        params,
        headers: new Headers({ 'x-district': district }),
        context: {
          internalAdapter: {
            findAccounts: () => Promise.resolve([{ id: 'account', providerId: 'clever', accountId }]),
            updateAccount,
          },
        },
      } as unknown as Parameters<typeof before>[1]);

    const accessToken = listening.userToken({ user: id });
    await Promise.all([provider.getUserInfo({ accessToken }), provider.getUserInfo({ accessToken })]);
    expect(await Promise.all([begin(id, 'other'), begin(id, 'other'), begin('unknown', 'other')])).toEqual([
      false,
      false,
      false,
    ]);
    expect(updateAccount).not.toHaveBeenCalled();
    expect(await begin(id, student?.districtId ?? '')).toBeUndefined();
    expect(updateAccount).toHaveBeenCalledOnce();
    // A login with something else is none of its business.
    expect(await begin(id, 'other', { id: 'github' })).toBeUndefined();
  });

  it('lets no one in where there is no district: an unknown host, a Library login', async ({ listening, clever }) => {
    const [student] = listening.people({ role: 'student' });
    const provider = cleverProvider({ client: clever });
    await provider.getUserInfo({ accessToken: listening.userToken({ user: student?.id ?? '' }) });
    for (const districtId of [undefined, '']) {
      const { before: begin } = hooksOf(provider, { districtId: () => districtId });
      const accounts = [{ id: 'account', providerId: 'clever', accountId: student?.id ?? '' }];
      expect(await begin(SESSION, contextOf(accounts))).toBe(false);
      expect(await begin(SESSION, contextOf([]))).toBe(false);
    }
    expect(await hooksOf(provider).before(SESSION, contextOf([])), 'without the option').toBeUndefined();
    expect(() => cleverAccounts(provider, { districtID: () => 'd' } as object)).toThrow(
      /cleverAccounts\(\) has no option `districtID`/u,
    );
  });

  it('checks and describes the account that is logging in, of a user who has two', async ({ listening, clever }) => {
    const [student] = listening.people({ role: 'student' });
    const [teacher] = listening.people({ role: 'teacher' });
    const ids = [student?.id ?? '', teacher?.id ?? ''];
    const accounts = ids.map((accountId) => ({ id: `account of ${accountId}`, providerId: 'clever', accountId }));
    const provider = cleverProvider({ client: clever });
    const { before: begin } = hooksOf(provider);
    for (const user of [...ids, ...ids.toReversed()]) {
      await provider.getUserInfo({ accessToken: listening.userToken({ user }) });
      const context = contextOf(accounts);
      await begin(SESSION, context);
      expect(context.context.internalAdapter.updateAccount).toHaveBeenCalledExactlyOnceWith(
        `account of ${user}`,
        expect.objectContaining({ cleverRole: user === ids[0] ? 'student' : 'teacher' }),
      );
    }
  });
});

describe('clever(), for better-auth', () => {
  it('lets no profile change the id of the account, nor verify an address', async ({ listening, clever }) => {
    const [student] = listening.people({ role: 'student' });
    const provider = cleverProvider({
      client: clever,
      mapProfileToUser: async ({ role }) => ({ id: 'another', emailVerified: true, role }),
    });
    const profile = await provider.getUserInfo({ accessToken: listening.userToken({ user: student?.id ?? '' }) });
    expect(await provider.mapProfileToUser(profile ?? {})).toEqual({ role: 'student' });
    expect(await cleverProvider({ client: clever }).mapProfileToUser(profile ?? {})).toEqual({});
  });
});
