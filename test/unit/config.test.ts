import { inspect } from 'node:util';
import { CleverConfigError, createCleverClient } from 'clever-sdk';
import { describe, expect, it } from 'vitest';

const app = { clientId: 'client-id', clientSecret: 'canary-secret', redirectUri: 'https://app.example.com/callback' };

describe('createCleverClient()', () => {
  it.each<[string, object, RegExp]>([
    ['a misspelt option', { clientID: 'x' }, /no option `clientID`.*clientId/],
    ['an unsupported version', { apiVersion: 'v2.1' }, /`apiVersion` must be 'v3.1'/],
    ['credentials missing from the environment', { ...app, clientId: undefined }, /`clientId` is missing/],
    ['half of the credentials', { clientId: 'x' }, /`clientSecret` is missing/],
    ['an empty secret', { ...app, clientSecret: ' ' }, /`clientSecret` is missing/],
    ['a redirect URI with a query', { ...app, redirectUri: 'https://app.example.com/cb?x=1' }, /without `\?`/],
    ['a redirect URI without https', { ...app, redirectUri: 'http://app.example.com/cb' }, /`redirectUri` must be/],
    ['a relative redirect URI', { ...app, redirectUri: '/cb' }, /`redirectUri` must be/],
    ['an origin with a path', { apiOrigin: 'https://api.clever.com/v3.1' }, /`apiOrigin` must be/],
    ['a plain http origin', { authOrigin: 'http://clever.com' }, /`authOrigin` must be/],
    ['an origin with credentials', { apiOrigin: 'https://user:pass@api.clever.com' }, /`apiOrigin` must be/],
    ['a page size over 10000', { pageSize: 10_001 }, /`pageSize`.*1 to 10000/],
    ['a page size of 0', { pageSize: 0 }, /`pageSize`/],
    ['a timeout of 0', { timeoutMs: 0 }, /`timeoutMs`/],
    ['an unknown validation mode', { validation: 'loose' }, /`validation`/],
    ['a misspelt retry option', { retry: { limit: 2 } }, /no option `limit`/],
    ['a retry of true', { retry: true }, /`retry`/],
    ['a fetch that is not a function', { fetch: 'fetch' }, /`fetch` must be a function/],
    ['a signal that is not an AbortSignal', { signal: {} }, /AbortSignal/],
    ['a line break in the user agent', { userAgent: 'a\r\nb: c' }, /printable ASCII/],
  ])('refuses %s and says what to pass', (_, options, message) => {
    expect(() => createCleverClient(options)).toThrow(CleverConfigError);
    expect(() => createCleverClient(options)).toThrow(message);
  });

  it('accepts http on localhost, for the sandbox and for development', () => {
    const origins = { apiOrigin: 'http://127.0.0.1:3000', authOrigin: 'http://localhost:3000' };
    expect(() =>
      createCleverClient({ ...app, ...origins, redirectUri: 'http://localhost:3000/callback' }),
    ).not.toThrow();
  });

  it('has no `oauth` without credentials, and says why when it is touched all the same', () => {
    const client = createCleverClient();
    expect(() => (client as { oauth?: unknown }).oauth).toThrow(/pass `clientId` and `clientSecret`/);
  });

  it('shows its configuration but no secret when printed', () => {
    const client = createCleverClient(app);
    for (const shown of [inspect(client, { depth: 9, showHidden: true }), JSON.stringify(client), String(client)]) {
      expect(shown).not.toContain('canary');
    }
    expect(JSON.parse(JSON.stringify(client))).toEqual({
      clientId: 'client-id',
      apiOrigin: 'https://api.clever.com',
      authOrigin: 'https://clever.com',
      apiVersion: 'v3.1',
    });
  });

  it.each(['district', 'library', 'user'] as const)('a %s client shows its scope set and never its token', (scope) => {
    const client = createCleverClient()[scope]({ token: 'canary-token' });
    expect(inspect(client, { depth: 9, showHidden: true })).not.toContain('canary');
    expect(JSON.parse(JSON.stringify(client))).toMatchObject({ client: scope, apiVersion: 'v3.1' });
  });

  it.each([null, 'x', 7])('refuses %j instead of options', (options) => {
    expect(() => createCleverClient(options as never)).toThrow(CleverConfigError);
    expect(() => createCleverClient({ ...app, clientSecret: options as string }).login(options as never)).toThrow(
      CleverConfigError,
    );
  });

  it.each([undefined, '', 'two\nlines', 7])('refuses the token %j without repeating it', (token) => {
    expect(() => createCleverClient().district({ token } as { token: string })).toThrow(CleverConfigError);
  });

  it.each<[string, object | undefined, RegExp]>([
    ['the id as `id`', { id: 'd' }, /no option `id`\. It takes: districtId, token, sensitiveFields/u],
    ['the id as `district`', { district: 'd' }, /no option `district`.*districtId/u],
    ['a misspelt id', { districtID: 'd' }, /no option `districtID`.*districtId/u],
    ['both', { districtId: 'd', token: 't' }, /`districtId` or `token`, not both/u],
    ['an id that is not set', { districtId: undefined }, /`districtId` must be Clever's id/u],
    ['an empty id', { districtId: ' ' }, /`districtId` must be Clever's id/u],
    ['nothing', {}, /`token`/u],
    ['no options', undefined, /`token`/u],
  ])('has a district() that refuses %s and names what it takes', (_, options, message) => {
    for (const clever of [createCleverClient(app), createCleverClient(() => app)]) {
      const open = () => clever.district(options as { token: string }).users;
      expect(open).toThrow(CleverConfigError);
      expect(open).toThrow(message);
    }
  });

  it('has a district() that takes an option that is not set for none', () => {
    const clever = createCleverClient(app);
    for (const options of [
      { districtId: 'd', token: undefined },
      { districtId: undefined, token: 't' },
      { token: 't', sensitiveFields: undefined },
    ]) {
      expect(() => clever.district(options as unknown as { token: string })).not.toThrow();
    }
    expect(() => createCleverClient().district({ districtId: 'd' } as unknown as { token: string })).toThrow(
      /has no app: pass `clientId` and `clientSecret`.*look a district up by its id/u,
    );
  });

  it('does not change its argument and ignores later changes of it', () => {
    const options = Object.freeze({ ...app });
    expect(() => createCleverClient(options)).not.toThrow();
    expect(Object.isFrozen(createCleverClient())).toBe(true);
  });
});
