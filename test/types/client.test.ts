import {
  type AnyCleverError,
  type CleverClient,
  type CleverTokenClient,
  cleverOptionsFromEnv,
  createCleverClient,
  type DistrictClient,
  type LibraryClient,
  type Paginated,
  type User,
  type UserClient,
  type UserWithRole,
} from 'clever-sdk';
import { describe, expectTypeOf, it } from 'vitest';

declare const district: DistrictClient;
declare const library: LibraryClient;
declare const user: UserClient;
/** Never called: the calls below are only compiled. */
const unreached = (check: () => unknown): void => void check;

describe('types of the client', () => {
  it('depend on the credentials', () => {
    const environment: Record<string, string | undefined> = {};
    unreached(() => {
      const app = createCleverClient({
        clientId: environment['CLEVER_CLIENT_ID'],
        clientSecret: environment['CLEVER_CLIENT_SECRET'],
        redirectUri: 'https://app.example.com/auth/clever/callback',
      });
      expectTypeOf(app).toEqualTypeOf<CleverClient>();
      expectTypeOf(createCleverClient()).toEqualTypeOf<CleverTokenClient>();
      expectTypeOf(createCleverClient(() => cleverOptionsFromEnv(environment))).toEqualTypeOf<CleverClient>();
      expectTypeOf(createCleverClient(cleverOptionsFromEnv(environment))).toEqualTypeOf<CleverClient>();
      expectTypeOf(createCleverClient(() => ({}))).toEqualTypeOf<CleverTokenClient>();
      expectTypeOf(
        createCleverClient(() => ({ ...cleverOptionsFromEnv(environment), apiVersion: 'v3.0' })),
      ).toEqualTypeOf<CleverClient<'v3.0'>>();
      // @ts-expect-error without credentials there are no logins, even if the options come later
      createCleverClient(() => ({ pageSize: 5 })).oauth;
      // @ts-expect-error options cannot be awaited
      createCleverClient(async () => cleverOptionsFromEnv(environment));
      // @ts-expect-error without credentials there are no logins
      createCleverClient().oauth;
      // @ts-expect-error a typo is not an option
      createCleverClient({ pagesize: 5 });
      // @ts-expect-error other versions are not supported
      createCleverClient({ apiVersion: 'v2.1' });
    });
  });

  it('narrow a listing by its role', () => {
    unreached(() => {
      expectTypeOf(district.users.list()).toEqualTypeOf<Paginated<User>>();
      expectTypeOf(district.users.list({ role: 'student' })).toEqualTypeOf<Paginated<UserWithRole<'student'>>>();
      expectTypeOf(district.users.list({ role: 'teacher', pageSize: 5 })).toEqualTypeOf<
        Paginated<UserWithRole<'teacher'>>
      >();
      expectTypeOf(district.sections.listUsers('id', { role: 'student' })).toEqualTypeOf<
        Paginated<UserWithRole<'student'>>
      >();
      expectTypeOf<UserWithRole<'student'>['roles']['student']>().not.toBeNullable();
      // @ts-expect-error sections have no contacts
      district.sections.listUsers('id', { role: 'contact' });
      // @ts-expect-error Clever has no role for principals
      district.users.list({ role: 'principal' });
      const [from] = ['cursor'] as (string | undefined)[];
      district.districts.list({ pageSize: 5, from });
      district.users.list({ role: 'student', from });
      district.events.list({ from, after: from });
      district.attendance.listForSchool('id', { from });
    });
  });

  it('give each kind of client only what its token may read', () => {
    unreached(() => {
      // @ts-expect-error a Library token sees no schools
      library.schools;
      // @ts-expect-error a user token sees no roster
      user.users;
      // @ts-expect-error Clever offers no paging to user tokens
      library.listSections('id', { pageSize: 5 });
      void library.classroom().then(({ sections: [section] }) => {
        expectTypeOf(section?.students[0]?.id).toEqualTypeOf<string | undefined>();
        // @ts-expect-error a Library section names no school
        section?.school;
      });
    });
  });

  it('are not promises where they must not be', () => {
    expectTypeOf<Paginated<User>>().not.toExtend<PromiseLike<unknown>>();
  });

  it('tell errors apart by code', () => {
    const waitOf = (error: AnyCleverError): number | undefined => {
      switch (error.code) {
        case 'rate_limit':
          return error.retryAfterMs;
        case 'timeout':
          return error.timeoutMs;
        default:
          return undefined;
      }
    };
    expectTypeOf(waitOf).returns.toEqualTypeOf<number | undefined>();
  });
});
