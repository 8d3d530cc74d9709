import { cleverAccounts, clever as cleverProvider } from 'clever-sdk/better-auth';
import { describe, expect, vi } from 'vitest';
import { it } from '../support/fixtures.js';

/* What needs no better-auth; the logins are in test/frameworks, where it is. */

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
});
